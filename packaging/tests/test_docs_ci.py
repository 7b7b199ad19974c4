"""The steps of docs/ci.md, run as they stand.

A fence says behind its language what runs it. What lies on the network is here: the program's releases, PyPI, npm's registry,
the image, this repository. A stand-in for curl, docker or reviewdog takes the arguments as the page has them.
"""

import json
import os
import re
import shutil
import sys

import pytest
import yaml

from conftest import FAULT, MENDED, ROOT, VERSION, commit, git, run, serve
from github import Runner
from gitlab import gitlab
from registry import Registry

PAGE = (ROOT / "docs/ci.md").read_text("utf-8")
FENCES = re.findall(r"^```(\w+) ([\w-]+)\n(.*?)^```$", PAGE, re.MULTILINE | re.DOTALL)
RUNNERS = ["github", "gitlab", "pre-commit", "docker", "install", "pipx", "npx", "reports", "reviewdog"]


def fences(runner):
    return [text for _, of, text in FENCES if of == runner]


def test_every_fence_is_run():
    assert len(FENCES) == len(re.findall(r"^```\w", PAGE, re.MULTILINE)), "a fence says what runs it"
    assert [of for _, of, _ in FENCES if of not in RUNNERS] == []


@pytest.fixture
def shell(drafts, tmp_path, program):
    """Runs a fence in the repository of drafts; stand-ins come first on its path."""
    tools = tmp_path / "tools"
    tools.mkdir()
    (tools / "zhubi").symlink_to(program)

    def shell(text, tool=None, script="", **environment):
        if tool:
            (tools / tool).write_text(f"#!{sys.executable}\n{script}")
            (tools / tool).chmod(0o755)
        environment = {**os.environ, **environment}
        environment["PATH"] = f"{tools}:{environment['PATH']}"
        return run("bash", "-euo", "pipefail", "-c", text, cwd=drafts, env=environment, check=False)

    return shell


@pytest.mark.parametrize("text", fences("github"))
def test_github(text, drafts, tmp_path, server, needs):
    needs("github", *(["sarif", "--changed-since"] if "sarif" in text else []))
    run("check-jsonschema", "--builtin-schema", "vendor.github-workflows", "--default-filetype", "yaml", "-", input=text)
    (drafts / ".github/workflows").mkdir(parents=True)
    (drafts / ".github/workflows/zhubi.yml").write_text(text, "utf-8")
    commit(drafts, "the workflow")
    base = git(drafts, "rev-parse", "HEAD").stdout.strip()
    with open(drafts / "notice.md", "a", encoding="utf-8") as draft:
        draft.write("\n各单位要再接再励。\n")
    commit(drafts, "a change")
    [job] = yaml.safe_load(text)["jobs"].values()
    runner = Runner(drafts, tmp_path / "temp", {f"zhubi/zhubi@v{VERSION}": ROOT}, ZHUBI_RELEASES=server)
    runner.steps(job["steps"], {"github.event.pull_request.base.sha": base})
    assert runner.status == 1, runner.log
    assert "file=notice.md" in runner.log
    changes = "changed-since" in text
    assert ("file=work-summary.txt" in runner.log) != changes
    assert ["actions/checkout@v7"] + ["github/codeql-action/upload-sarif"] * changes == [
        re.sub(r"@\w{40}$", "", uses) for uses, _ in runner.used
    ]


@pytest.mark.parametrize("text", fences("gitlab"))
def test_gitlab(text, drafts, python, needs):
    needs("gitlab", "--changed-since")

    there = f"https://raw.githubusercontent.com/zhubi/zhubi/v{VERSION}"
    assert there in text
    with serve(ROOT) as here:
        (drafts / ".gitlab-ci.yml").write_text(text.replace(there, here))
        commit(drafts, "pipeline")
        done = gitlab(drafts, **python)
    assert done.returncode == 1, done.stdout
    assert json.loads((drafts / "gl-code-quality-report.json").read_text("utf-8"))


