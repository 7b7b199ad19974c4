"""The GitHub action, its steps run as action.yml has them against a release on a server of this machine."""

import json
import pathlib
import re
import shutil

import pytest
import yaml

from conftest import FAULT, MENDED, PLATFORM, ROOT, VERSION, commit, run
from github import Runner


@pytest.fixture
def runner(drafts, tmp_path, server):
    return Runner(drafts, tmp_path / "temp", {}, ZHUBI_RELEASES=server)


def test_installs_the_release_that_it_belongs_to(runner):
    steps = yaml.safe_load((ROOT / "action.yml").read_text("utf-8"))["runs"]["steps"]
    runner.steps(steps[:1], {}, GITHUB_ACTION_PATH=str(ROOT))
    assert runner.status == 0, runner.log
    assert f"zhubi {VERSION} 已装到" in runner.log
    assert runner.environment["PATH"].startswith(f"{runner.temp}/zhubi:")


def test_runs_nothing_of_an_archive_that_was_tampered_with(drafts, releases, tmp_path):
    shutil.copytree(releases, tmp_path / "releases")
    with open(tmp_path / "releases/download" / f"v{VERSION}" / f"zhubi-{PLATFORM}.tar.gz", "ab") as archive:
        archive.write(b"x")
    runner = Runner(drafts, tmp_path / "temp", {}, ZHUBI_RELEASES=f"file://{tmp_path}/releases")
    runner.action(ROOT, {"sarif": "true"})
    assert runner.status == 1
    assert "校验和不对" in runner.log and "::error" not in runner.log
    assert not runner.used


def test_marks_findings_and_fails(runner, needs):
    needs("github")
    runner.action(ROOT)
    assert runner.status == 1, runner.log
    places = re.findall(r"^::(\w+) .*?file=([^,]+),line=(\d+)", runner.log, re.MULTILINE)
    assert ("error", "work-summary.txt", "2") in places, runner.log
    assert not runner.used


def test_fails_where_it_is_asked_to(runner, needs):
    needs("github", "never")
    runner.action(ROOT, {"fail-on": "never"})
    assert runner.status == 0, runner.log
    assert "::error" in runner.log


def test_names_files_from_the_root_of_the_repository(runner, needs):
    needs("github")
    (runner.workspace / "reports/2026").mkdir(parents=True)
    shutil.move(runner.workspace / "notice.md", runner.workspace / "reports/2026")
    runner.action(ROOT, {"working-directory": "reports", "paths": "2026\n"})
    assert "file=reports/2026/notice.md," in runner.log
    assert "work-summary" not in runner.log


def test_gives_sarif_to_code_scanning(runner, needs):
    needs("github", "sarif")
    runner.action(ROOT, {"sarif": "true"})
    assert runner.status == 1, runner.log
    [(uses, given)] = runner.used
    assert re.fullmatch(r"github/codeql-action/upload-sarif@[0-9a-f]{40}", uses)
    sarif = json.loads(pathlib.Path(given["sarif_file"]).read_text("utf-8"))
    assert sarif["version"] == "2.1.0" and sarif["runs"][0]["results"]


def test_uploads_nothing_where_zhubi_could_not_run(runner, needs):
    needs("github", "sarif")
    runner.action(ROOT, {"sarif": "true", "paths": "there-is-none.md"})
    assert runner.status == 2, runner.log
    assert not runner.used or json.loads(pathlib.Path(runner.used[0][1]["sarif_file"]).read_text("utf-8"))


def test_reports_what_a_change_brings(runner, needs):
    needs("github", "--changed-since")
    draft = runner.workspace / "new.md"
    draft.write_text("# 关于检查的说明\n\n经研究，决定安排布署检查工作。\n", "utf-8")
    commit(runner.workspace, "one more")
    runner.action(ROOT, {"changed-since": "HEAD~1"})
    assert runner.status == 1, runner.log
    assert "file=new.md," in runner.log and "file=notice.md," not in runner.log


def test_passes_over_what_the_baseline_lists(runner, program, needs):
    needs("github", "--baseline")
    run(program, "baseline", cwd=runner.workspace, check=False)
    runner.action(ROOT, {"baseline": "zhubi-baseline.json"})
    assert runner.status == 0, runner.log


def test_inputs_are_never_run(runner):
    trap = "$(touch trapped)`touch trapped`; touch trapped"
    names = ["paths", "args", "fail-on", "changed-since", "baseline", "version", "sarif"]
    for name in names:
        runner.status = 0
        runner.action(ROOT, {name: trap})
    assert not list(runner.workspace.glob("**/trapped")), runner.log


def test_hands_on_arguments_a_line_each(runner, needs):
    needs("github")
    draft = runner.workspace / "work-summary.txt"
    draft.write_text(draft.read_text("utf-8").replace(FAULT, MENDED), "utf-8")
    runner.action(ROOT, {"args": "--select=typo/confusable-word\n--exclude=notice.md\n", "paths": "."})
    assert "file=notice.md," not in runner.log and "file=survey.md," in runner.log
