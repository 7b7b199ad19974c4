"""The way from source."""

from conftest import ROOT, VERSION, run


def test_cargo_installs_from_a_clone(program, tmp_path):
    run("cargo", "install", "--path", ROOT, "--locked", "--root", tmp_path)
    assert [it.name for it in (tmp_path / "bin").iterdir()] == ["zhubi"]
    assert run(tmp_path / "bin/zhubi", "--version").stdout == f"zhubi {VERSION}\n"
