"""packaging/install.sh installs what the release's checksums name, and nothing else."""

import os
import shutil

import pytest

from conftest import PLATFORM, ROOT, VERSION, run

ARCHIVE = f"zhubi-{PLATFORM}.tar.gz"


def install(releases, folder, version=VERSION, **environment):
    environment = {**os.environ, "ZHUBI_RELEASES": releases, **environment}
    return run("sh", ROOT / "packaging/install.sh", version, folder, check=False, env=environment)


@pytest.mark.parametrize("version", [VERSION, f"v{VERSION}", "latest"])
def test_installs_a_release(server, tmp_path, version):
    done = install(server, tmp_path / "bin", version)
    assert done.returncode == 0, done.stdout
    assert run(tmp_path / "bin/zhubi", "--version").stdout == f"zhubi {VERSION}\n"
    assert [it.name for it in (tmp_path / "bin").iterdir()] == ["zhubi"]


def test_installs_by_wget_where_there_is_no_curl(server, tmp_path):
    tools = tmp_path / "tools"
    tools.mkdir()
    needed = "awk chmod cp cat gzip ldd grep mkdir mktemp mv rm sha256sum sh tar uname wget".split()
    missing = [tool for tool in needed if not shutil.which(tool)]
    if missing:
        pytest.skip(f"no {missing}")
    for tool in needed:
        (tools / tool).symlink_to(shutil.which(tool))
    done = install(server, tmp_path / "bin", PATH=str(tools))
    assert done.returncode == 0, done.stdout


def refused(releases, tmp_path, *says, version=VERSION):
    """An installation that must fail leaves the old program."""
    folder = tmp_path / "bin"
    folder.mkdir()
    (folder / "zhubi").write_text("old")
    done = install(f"file://{releases}", folder, version)
    assert done.returncode == 1, done.stdout
    for words in says:
        assert words in done.stdout
    assert (folder / "zhubi").read_text() == "old"
    assert len(list(folder.iterdir())) == 1


@pytest.fixture
def copy(releases, tmp_path):
    shutil.copytree(releases, tmp_path / "releases")
    return tmp_path / "releases"


def test_refuses_an_archive_that_was_tampered_with(copy, tmp_path):
    with open(copy / "download" / f"v{VERSION}" / ARCHIVE, "ab") as archive:
        archive.write(b"x")
    refused(copy, tmp_path, f"{ARCHIVE} 的校验和不对", "应为", "实为")


def test_refuses_an_archive_that_the_release_does_not_list(copy, tmp_path):
    (copy / "download" / f"v{VERSION}" / "SHA256SUMS").write_text(f"{'0' * 64}  other.tar.gz\n")
    refused(copy, tmp_path, f"SHA256SUMS 里没有 {ARCHIVE}")


def test_says_what_could_not_be_had(copy, tmp_path):
    refused(copy, tmp_path, f"取不到 file://{copy}/download/v9.9.9/SHA256SUMS", version="9.9.9")
