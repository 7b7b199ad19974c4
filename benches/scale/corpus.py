#!/usr/bin/env python3
"""Write synthetic drafts as JSON lines for `zhubi batch`, with known faults, and some records that are bad.

    benches/scale/corpus.py COUNT > corpus.jsonl
    benches/scale/corpus.py COUNT --folder FOLDER --characters 10000

A record is {"id", "text", "faults"}: zhubi reads the first two, and marks each of the faults (words that are wrong anywhere). Of a
thousand records one cannot be understood; its id is in a string, so that ids of good ones are numbers. The same count makes the same
corpus. The second line writes files for `zhubi check`: the texts alone, none of them bad, each of some so many characters.
"""

import argparse
import json
import pathlib
import random
import sys

ONE_IN = 1000

TITLES = ["{unit}{year}年{subject}工作总结", "关于{subject}工作情况的报告", "{unit}{subject}工作方案"]
UNITS = ["青石镇", "临川县水利局", "河东街道", "第三中学", "城南社区", "县图书馆", "农业服务中心", "市政养护所"]
SUBJECTS = ["防汛备汛", "安全生产", "环境整治", "秋季招生", "设备检修", "档案管理", "便民服务", "粮食收购"]
HEADINGS = ["一、主要工作", "二、存在的问题", "三、下一步打算"]
# A sentence is one of each; a draft uses what stands in the second and third once at most.
OPENINGS = ["", "{month}月以来，", "围绕{subject}，", "今年上半年，", "按照年初的计划，", "入冬以后，", "经过讨论，"]
ACTIONS = [
    "组织{people}名同志分{teams}个小组逐户走访",
    "召开专题会议{meetings}次，把任务分解到科室",
    "投入资金{money}万元，更新设备{items}台",
    "对检查中发现的{items}处隐患逐一登记",
    "与相邻单位建立联络机制，由专人对接",
    "请有经验的师傅到现场讲解操作要领",
    "把仓库里的物品重新清点了一遍",
    "在公开栏贴出办事流程和咨询电话",
    "选派{teams}名骨干到先进单位学习",
    "修订值班表，节假日也安排人员到岗",
    "邀请居民代表参加{meetings}场座谈",
    "用{days}天时间核对了历年的台账",
]
RESULTS = [
    "群众反映的问题大多有了着落。",
    "办理一件事项平均需要{days}天，等候的时间仍然偏长。",
    "补登物品{items}件，做到账物相符。",
    "收到意见{meetings}条，逐条作了答复。",
    "有的同志对新的流程还不熟悉，需要再练。",
    "参加人员{people}人次，考核全部合格。",
    "每月{day}日前汇总进展，每季度公布一次结果。",
    "还有{teams}个村组没有走到，准备下月补上。",
    "条件比去年有了改善，故障少了许多。",
    "这项工作以前没有做过，经验还要积累。",
    "几个科室之间的衔接比过去顺畅。",
    "费用从节余中列支，没有另外申请。",
]
# A sentence that is right, with the word for which the wrong one stands.
FAULTS = [
    ("各科室认真学习{}理论，撰写心得体会。", "政冶"),
    ("会议对下一阶段的工作作了安排{}。", "布署"),
    ("全体同志{}，圆满完成了任务。", "全力以付"),
    ("我们将{}，争取更好的成绩。", "再接再励"),
    ("公开{}每月更新一次。", "拦目"),
    ("这一现象比较{}，应当引起重视。", "普便"),
]
BAD = ['{{"id": "bad-{}", "text": "没有写完', '{{"id": "bad-{}"}}', '{{"id": "bad-{}", "text": 7}}']


def record(number):
    """A record, a good one but for one in a thousand."""
    if number % ONE_IN == ONE_IN - 1:
        return BAD[number // ONE_IN % len(BAD)].format(number)
    lines, faults = draft(number)
    # Some come from the web with the line separator of Unicode, at which many a reader of lines cuts.
    separator = "\u2028" if number % 100 == 50 else "\n"
    return json.dumps({"id": number, "text": separator.join(lines), "faults": faults}, ensure_ascii=False)


def draft(number, characters=0):
    """The lines of a draft of at least so many characters, and its faults."""
    random_ = random.Random(number)
    unit, subject = random_.choice(UNITS), random_.choice(SUBJECTS)

    actions, results = (random_.sample(parts, len(parts)) for parts in (ACTIONS, RESULTS))

    def sentence():
        for left, parts in (actions, ACTIONS), (results, RESULTS):
            if not left:
                left += random_.sample(parts, len(parts))
        parts = random_.choice(OPENINGS) + actions.pop() + "，" + results.pop()
        return parts.format(
            subject=subject,
            month=random_.randint(1, 12),
            day=random_.randint(1, 28),
            people=random_.randint(10, 200),
            teams=random_.randint(3, 9),
            items=random_.randint(12, 90),
            meetings=random_.randint(3, 30),
            money=random_.randint(20, 900),
            days=random_.randint(3, 15),
        )

    lines = [random_.choice(TITLES).format(unit=unit, subject=subject, year=random_.randint(2019, 2026))]
    faults = []
    for part, heading in enumerate(HEADINGS, 1):
        lines.append(heading)
        paragraphs = random_.randint(1, 2)
        while paragraphs > 0 or sum(map(len, lines)) < characters * part / len(HEADINGS):
            paragraphs -= 1
            paragraph = [sentence(), sentence()]
            if random_.random() < 0.2:
                right, word = random_.choice(FAULTS)
                paragraph.insert(random_.randint(0, 2), right.format(word))
                faults.append(word)
            lines.append("".join(paragraph))
    lines += [unit, f"2026年{random_.randint(1, 12)}月{random_.randint(1, 28)}日"]
    return lines, faults


def main():
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("count", type=int)
    arguments.add_argument("--folder", type=pathlib.Path)
    arguments.add_argument("--characters", type=int, default=0)
    arguments = arguments.parse_args()
    for number in range(arguments.count):
        if arguments.folder:
            lines, _ = draft(number, arguments.characters)
            arguments.folder.mkdir(parents=True, exist_ok=True)
            (arguments.folder / f"{number:06}.txt").write_text("\n".join(lines) + "\n", "utf-8")
        else:
            sys.stdout.write(record(number) + "\n")


if __name__ == "__main__":
    main()
