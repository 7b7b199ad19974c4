#!/usr/bin/env bash
# Tests the page of `zhubi check --format html` in a real Chromium: that it fetches nothing, breaks no policy, can be read by
# all, filters, and goes by keys; and that of `zhubi serve`: that drafts are dropped, fixes taken, changes shown. Keeps what it needs from npm in $ZHUBI_PAGE (by default ~/.cache/zhubi-page). What is not
# on this machine is skipped aloud; Debian has it: apt-get install chromium fonts-noto-cjk
# With ZHUBI_UPDATE=1 it writes the pictures of docs/formats.md and docs/serve.md anew.
set -euo pipefail
cd "$(dirname "$0")/.."
cache=${ZHUBI_PAGE:-$HOME/.cache/zhubi-page}

ZHUBI_CHROMIUM=${ZHUBI_CHROMIUM:-$(command -v chromium || command -v chromium-browser || true)}
if [ -z "$ZHUBI_CHROMIUM" ]; then
  echo "skipped: the page in a browser, no chromium"
  exit
fi
if ! command -v npm >/dev/null || ! npm ping >/dev/null 2>&1; then
  echo "skipped: the page in a browser, no npm packages"
  exit
fi
mkdir -p "$cache"
cp tests/page/package.json "$cache"
npm install --prefix "$cache" --ignore-scripts --no-audit --no-fund --silent
cargo build --quiet --locked
export ZHUBI_CHROMIUM ZHUBI_NODE="$cache/node_modules" ZHUBI="$PWD/target/debug/zhubi"
exec node --test tests/page/page.test.mjs tests/page/serve.test.mjs
