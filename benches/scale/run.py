#!/usr/bin/env python3
"""Measure zhubi under each engine, see that all find the same, and write the table of docs/scale.md.

    benches/scale/run.py [--bin target/release/zhubi] [--count 50000] [--pairs 3] [--check]

Brings PySpark and Ray from PyPI into $ZHUBI_SCALE (by default ~/.cache/zhubi-scale; 1.5 GB); GNU parallel and Java 17 have to be
there (apt-get install parallel openjdk-17-jre-headless). Each pair is a run on one core and a run on all, one after the other,
so that neighbours on the machine disturb both alike; the table has medians. With --check it measures and writes nothing: it sees
that all find the same, and what becomes of a run in which a process dies or zhubi cannot begin.
"""

import argparse
import glob
import hashlib
import json
import os
import pathlib
import re
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
import threading
import time

from page import machine, put

HERE = pathlib.Path(__file__).resolve().parent
TARGET = pathlib.Path(os.environ.get("CARGO_TARGET_DIR", "target"))
PAGE = HERE.parents[1] / "docs/scale.md"
PACKAGES = ["pyspark==4.3.0", "ray[data]==2.60.0"]
ENGINES = ["zhubi batch", "GNU parallel", "Spark", "Ray Data"]
# Every process of a run has this in its environment, so that its memory is found.
MARK = "ZHUBI_SCALE_RUN"


def main():
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("--bin", default=TARGET / "release/zhubi", type=pathlib.Path)
    arguments.add_argument("--count", default=50_000, type=int)
    arguments.add_argument("--pairs", default=3, type=int)
    arguments.add_argument("--check", action="store_true", help="only see that the engines are right")
    arguments = arguments.parse_args()
    cores = sorted(os.sched_getaffinity(0))
    with tempfile.TemporaryDirectory() as work:
        work = pathlib.Path(work)
        python = prepare(work, arguments.bin)
        corpus, one = make_corpus(work, "corpus.jsonl", arguments.count), make_corpus(work, "one.jsonl", 1)
        found, times = {}, {}
        for pair in range(1 if arguments.check else arguments.pairs):
            for engine in ENGINES:
                for chosen in [cores] if arguments.check else [cores[:1], cores]:
                    start, idle, _, _ = measure(python, engine, one, work / "out", chosen)
                    wall, busy, memory, answers = measure(python, engine, corpus, work / "out", chosen)
                    times.setdefault((engine, len(chosen)), []).append((start, wall, busy - idle, memory))
                    found.setdefault(digest(answers), set()).add(engine)
                    say(f"{engine}, {len(chosen)} cores: {start:.1f} s for one, {wall:.1f} s ({busy:.1f} s of processors), {memory / 1e6:.0f} MB")
        if len(found) > 1:
            sys.exit(f"the engines do not find the same: {found}")
        say(prove(corpus, answers))
        if arguments.check:
            try_failures(python, make_corpus(work, "small.jsonl", 3000), work)
        else:
            write(times, corpus, next(iter(found)))


def say(text):
    print(text, file=sys.stderr, flush=True)


def prepare(work, program):
    """A Python with the engines; zhubi on the path."""
    missing = [tool for tool in ["parallel", "java"] if not shutil.which(tool)]
    if missing:
        sys.exit(f"needs {', '.join(missing)}: apt-get install parallel openjdk-17-jre-headless")
    cache = pathlib.Path(os.environ.get("ZHUBI_SCALE", pathlib.Path.home() / ".cache/zhubi-scale"))
    if not (cache / "bin/python").exists():
        subprocess.run([sys.executable, "-m", "venv", cache], check=True)
    subprocess.run([cache / "bin/pip", "install", "--quiet", "--disable-pip-version-check", *PACKAGES], check=True)
    (work / "bin").mkdir()
    (work / "bin/zhubi").symlink_to(program.resolve(strict=True))
    os.environ["PATH"] = f"{work}/bin:{os.environ['PATH']}"
    return str(cache / "bin/python")


