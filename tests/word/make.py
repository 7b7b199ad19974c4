"""Makes a Word document of a text, by python-docx: headings by automatic numbering, lines in runs of several lengths."""

import re

from docx import Document
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

NUMERALS = "一二三四五六七八九十"
LEVELS = [("chineseCountingThousand", "%1、"), ("chineseCountingThousand", "（%2）"), ("decimal", "%3.")]
MARKERS = [r"([一二三四五六七八九十]+)、(.+)", r"（([一二三四五六七八九十]+)）(.+)", r"(\d+)\.(\D.*)"]


def value(numeral):
    """The value of a Chinese numeral up to 99, or of figures."""
    if numeral.isdigit():
        return int(numeral)
    tens, ten, ones = numeral.rpartition("十")
    digit = lambda text: NUMERALS.index(text) + 1 if text else 0
    return (digit(tens) or 1) * 10 + digit(ones) if ten else digit(ones)


def define_list(document):
    levels = "".join(
        f'<w:lvl w:ilvl="{at}"><w:start w:val="1"/><w:numFmt w:val="{kind}"/><w:suff w:val="nothing"/>'
        f'<w:lvlText w:val="{text}"/></w:lvl>'
        for at, (kind, text) in enumerate(LEVELS)
    )
    root = document.part.numbering_part.element
    root.insert(0, parse_xml(f'<w:abstractNum {nsdecls("w")} w:abstractNumId="90">{levels}</w:abstractNum>'))
    root.append(parse_xml(f'<w:num {nsdecls("w")} w:numId="90"><w:abstractNumId w:val="90"/></w:num>'))


def number_of(line, counts):
    """The level and the rest of a line that goes on counting; the line itself where it does not."""
    for level, pattern in enumerate(MARKERS):
        match = re.fullmatch(pattern, line.strip("\u3000 \t"))
        if match and value(match[1]) == counts[level] + 1:
            counts[level:] = [counts[level] + 1] + [0] * (len(counts) - level - 1)
            return level, match[2]
    return None, line


def make(text, path):
    document = Document()
    define_list(document)
    counts = [0] * len(LEVELS)
    for line in text.split("\n"):
        level, rest = number_of(line, counts)
        paragraph = document.add_paragraph()
        if level is not None:
            number = f'<w:numPr {nsdecls("w")}><w:ilvl w:val="{level}"/><w:numId w:val="90"/></w:numPr>'
            paragraph._p.get_or_add_pPr().append(parse_xml(number))
        at = turn = 0
        while at < len(rest):
            length = (3, 7, 1, 11)[turn % 4]
            paragraph.add_run(rest[at : at + length]).bold = turn % 3 == 1 or None
            at, turn = at + length, turn + 1
    document.save(path)
