"""What LibreOffice makes of documents: the comments with their words, their text, and that with all changes accepted or rejected."""

import os
import subprocess
import tempfile
from xml.etree import ElementTree

NAMESPACES = {
    "office": "urn:oasis:names:tc:opendocument:xmlns:office:1.0",
    "text": "urn:oasis:names:tc:opendocument:xmlns:text:1.0",
    "dc": "http://purl.org/dc/elements/1.1/",
}
ACCEPT = """<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE script:module PUBLIC "-//OpenOffice.org//DTD OfficeDocument 1.0//EN" "module.dtd">
<script:module xmlns:script="http://openoffice.org/2000/script" script:name="Module1" script:language="StarBasic">
Sub Resolve(source As String, target As String, how As String)
  Dim hidden(0) As New com.sun.star.beans.PropertyValue
  hidden(0).Name = "Hidden" : hidden(0).Value = True
  document = StarDesktop.loadComponentFromURL(source, "_blank", 0, hidden())
  dispatcher = createUnoService("com.sun.star.frame.DispatchHelper")
  dispatcher.executeDispatch(document.CurrentController.Frame, ".uno:" &amp; how &amp; "AllTrackedChanges", "", 0, Array())
  Dim kind(1) As New com.sun.star.beans.PropertyValue
  kind(0).Name = "FilterName" : kind(0).Value = "Text (encoded)"
  kind(1).Name = "FilterOptions" : kind(1).Value = "UTF8,LF,,,"
  document.storeToURL(target, kind())
  document.close(True)
End Sub
</script:module>
"""


def name(prefix, local):
    return f"{{{NAMESPACES[prefix]}}}{local}"


class Office:
    """A LibreOffice of its own, with a folder for its settings and what it writes."""

    def __init__(self):
        self.folder = tempfile.TemporaryDirectory(prefix="zhubi-office-")
        self.profile = f"-env:UserInstallation=file://{self.folder.name}/profile"

    def run(self, *arguments):
        command = ["soffice", self.profile, "--headless", "--norestore", *arguments]
        subprocess.run(command, check=True, capture_output=True, timeout=300)

    def comments(self, path):
        """The comments of a document in their order: author, paragraphs, the words they stand on."""
        self.run("--convert-to", "fodt", "--outdir", self.folder.name, path)
        flat = os.path.join(self.folder.name, os.path.basename(path).rsplit(".", 1)[0] + ".fodt")
        body = ElementTree.parse(flat).find(".//office:body/office:text", NAMESPACES)
        found, open_ = [], {}

        def add(text):
            for key in open_:
                found[open_[key]][2].append(text or "")

        def walk(element):
            if element.tag == name("office", "annotation"):
                said = ["".join(p.itertext()) for p in element.iter(name("text", "p"))]
                found.append((element.findtext("dc:creator", namespaces=NAMESPACES), said, []))
                open_[element.get(name("office", "name"))] = len(found) - 1
                return
            if element.tag == name("office", "annotation-end"):
                open_.pop(element.get(name("office", "name")), None)
                return
            if element.tag == name("text", "s"):
                add(" " * int(element.get(name("text", "c"), "1")))
            add(element.text)
            for child in element:
                walk(child)
                add(child.tail)

        walk(body)
        return [(author, said, "".join(words)) for author, said, words in found]

    def texts(self, paths):
        """The texts of documents."""
        self.run("--convert-to", "txt:Text (encoded):UTF8,LF,,,", "--outdir", self.folder.name, *map(str, paths))
        for path in paths:
            with open(os.path.join(self.folder.name, path.stem + ".txt"), encoding="utf-8-sig") as text:
                yield text.read()

    def resolved(self, path, how):
        """The text of a document after all tracked changes are dealt with: "Accept" or "Reject"."""
        basic = os.path.join(self.folder.name, "profile/user/basic/Standard")
        if not os.path.exists(os.path.join(basic, "Module1.xba")):
            # The first start makes the profile.
            self.run("--convert-to", "txt:Text", "--outdir", self.folder.name, path)
            os.makedirs(basic, exist_ok=True)
            with open(os.path.join(basic, "Module1.xba"), "w", encoding="utf-8") as module:
                module.write(ACCEPT)
            with open(os.path.join(basic, "script.xlb"), "w", encoding="utf-8") as library:
                library.write(
                    '<?xml version="1.0" encoding="UTF-8"?>\n<library:library '
                    'xmlns:library="http://openoffice.org/2000/library" library:name="Standard" '
                    'library:readonly="false" library:passwordprotected="false">'
                    '<library:element library:name="Module1"/></library:library>'
                )
        target = os.path.join(self.folder.name, "resolved.txt")
        source = "file://" + os.path.abspath(path)
        self.run(f'macro:///Standard.Module1.Resolve("{source}","file://{target}","{how}")')
        with open(target, encoding="utf-8-sig") as text:
            return text.read()
