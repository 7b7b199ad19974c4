"""The template for GitLab, its job run by gitlab-ci-local with the wheel."""

import json
import shutil

import pytest

from conftest import ROOT, commit, git
from gitlab import gitlab

TEMPLATE = ROOT / "packaging/gitlab/templates/zhubi.yml"


@pytest.fixture
def pipeline(drafts, python, needs):
    """A repository whose pipeline takes the template, in a Python of its own."""
    needs("gitlab")
    shutil.copy(TEMPLATE, drafts / "zhubi.yml")

    def pipeline(inputs="", *variables):
        (drafts / ".gitlab-ci.yml").write_text(f"include:\n  - local: zhubi.yml\n    inputs: {{ {inputs} }}\n")
        commit(drafts, "pipeline")
        return gitlab(drafts, *variables, **python)

    return pipeline


def test_reports_code_quality_and_fails(pipeline, drafts):
    done = pipeline()
    assert done.returncode == 1, done.stdout
    report = json.loads((drafts / "gl-code-quality-report.json").read_text("utf-8"))
    found = {(it["location"]["path"], it["check_name"]) for it in report}
    assert ("work-summary.txt", "typo/confusable-word") in found
    assert all(it["fingerprint"] and it["description"] and it["severity"] for it in report)
    assert "政冶" in done.stdout, "the log is for people"


def test_takes_its_inputs(pipeline, drafts):
    done = pipeline('fail-on: never, paths: "notice.md\\nsurvey.md", args: --select=typo')
    assert done.returncode == 0, done.stdout
    report = json.loads((drafts / "gl-code-quality-report.json").read_text("utf-8"))
    assert {it["location"]["path"] for it in report} == {"notice.md", "survey.md"}
    assert {it["check_name"].split("/")[0] for it in report} == {"typo"}


def test_reports_what_a_merge_request_brings(pipeline, drafts, needs):
    needs("--changed-since")
    base = git(drafts, "rev-parse", "HEAD").stdout.strip()
    (drafts / "new.md").write_text("# 关于检查的说明\n\n经研究，决定安排布署检查工作。\n", "utf-8")
    inputs = "changed-since: $CI_MERGE_REQUEST_DIFF_BASE_SHA"
    done = pipeline(inputs, f"CI_MERGE_REQUEST_DIFF_BASE_SHA={base}")
    assert done.returncode == 1, done.stdout
    report = json.loads((drafts / "gl-code-quality-report.json").read_text("utf-8"))
    assert {it["location"]["path"] for it in report} == {"new.md"}
    # In a pipeline of no merge request the variable is empty, and all is checked.
    assert pipeline(inputs).returncode == 1
    report = json.loads((drafts / "gl-code-quality-report.json").read_text("utf-8"))
    assert len({it["location"]["path"] for it in report}) > 1
