"""The npm packages, installed from their files with no registry."""

import json
import os
import subprocess
import tarfile

import pytest

from conftest import PLATFORM, ROOT, VERSION, run
from registry import Registry


@pytest.fixture
def npm(tmp_path):
    """npm in a project of its own that reaches no registry and has kept nothing."""
    (tmp_path / "package.json").write_text('{ "private": true }')
    environment = {**os.environ, "npm_config_cache": str(tmp_path / "cache"), "npm_config_offline": "true"}

    def npm(*arguments, **options):
        return run(*arguments, cwd=tmp_path, env=environment, **options)

    return npm


def test_a_project_runs_zhubi_by_npx(packages, npm, tmp_path):
    npm("npm", "install", packages["zhubi"], packages["cli"])
    assert npm("npx", "zhubi", "--version").stdout == f"zhubi {VERSION}\n"
    done = npm("npx", "zhubi", "check", "--format", "json", ROOT / "samples", check=False, stderr=subprocess.DEVNULL)
    assert done.returncode == 1
    assert json.loads(done.stdout)
    assert npm("npx", "zhubi", "check", "missing.txt", check=False).returncode == 2


def test_npm_takes_the_one_package_that_fits(packages, tmp_path):
    (tmp_path / "package.json").write_text('{ "private": true }')
    with Registry(packages.values()) as registry:
        environment = {**os.environ, "npm_config_cache": str(tmp_path / "cache"), "npm_config_registry": registry.url}
        run("npm", "install", f"zhubi@{VERSION}", cwd=tmp_path, env=environment)
    assert [it.name for it in (tmp_path / "node_modules/@zhubi").iterdir()] == [f"cli-{PLATFORM}"]
    assert run("npx", "zhubi", "--version", cwd=tmp_path).stdout == f"zhubi {VERSION}\n"


def test_standard_input_goes_to_the_program(packages, npm):
    npm("npm", "install", packages["zhubi"], packages["cli"])
    done = npm("npx", "zhubi", "batch", input='{"id": 1, "text": "认真学习政冶理论。"}\n')
    assert "typo/confusable-word" in done.stdout


def test_says_what_to_do_where_the_program_is_missing(packages, npm):
    npm("npm", "install", "--omit=optional", packages["zhubi"])
    done = npm("npx", "zhubi", "--version", check=False)
    assert done.returncode == 2
    assert f"缺少 @zhubi/cli-{PLATFORM}" in done.stdout and "重新安装" in done.stdout


def test_says_where_there_is_no_program_for_a_platform(packages, npm, tmp_path):
    npm("npm", "install", "--omit=optional", packages["zhubi"])
    (tmp_path / "sunos.cjs").write_text("Object.defineProperty(process, 'platform', { value: 'sunos' });")
    launcher = "node_modules/zhubi/bin/zhubi.js"
    done = npm("node", "--require", "./sunos.cjs", launcher, "--version", check=False)
    assert done.returncode == 2
    assert "没有 sunos-" in done.stdout and "cargo" in done.stdout


def test_nothing_runs_at_installation(packages):
    for package in packages.values():
        with tarfile.open(package) as archive:
            manifest = json.load(archive.extractfile("package/package.json"))
            names = archive.getnames()
        assert "scripts" not in manifest and manifest["version"] == VERSION
        assert {"package/LICENSE-MIT", "package/LICENSE-APACHE"} <= set(names)


def test_depends_on_a_package_for_each_platform_of_the_release(packages):
    with tarfile.open(packages["zhubi"]) as archive:
        wanted = json.load(archive.extractfile("package/package.json"))["optionalDependencies"]
    assert len(wanted) == 8 and set(wanted.values()) == {VERSION}
    workflow = (ROOT / ".github/workflows/release.yml").read_text("utf-8")
    platforms = json.loads(run("node", "-p", "JSON.stringify(require('./packaging/npm/bin/platforms.js'))", cwd=ROOT).stdout)
    for platform in platforms:
        assert f"platform: {platform}," in workflow, f"the release does not build {platform}"
