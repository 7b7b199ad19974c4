"""What the tests of the packages share: the program, a release of it on a server of this machine, drafts in a repository."""

import contextlib
import functools
import http.server
import os
import pathlib
import re
import shutil
import subprocess
import sys
import threading

import pytest

ROOT = pathlib.Path(__file__).resolve().parents[2]
VERSION = re.search(r'^version = "(.*)"$', (ROOT / "Cargo.toml").read_text("utf-8"), re.MULTILINE).group(1)
PLATFORM = "linux-x64" if os.uname().machine == "x86_64" else "linux-arm64"
# What of the drafts of samples/ is wrong in any case.
FAULT, MENDED = "政冶", "政治"


def run(*command, check=True, **options):
    """Runs a command and gives what it says, both ways together."""
    options.setdefault("stderr", subprocess.STDOUT)
    done = subprocess.run([str(it) for it in command], stdout=subprocess.PIPE, text=True, **options)
    assert not check or done.returncode == 0, f"{command}: status {done.returncode}\n{done.stdout}"
    return done


@pytest.fixture(scope="session")
def program():
    path = os.environ.get("ZHUBI")
    assert path, "packaging/test.sh builds zhubi and starts these tests"
    return pathlib.Path(path)


@pytest.fixture(scope="session")
def check_help(program):
    return run(program, "check", "--help").stdout


@pytest.fixture
def needs(check_help):
    """Skips a test of what this zhubi cannot do."""

    def needs(*words):
        lacks = [word for word in words if word not in check_help]
        if lacks:
            pytest.skip(f"zhubi check does not know {', '.join(lacks)}")

    return needs


@pytest.fixture(scope="session")
def programs(program, tmp_path_factory):
    """The folder that the build jobs of the release workflow leave, with the one platform of this machine."""
    folder = tmp_path_factory.mktemp("programs")
    (folder / PLATFORM).mkdir()
    shutil.copy(program, folder / PLATFORM / "zhubi")
    return folder


@pytest.fixture(scope="session")
def releases(programs, tmp_path_factory):
    """Releases as GitHub lays them out: download/v0.1.0/FILE and latest/download/FILE."""
    folder = tmp_path_factory.mktemp("releases")
    release = folder / "download" / f"v{VERSION}"
    run(ROOT / "packaging/archive.sh", programs, release)
    shutil.copytree(release, folder / "latest" / "download")
    return folder


@contextlib.contextmanager
def serve(folder):
    """The address of a server of a folder."""

    class Quiet(http.server.SimpleHTTPRequestHandler):
        def log_message(self, *_):
            pass

    handler = functools.partial(Quiet, directory=folder)
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()


@pytest.fixture(scope="session")
def server(releases):
    with serve(releases) as url:
        yield url


@pytest.fixture(scope="session")
def wheels(program):
    """The folder of wheels that packaging/test.sh has built."""
    return pathlib.Path(os.environ["ZHUBI_WHEELS"])


@pytest.fixture
def python(wheels, tmp_path):
    """The environment in which `pip` and `python` are of a Python of its own, whose index is those wheels."""
    run(sys.executable, "-m", "venv", tmp_path / "venv")
    path = f"{tmp_path}/venv/bin:{os.environ['PATH']}"
    return {"PATH": path, "PIP_NO_INDEX": "1", "PIP_FIND_LINKS": str(wheels)}


@pytest.fixture(scope="session")
def packages(programs, tmp_path_factory):
    """The npm packages: `zhubi`, and the one with the program for this machine."""
    folder = tmp_path_factory.mktemp("npm")
    said = run("node", ROOT / "packaging/npm/build.mjs", programs, folder).stdout
    assert "left out: @zhubi/cli-darwin-arm64" in said
    return {"zhubi": folder / f"zhubi-{VERSION}.tgz", "cli": folder / f"zhubi-cli-{PLATFORM}-{VERSION}.tgz"}


@pytest.fixture
def drafts(tmp_path):
    """A repository of drafts, as someone has it who takes zhubi into CI."""
    folder = tmp_path / "drafts"
    folder.mkdir()
    for draft in ["work-summary.txt", "notice.md", "survey.md"]:
        shutil.copy(ROOT / "samples" / draft, folder)
    git(folder, "init", "--quiet", "--initial-branch=main")
    commit(folder, "drafts")
    return folder


@pytest.fixture(scope="session")
def clone(program, tmp_path_factory):
    """This repository as it stands, committed or not."""
    folder = tmp_path_factory.mktemp("clone") / "zhubi"
    folder.mkdir()
    files = git(ROOT, "ls-files", "-z", "--cached", "--others", "--exclude-standard").stdout
    for name in filter(None, files.split("\0")):
        if (ROOT / name).is_file():
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(ROOT / name, folder / name)
    git(folder, "init", "--quiet")
    commit(folder, "zhubi")
    git(folder, "tag", f"v{VERSION}")
    return folder


@pytest.fixture(scope="session")
def pre_commit(clone, tmp_path_factory):
    """pre-commit with a cache of its own, for which the clone is this repository; cargo finds here what was compiled."""
    own = {
        "PRE_COMMIT_HOME": str(tmp_path_factory.mktemp("pre-commit")),
        "GIT_CONFIG_COUNT": "1",
        "GIT_CONFIG_KEY_0": f"url.{clone}.insteadOf",
        "GIT_CONFIG_VALUE_0": "https://github.com/zhubi/zhubi",
    }

    def pre_commit(folder, *arguments, **more):
        environment = {**os.environ, **own, **more}
        return run("pre-commit", *arguments, cwd=folder, env=environment, check=False)

    return pre_commit


@pytest.fixture(scope="session")
def engine(program, tmp_path_factory):
    from engine import build

    engine = build(program, tmp_path_factory.mktemp("context"))
    yield engine
    engine.remove()


def git(folder, *arguments, **options):
    return run("git", *arguments, cwd=folder, **options)


def commit(folder, message):
    git(folder, "add", "--all")
    who = ["-c", "user.name=Writer", "-c", "user.email=writer@example.org"]
    git(folder, *who, "commit", "--quiet", "--message", message)
