#!/usr/bin/env bash
# Tests what stands between zhubi and the editors: the extension's unit tests, and a writer's journey in the real Neovim and
# the real VS Code. What is not on this machine is skipped aloud; `editors/setup.sh` brings it.
set -euo pipefail
cd "$(dirname "$0")"
editors=${ZHUBI_EDITORS:-$HOME/.cache/zhubi-editors}

if command -v npm >/dev/null && npm ping >/dev/null 2>&1; then
  (cd vscode && npm ci --ignore-scripts --no-audit --no-fund && npm test)
else
  echo "skipped: the extension's unit tests, no npm packages"
fi

[ -n "${NVIM:-}" ] || [ ! -x "$editors/nvim/bin/nvim" ] || export NVIM=$editors/nvim/bin/nvim
neovim/test/run.sh
vscode/test/run.sh
