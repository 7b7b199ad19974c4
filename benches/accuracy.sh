#!/usr/bin/env bash
# Prints the table of accuracy: typo correction, false alarms, calibration, marks on real drafts.
# The texts are not part of the repository: SHARED names the folder that holds them.
set -euo pipefail
cd "$(dirname "$0")/.."
shared=${SHARED:-../shared}
[ -d "$shared" ] || { echo "skipped: no $shared (set SHARED to the folder with the measuring texts)"; exit 0; }
cargo build --release --quiet
zhubi=${CARGO_TARGET_DIR:-target}/release/zhubi
python3 "$shared/typos/score.py" --bin "$zhubi" "$shared"/typos/{midu,cctc,cscd}.tsv
python3 "$shared/clean/alarms.py" --bin "$zhubi" --select typo "$shared/clean/xxqg.txt" "$shared/clean/reports"
python3 benches/calibration.py "$zhubi" "$shared/typos/midu.tsv"
python3 "$shared/drafts/score.py" --bin "$zhubi" "$shared"/drafts/essays-1-4.txt "$shared"/drafts/essays-1-4.gold.tsv
