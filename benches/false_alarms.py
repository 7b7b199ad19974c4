#!/usr/bin/env python3
"""Write docs/false-alarms.md: the alarms of each rule in published text, where every finding is taken for a false one.

    benches/false_alarms.py [--bin target/release/zhubi] [--check] FOLDER

FOLDER holds documents as .txt files. With --check nothing is written: exit status 1 where a bar is broken.
"""
import argparse, collections, json, os, pathlib, subprocess, sys

# Alarms in 10,000 characters, at the most, of all rules together; and the share of one rule.
BARS = {"error": 0.2, "warning": 1.5, "info": 4.0}
SHARE = 1.0
NAMES = {"error": "错误", "warning": "警告", "info": "提示", "hint": "参考"}
ROOT = pathlib.Path(__file__).parent.parent
DOCS = ROOT / "docs"
# Notices, forms and lists, written for this project, in which nothing is wrong.
FORMS = ROOT / "tests" / "silent"

HEAD = """# 误报

由 `benches/false_alarms.py` 生成，请勿手改；说明写在 `docs/false-alarms.notes.md`。

已经发表的文稿大体没有错，所以把标出的每一处都当作误报，数出每一万字有几处。这样数只会多、不会少：下面有不少是真错，
是发表后转成文本时带进来的（半角标点、半边括号、识别错的字）。

"""


def main():
    args = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    args.add_argument("folder", type=pathlib.Path)
    args.add_argument("--bin", default=os.environ.get("CARGO_TARGET_DIR", "target") + "/release/zhubi")
    args.add_argument("--check", action="store_true", help="only see whether the bars hold")
    args = args.parse_args()
    chars, texts, found = measure(args.bin, sorted(args.folder.glob("*.txt")))
    per = lambda count: count * 1e4 / chars
    by_severity = collections.Counter(severity for _, severity in found)
    by_rule = collections.Counter(found)
    broken = [s for s, bar in BARS.items() if per(by_severity[s]) > bar]
    over = [rule for (rule, s), count in by_rule.items() if s in ("error", "warning") and per(count) > SHARE]
    for name in broken:
        print(f"{name}: {per(by_severity[name]):.2f} in 10,000 characters, over {BARS[name]}", file=sys.stderr)
    for name in over:
        print(f"{name}: over its share of {SHARE}: demote it, and say why in the notes", file=sys.stderr)
    if args.check:
        sys.exit(bool(broken or over))
    out = HEAD + f"## 报告和政策文件\n\n{texts} 篇，{chars} 字，全部规则。\n\n" + tables(found, chars, BARS)
    rules = json.loads(subprocess.run([args.bin, "rules", "--format", "json"], stdout=subprocess.PIPE).stdout)
    silent = len({r["rule"] for r in rules} - {rule for rule, _ in by_rule})
    out += f"\n另有 {silent} 条规则一处也没有标。\n\n"
    chars, texts, found = measure(args.bin, sorted(FORMS.iterdir()))
    out += f"## 通知、表格和名单\n\n`tests/silent/` 的 {texts} 篇，{chars} 字，为这个项目写的，里面没有错。\n\n"
    out += tables(found, chars, {"error": 0, "warning": 0}) + "\n"
    notes = DOCS / "false-alarms.notes.md"
    out += notes.read_text(encoding="utf-8") if notes.exists() else ""
    (DOCS / "false-alarms.md").write_text(out, encoding="utf-8")


def measure(program, paths):
    """The characters, the number and the findings (rule, severity) of texts."""
    command = [program, "check", "--quiet", "--exit-zero", "--no-config", "--no-ignore", "--format", "jsonl", *paths]
    done = subprocess.run(command, stdout=subprocess.PIPE)
    if done.returncode != 0:
        sys.exit(f"{program} check ended with {done.returncode}")
    found = [json.loads(line) for line in done.stdout.splitlines()]
    texts = [path.read_text(encoding="utf-8") for path in paths]
    return sum(map(len, texts)), len(texts), [(d["rule"], d["severity"]) for d in found]


def tables(found, chars, bars):
    """Findings by severity, and by rule."""
    per = lambda count: count * 1e4 / chars
    by_severity = collections.Counter(severity for _, severity in found)
    out = "| 级别 | 处 | 每万字 | 上限 |\n| --- | ---: | ---: | ---: |\n"
    for name in NAMES:
        bar = f"{bars[name]:g}" if name in bars else ""
        out += f"| {NAMES[name]} | {by_severity[name]} | {per(by_severity[name]):.2f} | {bar} |\n"
    out += "\n| 规则 | 级别 | 处 | 每万字 |\n| --- | --- | ---: | ---: |\n"
    order = list(NAMES)
    by_rule = collections.Counter(found)
    for (rule, severity), count in sorted(by_rule.items(), key=lambda e: (order.index(e[0][1]), -e[1], e[0])):
        out += f"| [{rule}](rules/{rule}.md) | {NAMES[severity]} | {count} | {per(count):.2f} |\n"
    return out


if __name__ == "__main__":
    main()
