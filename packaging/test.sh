#!/usr/bin/env bash
# Tests how zhubi comes to those who use it: builds the release once, packs it in every form, installs each, runs the steps of
# docs/ci.md as they stand. Arguments go to pytest, such as `-k npm`. Keeps what it needs from PyPI and npm in
# $ZHUBI_PACKAGING (by default ~/.cache/zhubi-packaging). What is not on this machine is skipped aloud; Debian has it all:
#   apt-get install buildah pipx rsync
set -euo pipefail
cd "$(dirname "$0")/.."
cache=${ZHUBI_PACKAGING:-$HOME/.cache/zhubi-packaging}

if ! command -v npm >/dev/null || ! npm ping >/dev/null 2>&1; then
  echo "skipped: packaging, no npm packages"
  exit
fi
[ -x "$cache/python/bin/python" ] || python3 -m venv "$cache/python"
"$cache/python/bin/pip" install --quiet --disable-pip-version-check --requirement packaging/tests/requirements.txt
mkdir -p "$cache/node"
cp packaging/tests/package.json "$cache/node"
npm install --prefix "$cache/node" --ignore-scripts --no-audit --no-fund --silent
export PATH="$cache/python/bin:$PATH" ZHUBI_NODE="$cache/node/node_modules"

# One build for all: static, so that the image can hold it, and where cargo finds it again for each way that builds.
export CARGO_TARGET_DIR=${CARGO_TARGET_DIR:-$PWD/target}
CARGO_BUILD_TARGET=$(rustc -vV | sed -n 's/^host: //p')
export CARGO_BUILD_TARGET CARGO_PROFILE_RELEASE_STRIP=symbols RUSTFLAGS="-C target-feature=+crt-static"
export ZHUBI_WHEELS="$CARGO_TARGET_DIR/packaging/wheels" ZHUBI="$CARGO_TARGET_DIR/$CARGO_BUILD_TARGET/release/zhubi"
rm -rf "$CARGO_TARGET_DIR/packaging"
maturin build --release --locked --out "$ZHUBI_WHEELS"

exec pytest -rs -o tmp_path_retention_policy=none packaging/tests "$@"