@pytest.mark.parametrize("text", fences("pre-commit"))
def test_pre_commit(text, drafts, pre_commit, wheels):
    # The index stays within reach: pre-commit builds an empty package of its own, too.
    local = {"PIP_FIND_LINKS": str(wheels)} if "additional_dependencies" in text else {}
    (drafts / ".pre-commit-config.yaml").write_text(text)
    git(drafts, "add", "--all")
    done = pre_commit(drafts, "run", "--all-files", **local)
    assert done.returncode == 1 and "typo/" in done.stdout, done.stdout
    if "zhubi-fix" in text:
        assert MENDED in (drafts / "work-summary.txt").read_text("utf-8")
    for draft in ["work-summary.txt", "survey.md", "notice.md"]:
        (drafts / draft).write_text("经研究，同意这项安排。\n", "utf-8")
    git(drafts, "add", "--all")
    done = pre_commit(drafts, "run", "--all-files", **local)
    assert done.returncode == 0, done.stdout


@pytest.mark.parametrize("text", fences("docker"))
def test_docker(text, shell, drafts, tmp_path, engine):
    asked = tmp_path / "asked.json"
    done = shell(text, "docker", f"import json, sys; json.dump(sys.argv[1:], open({str(asked)!r}, 'w'))")
    assert done.returncode == 0, done.stdout
    verb, remove, *rest = json.loads(asked.read_text())
    assert (verb, remove) == ("run", "--rm")
    options = {}
    while rest[0].startswith("--"):
        options[rest[0].removeprefix("--")] = rest[1]
        rest = rest[2:]
    assert rest.pop(0) == f"ghcr.io/zhubi/zhubi:{VERSION}"
    done = engine.run(*rest, **options)
    assert "typo/confusable-word" in done.stdout
    assert ("部署" in (drafts / "notice.md").read_text("utf-8")) == ("--fix" in rest)


@pytest.mark.parametrize("text", fences("install"))
def test_install(text, shell, drafts, server, tmp_path):
    # What curl gets as install.sh is the release's; it then gets the archive itself.
    release = "https://github.com/zhubi/zhubi/releases"
    shutil.copy(ROOT / "packaging/install.sh", tmp_path)
    page = f"{release}/download/v{VERSION}/install.sh"
    curl = (
        "import os, sys\n"
        f"here = [it if it != {page!r} else 'file://{tmp_path}/install.sh' for it in sys.argv[1:]]\n"
        f"os.execv({shutil.which('curl')!r}, ['curl', *here])\n"
    )
    done = shell(text, "curl", curl, ZHUBI_RELEASES=server, HOME=str(tmp_path))
    assert done.returncode == 1, done.stdout
    assert f"zhubi {VERSION} 已装到" in done.stdout and FAULT in done.stdout


@pytest.mark.parametrize("text", fences("pipx"))
def test_pipx(text, shell, wheels, tmp_path):
    if not shutil.which("pipx"):
        pytest.skip("no pipx; Debian has it")
    # pipx first gets pip for itself, so that the index stays within reach, and the wheel is the newer.
    done = shell(text, PIPX_HOME=str(tmp_path), PIPX_BIN_DIR=str(tmp_path), PIP_FIND_LINKS=str(wheels))
    assert done.returncode == 1 and FAULT in done.stdout, done.stdout


@pytest.mark.parametrize("text", fences("npx"))
def test_npx(text, shell, packages, tmp_path):
    with Registry(packages.values()) as registry:
        cache = str(tmp_path / "cache")
        done = shell(text, npm_config_registry=registry.url, npm_config_cache=cache)
    assert done.returncode == 1 and FAULT in done.stdout, done.stdout


@pytest.mark.parametrize("text", fences("reports"))
def test_reports(text, shell, drafts, needs):
    needs("junit", "checkstyle")
    done = shell(text)
    assert done.returncode == 1 and FAULT in done.stdout, done.stdout
    for report in ["zhubi.xml", "zhubi-checkstyle.xml"]:
        assert (drafts / report).read_text("utf-8").startswith("<")


@pytest.mark.parametrize("text", fences("reviewdog"))
def test_reviewdog(text, shell, needs, tmp_path):
    needs("rdjson", "never")
    report = tmp_path / "report.json"
    done = shell(text, "reviewdog", f"import sys; open({str(report)!r}, 'w').write(sys.stdin.read())")
    assert done.returncode == 0, done.stdout
    assert json.loads(report.read_text("utf-8"))["diagnostics"] is not None