def make_corpus(work, name, count):
    with open(work / name, "wb") as out:
        subprocess.run([sys.executable, HERE / "corpus.py", str(count)], stdout=out, check=True)
    return work / name


def command(python, engine, corpus, out, cores):
    """How an engine is started that leaves its answers below `out`."""
    # Spark on one machine tries a task once where it is not told otherwise.
    return {
        "zhubi batch": ["sh", "-c", f"zhubi batch < {corpus} > {out}/answers.jsonl || [ $? -eq 2 ]"],
        "GNU parallel": [HERE / "gnu_parallel.sh", corpus, out, str(cores)],
        "Spark": [python, HERE / "spark.py", corpus, out / "spark", "--master", f"local[{cores},4]"],
        "Ray Data": [python, HERE / "ray_data.py", corpus, out / "ray", "--cpus", str(cores)],
    }[engine]


def measure(python, engine, corpus, out, cores):
    """Seconds by the clock and of processors, the peak of memory in bytes, and the answers of one run on these cores."""
    shutil.rmtree(out, ignore_errors=True)
    out.mkdir()
    environment = {**os.environ, MARK: str(os.getpid()), "RAYON_NUM_THREADS": str(len(cores)), "PYSPARK_PYTHON": python}
    peak, spent, done = [0], [0.0], threading.Event()

    def watch():
        while not done.wait(0.25):
            memory, seconds = usage()
            peak[0], spent[0] = max(peak[0], memory), max(spent[0], seconds)

    watcher = threading.Thread(target=watch)
    watcher.start()
    before, used = time.monotonic(), resource.getrusage(resource.RUSAGE_CHILDREN)
    with open(out / "log", "wb") as log:
        pinned = ["taskset", "--cpu-list", ",".join(map(str, cores)), *command(python, engine, corpus, out, len(cores))]
        status = subprocess.run(pinned, env=environment, stdout=log, stderr=log).returncode
    wall, use = time.monotonic() - before, resource.getrusage(resource.RUSAGE_CHILDREN)
    done.set()
    watcher.join()
    if status:
        sys.exit(f"{engine}: status {status}\n{(out / 'log').read_text('utf-8', 'replace')[-4000:]}")
    # Ray leaves some of its processes to be cleared away by others, which then are not among our children.
    seconds = max(spent[0], use.ru_utime + use.ru_stime - used.ru_utime - used.ru_stime)
    return wall, seconds, peak[0], lambda: read(python, out)


DIES_ONCE = """#!/bin/sh
if mkdir {place}/died 2>/dev/null; then kill -9 $$; fi
exec {zhubi} "$@"
"""
CANNOT_BEGIN = "#!/bin/sh\nexit 2\n"


def try_failures(python, corpus, work):
    """What became of runs in which a process was killed, and in which zhubi had a configuration that is wrong."""
    zhubi = (work / "bin/zhubi").resolve()
    for name, script, completes in [
        ("a process is killed", DIES_ONCE, True),
        ("zhubi cannot begin", CANNOT_BEGIN, False),
    ]:
        for engine in ENGINES[1:]:
            out = work / "out"
            shutil.rmtree(out, ignore_errors=True)
            (out / "bin").mkdir(parents=True)
            (out / "bin/zhubi").write_text(script.format(place=out, zhubi=zhubi))
            (out / "bin/zhubi").chmod(0o755)
            environment = {**os.environ, "PATH": f"{out}/bin:{os.environ['PATH']}", "PYSPARK_PYTHON": python}
            started = command(python, engine, corpus, out, 2)
            with open(out / "log", "wb") as log:
                done = subprocess.run(started, env=environment, stdout=log, stderr=log).returncode == 0
            if done != completes or done and len(read(python, out)) != 3000:
                sys.exit(f"{engine}, {name}: completed: {done}\n{(out / 'log').read_text('utf-8', 'replace')[-4000:]}")
            say(f"{engine}, {name}: {'the run is complete' if done else 'the run fails'}")


