"""The wheel, installed from its file with no index."""

import os
import shutil
import sys

import pytest

from conftest import ROOT, VERSION, run

MOST = 100_000_000  # PyPI takes files of up to 100 MB


@pytest.fixture(scope="module")
def wheel(wheels):
    [wheel] = wheels.glob("zhubi-*.whl")
    return wheel


def test_fits_the_index(wheel):
    assert wheel.name.startswith(f"zhubi-{VERSION}-py3-none-")
    assert wheel.stat().st_size < MOST


def test_pip_installs_it_offline(wheel, tmp_path):
    run(sys.executable, "-m", "venv", tmp_path / "venv")
    run(tmp_path / "venv/bin/pip", "install", "--no-index", wheel)
    assert run(tmp_path / "venv/bin/zhubi", "--version").stdout == f"zhubi {VERSION}\n"
    assert run(tmp_path / "venv/bin/zhubi", "check", ROOT / "samples", check=False).returncode == 1
    shown = run(tmp_path / "venv/bin/pip", "show", "--files", "zhubi").stdout
    assert "../bin/zhubi" in shown and "LICENSE-MIT" in shown


def test_pipx_runs_it(wheel, tmp_path):
    if not shutil.which("pipx"):
        pytest.skip("no pipx")
    environment = {**os.environ, "PIPX_HOME": str(tmp_path), "PIPX_BIN_DIR": str(tmp_path)}
    said = run("pipx", "run", "--spec", wheel, "zhubi", "--version", env=environment).stdout
    assert f"zhubi {VERSION}" in said
