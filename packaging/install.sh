#!/bin/sh
# Puts the released zhubi for this machine into a folder, after its checksum was compared with the release's SHA256SUMS:
#   sh install.sh [VERSION or latest] [FOLDER, by default ~/.local/bin]
# ZHUBI_RELEASES names another place that holds releases as GitHub does, such as a mirror.
set -eu

version=${1:-latest}
folder=${2:-$HOME/.local/bin}
releases=${ZHUBI_RELEASES:-https://github.com/zhubi/zhubi/releases}

fail() {
  printf '没有装上朱笔：%s\n' "$1" >&2
  exit 1
}

program=zhubi
case $(uname -s) in
  Linux) if ldd --version 2>&1 | grep -qi musl; then system=alpine; else system=linux; fi ;;
  Darwin) system=darwin ;;
  MINGW* | MSYS* | CYGWIN*) system=win32 program=zhubi.exe ;;
  *) fail "没有 $(uname -s) 的程序；可以用 cargo 从源码安装" ;;
esac
case $(uname -m) in
  x86_64 | amd64) machine=x64 ;;
  aarch64 | arm64) machine=arm64 ;;
  *) fail "没有 $(uname -m) 处理器的程序；可以用 cargo 从源码安装" ;;
esac
archive=zhubi-$system-$machine.tar.gz

if [ "$version" = latest ]; then
  release=$releases/latest/download
else
  release=$releases/download/v${version#v}
fi

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
trap 'exit 130' INT TERM

download() {
  if command -v curl >/dev/null; then
    curl --fail --silent --show-error --location --retry 3 --output "$work/$1" "$release/$1"
  elif command -v wget >/dev/null; then
    wget --quiet --output-document="$work/$1" "$release/$1"
  else
    fail "需要 curl 或 wget"
  fi || fail "取不到 $release/$1"
}
download SHA256SUMS
download "$archive"

wanted=$(awk -v name="$archive" '$2 == name { print $1 }' "$work/SHA256SUMS")
[ -n "$wanted" ] || fail "$release/SHA256SUMS 里没有 $archive"
if command -v sha256sum >/dev/null; then
  found=$(sha256sum "$work/$archive")
else
  found=$(shasum -a 256 "$work/$archive")
fi
# Windows' sha256sum puts a backslash before the sum of a name that has some.
found=${found#\\}
found=${found%% *}
[ "$found" = "$wanted" ] || fail "$archive 的校验和不对，可能没有下完，或被人改过
  应为 $wanted
  实为 $found"

tar -xzf "$work/$archive" -C "$work"
chmod +x "$work/$program"
"$work/$program" --version >"$work/version" || fail "$archive 里的程序在这台机器上运行不了"
mkdir -p "$folder"
# Written aside and renamed: whoever runs the old program keeps it, and a full disk leaves it.
cp "$work/$program" "$folder/.$program.$$"
mv -f "$folder/.$program.$$" "$folder/$program"
printf '%s 已装到 %s\n' "$(cat "$work/version")" "$folder/$program"
