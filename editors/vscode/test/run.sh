#!/usr/bin/env bash
# A writer's journey in a real VS Code: the packed extension is installed into code-server, which Chromium shows. Needs what
# setup.sh brings, and the server ($ZHUBI, or target/release/zhubi, or target/debug/zhubi). With SCREENSHOTS=1 the pictures
# of the README are taken anew.
set -euo pipefail

here=$(cd "$(dirname "$0")" && pwd)
root=$(cd "$here/../../.." && pwd)
editors=${ZHUBI_EDITORS:-$HOME/.cache/zhubi-editors}

command -v chromium >/dev/null || { echo 'skipped: no chromium (editors/vscode/test/setup.sh brings it)'; exit 0; }
[ -e "$editors/code-server/.complete" ] || { echo 'skipped: no code-server (editors/vscode/test/setup.sh brings it)'; exit 0; }

zhubi=${ZHUBI:-}
for built in release debug; do
  [ -n "$zhubi" ] || [ ! -x "$root/target/$built/zhubi" ] || zhubi=$root/target/$built/zhubi
done
[ -n "$zhubi" ] || { echo 'no zhubi: cargo build --release first' >&2; exit 1; }

cd "$here/.."
[ -d node_modules ] || npm ci --ignore-scripts --no-audit --no-fund
npm run --silent package -- linux-x64 "$zhubi"
exec node test/journey.mjs "$editors/code-server/node_modules" "$PWD/zhubi-linux-x64.vsix"
