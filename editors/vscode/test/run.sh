#!/usr/bin/env bash
# A writer's journey in a real VS Code: the packed extension is installed into code-server, which Chromium shows. Needs what
# setup.sh brings, and the server: $ZHUBI, or one that is built here for release. With SCREENSHOTS=1 the pictures of the README
# are taken anew (that needs pngquant).
set -euo pipefail

here=$(cd "$(dirname "$0")" && pwd)
root=$(cd "$here/../../.." && pwd)
editors=${ZHUBI_EDITORS:-$HOME/.cache/zhubi-editors}

command -v chromium >/dev/null || { echo 'skipped: no chromium (editors/setup.sh brings it)'; exit 0; }
[ -e "$editors/code-server/.complete" ] || { echo 'skipped: no code-server (editors/setup.sh brings it)'; exit 0; }

if [ -z "${ZHUBI:-}" ]; then
  (cd "$root" && cargo build --release --locked --quiet)
  ZHUBI=${CARGO_TARGET_DIR:-$root/target}/release/zhubi
fi

cd "$here/.."
[ -d node_modules ] || npm ci --ignore-scripts --no-audit --no-fund
npm run --silent package -- linux-x64 "$ZHUBI" >/dev/null
exec node test/journey.mjs "$editors/code-server/node_modules" "$PWD/zhubi-linux-x64.vsix"
