"""Word documents by programs that are not ours: python-docx makes them, LibreOffice reads the copies.

Run by tests/word.sh, which names the program in ZHUBI and the folders of drafts in ZHUBI_DRAFTS.
"""

import html
import json
import os
import re
import subprocess
import sys
import tempfile
import unittest
from collections import Counter
from pathlib import Path

sys.path.insert(0, os.path.dirname(__file__))
from make import make  # noqa: E402
from office import Office  # noqa: E402

ZHUBI = os.environ["ZHUBI"]
# A folder of documents that others made.
DOCUMENTS = os.environ.get("ZHUBI_DOCUMENTS")
# Marks of notes stand close to a word, in the text that LibreOffice saves.
WORD = r"[^\W\d_]{3,}?(?=i*\b)"


def shown(path):
    """The text of a document as its page shows it."""
    page = subprocess.run([ZHUBI, "check", "-q", "-f", "html", str(path)], capture_output=True, text=True).stdout
    return html.unescape(re.sub(r"<[^>]+>", "", page.partition('<div class="text">')[2]))


def drafts():
    """Texts by name: drafts with their marks taken as they were written, 〔wrong→right｜kind〕."""
    for folder in os.environ["ZHUBI_DRAFTS"].split(os.pathsep):
        for path in sorted(Path(folder).glob("*.txt")):
            text = path.read_text(encoding="utf-8")
            yield path.stem, re.sub(r"〔([^〕→｜]*)(→[^〕｜]*)?(｜[^〕]*)?〕", r"\1", text).rstrip("\n")


def findings(path):
    run = subprocess.run([ZHUBI, "check", "-f", "json", str(path)], capture_output=True, text=True)
    return json.loads(run.stdout)


def fixed(text, found):
    """A text after the first fix of every finding, as far as they do not clash."""
    taken = []
    for finding in found:
        edits = [
            (edit["start"]["offset"], edit["end"]["offset"], edit["text"])
            for fix in finding["fixes"][:1]
            for edit in fix["edits"]
        ]
        if not any(a == c or a < d and c < b for a, b, _ in edits for c, d, _ in taken):
            taken += edits
    out = text.encode()
    for start, end, new in sorted(taken, reverse=True):
        out = out[:start] + new.encode() + out[end:]
    return out.decode()


NUMBER = r"[一二三四五六七八九十]+、|（[一二三四五六七八九十]+）|\d+\."


def lines(text):
    """The lines of a text that hold anything, without what automatic numbering writes before them."""
    blank = "\u3000 \t\r"
    stripped = (re.sub(rf"^({NUMBER})", "", line.strip(blank)).strip(blank) for line in text.split("\n"))
    return [line for line in stripped if line]


class Word(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.office = Office()
        cls.folder = tempfile.TemporaryDirectory(prefix="zhubi-word-")
        cls.drafts = list(drafts())
        assert cls.drafts, "no drafts"

    def document(self, stem, text):
        text_file, document = (Path(self.folder.name, stem + end) for end in (".txt", ".docx"))
        text_file.write_text(text, encoding="utf-8")
        make(text, str(document))
        return text_file, document

    def test_a_document_is_found_fault_with_as_its_text_is(self):
        for stem, text in self.drafts:
            with self.subTest(stem):
                text_file, document = self.document(stem, text)
                key = lambda it: (it["rule"], it["message"], it["start"], it["end"])
                self.assertEqual([key(it) for it in findings(document)], [key(it) for it in findings(text_file)])

    def test_every_comment_sits_on_its_characters(self):
        for stem, text in self.drafts:
            with self.subTest(stem):
                _, document = self.document(stem, text)
                copy = document.with_name(stem + "-annotated.docx")
                subprocess.run([ZHUBI, "check", "-q", str(document), "--annotate", str(copy)], capture_output=True)
                source, found, comments = text.encode(), findings(document), self.office.comments(str(copy))
                self.assertEqual(len(comments), len(found))
                for finding, (author, said, marked) in zip(found, comments):
                    self.assertEqual(author, "朱笔")
                    self.assertIn(" ".join(finding["message"].split()), " ".join(said[0].split()))
                    wanted = source[finding["start"]["offset"] : finding["end"]["offset"]].decode()
                    # A number that is counted has no characters of its own: what follows it is marked.
                    if not re.match(NUMBER, wanted):
                        self.assertEqual(marked, wanted)

    def test_accepting_all_changes_gives_the_fixed_text(self):
        for stem, text in self.drafts:
            with self.subTest(stem):
                _, document = self.document(stem, text)
                copy = document.with_name(stem + "-suggested.docx")
                subprocess.run([ZHUBI, "check", "-q", str(document), "--suggest", str(copy)], capture_output=True)
                wanted = lines(fixed(text, findings(document)))
                self.assertEqual(lines(self.office.resolved(str(copy), "Accept")), wanted)
                self.assertEqual(lines(self.office.resolved(str(copy), "Reject")), lines(text))

    @unittest.skipUnless(DOCUMENTS, "documents of others are not there")
    def test_documents_of_others_are_read_without_loss(self):
        paths = sorted(Path(DOCUMENTS).glob("*.docx"))
        self.assertGreaterEqual(len(paths), 10)
        for path, text in zip(paths, self.office.texts(paths)):
            with self.subTest(path.name):
                read = Counter(re.findall(WORD, shown(path)))
                self.assertEqual(Counter(re.findall(WORD, text)) - read, Counter())


if __name__ == "__main__":
    unittest.main()