def usage():
    """Memory of all marked processes in bytes, what they share counted once (PSS), and their seconds of processors so far."""
    memory, ticks, mark = 0, 0, f"{MARK}={os.getpid()}".encode()
    for environment in map(pathlib.Path, glob.glob("/proc/[0-9]*/environ")):
        try:
            if mark in environment.read_bytes().split(b"\0"):
                rollup = environment.with_name("smaps_rollup").read_text()
                memory += 1024 * int(re.search(r"^Pss:\s+(\d+)", rollup, re.MULTILINE)[1])
                # Of its own and of the children that have ended: user, system, user, system.
                ticks += sum(map(int, environment.with_name("stat").read_text().rpartition(")")[2].split()[11:15]))
        except OSError:
            pass  # The process has ended meanwhile.
    return memory, ticks / os.sysconf("SC_CLK_TCK")


def read(python, out):
    """The answers of a run, in any order."""
    if (out / "answers.jsonl").exists():
        return (out / "answers.jsonl").read_text("utf-8").split("\n")[:-1]
    script = (
        "import glob, sys, pyarrow.parquet\n"
        "for file in glob.glob(sys.argv[1] + '/*/failed=*/*.parquet'):\n"
        "    for answer in pyarrow.parquet.ParquetFile(file).read(columns=['answer']).column('answer'):\n"
        "        print(answer)\n"
    )
    return subprocess.run([python, "-c", script, out], stdout=subprocess.PIPE, check=True, text=True).stdout.split("\n")[:-1]


def digest(answers):
    """One for the same answers in any order. Where a bad record stood in its portion is the engine's affair."""
    lines = [re.sub(r'"line":\d+,"error":"第\d+行', '"error":"', it) if '"line":' in it else it for it in answers()]
    return hashlib.sha256("\n".join(sorted(lines)).encode()).hexdigest()


def prove(corpus, answers):
    """Every fault that was planted is marked, every bad record answered."""
    records = {}
    for line in corpus.read_text("utf-8").split("\n"):
        try:
            record = json.loads(line)
            records[record["id"]] = record
        except ValueError:
            pass
    planted = bad = 0
    for line in answers():
        answer = json.loads(line)
        if "error" in answer:
            bad += 1
            continue
        record = records[answer["id"]]
        marked = [record["text"][it["start"] : it["end"]] for it in answer["diagnostics"]]
        for fault in record["faults"]:
            planted += 1
            if not any(fault in text for text in marked):
                sys.exit(f"record {answer['id']}: {fault} is not marked")
    return f"{planted} faults planted and marked, {bad} bad records answered"


def write(times, corpus, same):
    """Puts the table where the page has its place."""
    texts = [json.loads(line)["text"] for line in corpus.read_text("utf-8").split("\n") if '"faults"' in line]
    count, characters = len(texts), sum(map(len, texts))
    rows = [
        "| engine | cores | start | run | memory | processor time a draft | drafts a second | characters a second | a million drafts, extrapolated |",
        "| --- | --- | --- | --- | --- | --- | --- | --- | --- |",
    ]
    for (engine, cores), runs in sorted(times.items(), key=lambda it: (ENGINES.index(it[0][0]), it[0][1])):
        start, wall, busy, peak = (statistics.median(column) for column in zip(*runs))
        figures = "too short to tell | | "
        if wall > 2 * start:
            rate = count / (wall - start)
            figures = f"{rate:,.0f} | {rate * characters / count:,.0f} | {(start + 1e6 / rate) / 60:.0f} min "
        processors = f"{1e3 * busy / count:.2f} ms"
        rows.append(f"| {engine} | {cores} | {start:.1f} s | {wall:.1f} s | {peak / 1e6:,.0f} MB | {processors} | {figures}|")
    head = (
        f"{machine(os.cpu_count())}, load average {os.getloadavg()[2]:.1f} over its last 15 minutes. "
        f"{count:,} drafts of {characters / count:.0f} characters ({characters / 1e6:.1f} million), medians of "
        f"{len(next(iter(times.values())))} pairs. All runs gave the same answers: SHA-256 of the sorted answers {same[:16]}…"
    )
    put(PAGE, "run.py", [head, "", *rows])


if __name__ == "__main__":
    main()
