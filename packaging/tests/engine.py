"""Makes and runs the image by buildah, which needs no daemon."""

import json
import shutil

import pytest

from conftest import ROOT, VERSION, run

BUILDAH = ["buildah", "--storage-driver", "vfs"]


class Engine:
    """Runs containers of one image, as `docker run` does."""

    def __init__(self, image):
        self.image = image
        config = json.loads(run(*BUILDAH, "inspect", "--type", "image", image).stdout)
        self.config = config["OCIv1"]["config"]

    def run(self, *arguments, volume, user=None):
        container = run(*BUILDAH, "from", "--pull-never", self.image).stdout.strip()
        as_user = ["--user", user] if user else []
        command = self.config["Entrypoint"] + (list(arguments) or self.config["Cmd"])
        options = ["--isolation", "chroot", "--volume", volume, *as_user]
        done = run(*BUILDAH, "run", *options, container, "--", *command, check=False)
        run(*BUILDAH, "rm", container)
        return done

    def remove(self):
        run(*BUILDAH, "rmi", "--force", self.image)


def build(program, context):
    """The image of a program, built of a folder as of the repository."""
    if not shutil.which("buildah"):
        pytest.skip("no buildah; Debian has it")
    if "statically linked" not in run("ldd", program, check=False).stdout:
        pytest.skip(f"{program} is not static")
    (context / "target/image/amd64").mkdir(parents=True)
    shutil.copy(program, context / "target/image/amd64/zhubi")
    (context / "target/secret").write_text("not for the image")
    shutil.copy(ROOT / ".dockerignore", context)
    options = ["--isolation", "chroot", "--build-arg", "TARGETARCH=amd64", "--build-arg", f"VERSION={VERSION}"]
    file = ["--file", ROOT / "packaging/docker/Dockerfile", "--tag", "zhubi-test"]
    run(*BUILDAH, "build", *options, *file, context)
    return Engine("localhost/zhubi-test")
