#!/usr/bin/env python3
"""Check a large corpus of JSON lines by zhubi under Ray Data.

    python benches/scale/ray_data.py CORPUS OUT [--cpus 2]

CORPUS may be a folder and anything that Ray reads. zhubi has to be on the path of every node. OUT is Parquet: `failed=false` has the
answers, `failed=true` the records that could not be understood, too, to be mended and checked again; the run goes on past them.
"""

import argparse
import io
import itertools
import os
import pathlib
import subprocess

import pyarrow
import pyarrow.parquet
import ray
from ray.data.datasource import FileBasedDatasource

# Records a process checks: enough that its start (some 10 ms) does not count, and few enough to be tried again.
BATCH = 2000


def main():
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("corpus")
    arguments.add_argument("out")
    arguments.add_argument("--cpus", type=int, help="default: all of the machine or cluster")
    arguments = arguments.parse_args()
    out = pathlib.Path(arguments.out).absolute()
    ray.init(num_cpus=arguments.cpus, include_dashboard=False, log_to_driver=False)
    records = ray.data.read_datasource(Lines(str(pathlib.Path(arguments.corpus).absolute())))
    # A process that died may have been unlucky.
    table = records.map_batches(check, batch_size=BATCH, num_cpus=1, max_retries=3, retry_exceptions=True)
    table.write_parquet(str(out), partition_cols=["failed"], mode=ray.data.SaveMode.OVERWRITE)
    counts = {failed: count(out / f"failed={failed}") for failed in ("false", "true")}
    print(f"{sum(counts.values())} records, {counts['true']} of them could not be understood: {out}/failed=true")


class Lines(FileBasedDatasource):
    """Lines as bytes. Ray's own read_text refuses what is no UTF-8, and cuts a record at a U+2028 in its text."""

    def _read_stream(self, f, path):
        lines = io.BufferedReader(f, 1 << 20)
        while batch := list(itertools.islice(lines, BATCH)):
            # What is nothing but white space to zhubi is no record.
            records = [it.rstrip(b"\r\n") for it in batch if it.strip(b" \t\f\r\n")]
            yield pyarrow.table({"record": pyarrow.array(records, pyarrow.binary())})


def count(folder):
    return sum(pyarrow.parquet.read_metadata(file).num_rows for file in folder.glob("*.parquet"))


def check(batch):
    """The answers to a batch. What raises here is tried again, and then ends the run: nothing goes missing unseen."""
    records = list(batch["record"])
    done = subprocess.run(
        ["zhubi", "batch"],
        input=b"".join(it + b"\n" for it in records),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        # A task has one core.
        env={**os.environ, "RAYON_NUM_THREADS": "1"},
    )
    answers = done.stdout.decode().split("\n")[:-1]
    # Status 2 is that of a run with bad records, and of one that could not begin.
    if done.returncode not in (0, 2) or len(answers) != len(records):
        raise RuntimeError(f"zhubi: status {done.returncode}, {len(answers)} of {len(records)} answers: {done.stderr.decode()}")
    # An answer that is an error has no findings; strings are escaped, so that text cannot look like this.
    failed = ['"error":"' in it and '"diagnostics":[' not in it for it in answers]
    kept = [record if bad else None for record, bad in zip(records, failed)]
    return pyarrow.table({"answer": answers, "record": pyarrow.array(kept, pyarrow.binary()), "failed": failed})


if __name__ == "__main__":
    main()
