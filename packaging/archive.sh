#!/usr/bin/env bash
# Makes the archives of a release with their checksums: archive.sh PROGRAMS OUT, where PROGRAMS/linux-x64/zhubi is the program
# for that platform. Other files of the release that are in OUT already get checksums, too.
set -euo pipefail
programs=$1
out=$2
mkdir -p "$out"
for folder in "$programs"/*/; do
  platform=$(basename "$folder")
  chmod +x "$folder"/zhubi*
  tar --create --gzip --file "$out/zhubi-$platform.tar.gz" --directory "$folder" .
done
cd "$out"
rm -f SHA256SUMS
sums=$(sha256sum -- *)
echo "$sums" > SHA256SUMS
