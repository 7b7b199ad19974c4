#!/usr/bin/env bash
# Checks a large file of JSON lines by zhubi under GNU parallel: gnu_parallel.sh CORPUS OUT [PROCESSES]
#
# OUT/answers.jsonl has an answer to each record, in the order of the records. OUT/failed.jsonl has the records that could not be
# understood, as they came, to be mended and checked again; the run goes on past them. A portion whose process died is tried again;
# started again, a run that was interrupted or failed goes on where it was. OUT/jobs.log says how each portion went.
set -euo pipefail
corpus=$1
out=$2
processes=${3:-$(nproc)}
# Bytes are bytes: a record that is no UTF-8 is zhubi's to answer. What is nothing but white space to it is no record.
export LC_ALL=C
something=$'[^ \t\f\r]'

if [ ! -e "$out/portions/.complete" ]; then
  rm -rf "$out/portions" "$out/jobs.log"
  mkdir -p "$out/portions"
  grep --text "$something" "$corpus" | split --lines="${LINES_A_PORTION:-5000}" --suffix-length=6 - "$out/portions/"
  touch "$out/portions/.complete"
fi

# One thread a process. Bad records (status 2) are no failure of a portion.
export RAYON_NUM_THREADS=1
find "$out/portions" -name '??????' | sort | parallel --will-cite --jobs "$processes" --retries 3 --joblog "$out/jobs.log" --resume-failed \
  'zhubi batch < {} > {}.answers 2> {}.log || [ $? -eq 2 ]' || {
  echo "some portions failed, see $out/jobs.log; start this again to go on with them" >&2
  exit 1
}

# Status 2 is also that of a zhubi that could not begin: only an answer for each record proves that all were checked.
for portion in "$out"/portions/??????; do
  records=$(wc --lines < "$portion")
  answers=$(wc --lines < "$portion.answers")
  if [ "$records" -ne "$answers" ]; then
    echo "$portion: $records records, but $answers answers: $(cat "$portion.log")" >&2
    rm -f "$out/jobs.log"
    exit 2
  fi
done
find "$out/portions" -name '*.answers' -print0 | sort --zero-terminated | xargs -0 cat > "$out/answers.jsonl"
# An answer that is an error has no findings; strings are escaped, so that text cannot look like this.
find "$out/portions" -name '??????' -print0 | sort --zero-terminated | xargs -0 cat | paste --delimiters='\n' - "$out/answers.jsonl" \
  | awk 'NR % 2 { record = $0; next } /"line":[0-9]+,"error":"/ && !/"diagnostics":\[/ { print record }' > "$out/failed.jsonl"
rm -r "$out/portions"
echo "$(wc --lines < "$out/answers.jsonl") records, $(wc --lines < "$out/failed.jsonl") of them could not be understood: $out/failed.jsonl"
