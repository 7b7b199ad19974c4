#!/usr/bin/env python3
"""Of the typos said with a confidence, how many are right: calibration.py ZHUBI FILE.tsv

For a file that nothing was fitted to: midu.tsv, not cscd.tsv. A finding is right where its replacement is an edit from the source
to the target.
"""
import difflib, json, subprocess, sys


def edits(a, b):
    ops = difflib.SequenceMatcher(None, a, b, autojunk=False).get_opcodes()
    return [(i1, i2, b[j1:j2]) for tag, i1, i2, j1, j2 in ops if tag != "equal"]


def is_right(source, target, d):
    out = source[: d["start"]] + d["replacements"][0] + source[d["end"] :]
    # It brings the source nearer to the target, and touches nothing that was right.
    before, after = edits(source, target), edits(out, target)
    return sum(max(e - s, len(n)) for s, e, n in after) < sum(max(e - s, len(n)) for s, e, n in before) and len(after) < len(before)


def main():
    binary, path = sys.argv[1:3]
    pairs = [l.rstrip("\n").split("\t")[:2] for l in open(path, encoding="utf-8")]
    lines = "".join(json.dumps({"id": i, "text": s}, ensure_ascii=False) + "\n" for i, (s, _) in enumerate(pairs))
    done = subprocess.run([binary, "batch", "--select", "typo"], input=lines.encode(), stdout=subprocess.PIPE, check=True)
    found = []
    for line, (source, target) in zip(done.stdout.decode().splitlines(), pairs):
        for d in json.loads(line)["diagnostics"]:
            if d.get("confidence") is not None and d["replacements"]:
                found.append((d["confidence"], is_right(source, target, d)))
    print("confidence   findings   right")
    for low, high in ((0.5, 0.8), (0.8, 0.9), (0.9, 0.95), (0.95, 0.98), (0.98, 1.01)):
        band = [right for confidence, right in found if low <= confidence < high]
        if band:
            print(f"{low:.2f}–{min(high, 1):.2f}    {len(band):>8}   {100 * sum(band) / len(band):>4.0f} %")
    said = [right for confidence, right in found if confidence >= 0.9]
    if said:
        print(f"0.90 and above: {len(said)} findings, {100 * sum(said) / len(said):.1f} % right")


if __name__ == "__main__":
    main()
