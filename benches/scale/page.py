"""Measurements in the pages of docs/: when and where they were made, and the place that a script writes them to."""

import datetime
import pathlib
import re


def machine(cores):
    """The day and the processor."""
    today = datetime.date.today()
    processor = re.search(r"model name\s*: (.*)", pathlib.Path("/proc/cpuinfo").read_text())[1]
    return f"{today.day} {today:%B %Y}, {cores} cores of an {processor}"


def put(page, script, lines):
    """Puts lines where a page has the place of a script: between its mark and the next end."""
    begin, end = f"<!-- written by benches/scale/{script} -->", "<!-- end -->"
    before, rest = page.read_text("utf-8").split(begin)
    after = rest.split(end, 1)[1]
    page.write_text("\n".join([before + begin, *lines, end]) + after, "utf-8")
