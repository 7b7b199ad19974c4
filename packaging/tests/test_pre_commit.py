"""The hooks, as pre-commit itself installs and runs them from a clone."""

from conftest import FAULT, MENDED, ROOT, VERSION, git, run


def configure(drafts, hook):
    config = f"repos:\n- repo: https://github.com/zhubi/zhubi\n  rev: v{VERSION}\n  hooks:\n  - id: {hook}\n"
    (drafts / ".pre-commit-config.yaml").write_text(config)
    git(drafts, "add", "--all")


def test_fails_on_a_fault_and_passes_once_it_is_mended(pre_commit, drafts):
    configure(drafts, "zhubi")
    done = pre_commit(drafts, "run", "--all-files")
    assert done.returncode == 1, done.stdout
    assert FAULT in done.stdout
    for draft in drafts.glob("*.*"):
        if draft.is_file() and draft.name != "survey.md":
            draft.unlink()
    survey = drafts / "survey.md"
    survey.write_text(survey.read_text("utf-8").replace("普便", "普遍"), "utf-8")
    (drafts / "empty.txt").write_text("")
    configure(drafts, "zhubi")
    done = pre_commit(drafts, "run", "--all-files")
    assert done.returncode == 0, done.stdout


def test_mends_what_is_safe(pre_commit, drafts):
    configure(drafts, "zhubi-fix")
    done = pre_commit(drafts, "run", "--all-files")
    assert done.returncode == 1 and "files were modified by this hook" in done.stdout, done.stdout
    assert MENDED in (drafts / "work-summary.txt").read_text("utf-8")


def test_the_hooks_are_well_formed():
    run("pre-commit", "validate-manifest", ROOT / ".pre-commit-hooks.yaml")
