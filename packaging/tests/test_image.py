"""The image, made and run by buildah, which needs no daemon; `docker` in docs/ci.md is this here, too."""

import os

from conftest import VERSION, run
from engine import BUILDAH


def test_holds_the_program_and_says_of_what_version(engine):
    assert engine.config["Labels"]["org.opencontainers.image.version"] == VERSION
    assert engine.config["User"] == "65532:65532"
    container = run(*BUILDAH, "from", "--pull-never", engine.image).stdout.strip()
    folder = run(*BUILDAH, "mount", container).stdout.strip()
    files = run("find", folder, "-type", "f", "-printf", "%P %m\n").stdout.split("\n")
    run(*BUILDAH, "rm", container)
    assert "usr/bin/zhubi 755" in files
    assert not [it for it in files if "secret" in it]


def test_checks_the_folder_that_it_is_given(engine, drafts):
    done = engine.run(volume=f"{drafts}:/work:ro")
    assert "notice.md" in done.stdout and "typo/confusable-word" in done.stdout
    assert engine.run("--version", volume=f"{drafts}:/work:ro").stdout == f"zhubi {VERSION}\n"


def test_corrects_as_the_user_whose_files_they_are(engine, drafts):
    drafts.chmod(0o755)
    os.chown(drafts, 1000, 1000)
    for draft in drafts.glob("*.*"):
        os.chown(draft, 1000, 1000)
    other = engine.run("check", "--fix", volume=f"{drafts}:/work")
    assert "没有写入" in other.stdout
    engine.run("check", "--fix", volume=f"{drafts}:/work", user="1000:1000")
    assert "部署" in (drafts / "notice.md").read_text("utf-8")
