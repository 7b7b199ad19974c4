#!/usr/bin/env python3
"""Measure `zhubi check` over a folder of generated drafts and write the table of docs/benchmarks.md.

    benches/scale/folder.py [--bin target/release/zhubi] [--count 1000] [--characters 10000] [--rounds 3]

A round is a run on one core, one on all, one that fills a cache and one that reads it, so that neighbours on the machine disturb
all alike; the table has medians. That all of them report the same is a condition of the table.
"""

import argparse
import hashlib
import os
import pathlib
import shutil
import statistics
import subprocess
import sys
import tempfile
import time

from page import machine, put

HERE = pathlib.Path(__file__).resolve().parent
TARGET = pathlib.Path(os.environ.get("CARGO_TARGET_DIR", "target"))
PAGE = HERE.parents[1] / "docs/benchmarks.md"


def main():
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("--bin", default=TARGET / "release/zhubi", type=pathlib.Path)
    arguments.add_argument("--count", default=1000, type=int)
    arguments.add_argument("--characters", default=10_000, type=int)
    arguments.add_argument("--rounds", default=3, type=int)
    arguments = arguments.parse_args()
    cores = sorted(os.sched_getaffinity(0))
    both = f"{len(cores)} cores"
    runs = [("1 core", cores[:1], []), (both, cores, [])]
    runs += [(f"{both}, `--cache`, {which}", cores, ["--cache"]) for which in ("first run", "second run")]
    times = {name: [] for name, *_ in runs}
    with tempfile.TemporaryDirectory() as work:
        work = pathlib.Path(work)
        make = [sys.executable, HERE / "corpus.py", str(arguments.count), "--folder", work / "drafts"]
        subprocess.run([*make, "--characters", str(arguments.characters)], check=True)
        reports, load = set(), [os.getloadavg()[0]]
        for _ in range(arguments.rounds):
            shutil.rmtree(work / ".zhubi-cache", ignore_errors=True)
            for name, chosen, options in runs:
                *figures, report = measure(arguments.bin.resolve(strict=True), work, chosen, options)
                times[name].append(figures)
                reports.add(hashlib.sha256(report).hexdigest())
                load.append(os.getloadavg()[0])
                print(f"{name}: {figures[0]:.1f} s, {figures[1]:.1f} s of processors", file=sys.stderr, flush=True)
        if len(reports) > 1:
            sys.exit("the runs do not report the same")
        texts = [path.read_text("utf-8") for path in (work / "drafts").iterdir()]
        write(times, len(texts), sum(map(len, texts)), report.count(b"\n"), load)


def measure(program, folder, cores, options):
    """Seconds by the clock and of processors, the peak of memory in bytes, and the report of one run on these cores."""
    command = ["taskset", "--cpu-list", ",".join(map(str, cores)), program, "check", "--quiet", "--format", "concise"]
    environment = {**os.environ, "RAYON_NUM_THREADS": str(len(cores))}
    with open(folder / "report", "wb") as report:
        before = time.monotonic()
        process = subprocess.Popen([*command, *options, "drafts"], cwd=folder, env=environment, stdout=report)
        _, status, use = os.wait4(process.pid, 0)
        wall = time.monotonic() - before
        process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode != 1:
        sys.exit(f"zhubi check: status {process.returncode}, and drafts have faults")
    return wall, use.ru_utime + use.ru_stime, use.ru_maxrss * 1024, (folder / "report").read_bytes()


def write(times, count, characters, findings, load):
    """Puts the table where the page has its place."""
    head = (
        f"{machine(len(os.sched_getaffinity(0)))}, load average {min(load):.1f} to {max(load):.1f}. "
        f"{count:,} drafts, {characters / 1e6:.1f} million characters, {findings:,} findings; medians of "
        f"{len(next(iter(times.values())))} runs."
    )
    rows = [
        "| what | wall | processor time | characters a second of it | peak memory |",
        "| --- | --- | --- | --- | --- |",
    ]
    for name, runs in times.items():
        wall, busy, peak = (statistics.median(column) for column in zip(*runs))
        rows.append(f"| {name} | {wall:.1f} s | {busy:.1f} s | {characters / busy:,.0f} | {peak / 1e6:.0f} MB |")
    put(PAGE, "folder.py", [head, "", *rows])


if __name__ == "__main__":
    main()
