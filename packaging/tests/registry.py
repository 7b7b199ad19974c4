"""A registry of npm packages on this machine, of as much as npm asks to install what is in it."""

import base64
import hashlib
import http.server
import json
import tarfile
import threading
import urllib.parse


class Registry:
    def __init__(self, packages):
        self.packages = {}
        for file in packages:
            with tarfile.open(file) as archive:
                manifest = json.load(archive.extractfile("package/package.json"))
            self.packages[manifest["name"]] = (manifest, file)

    def __enter__(self):
        registry = self

        class Handler(http.server.BaseHTTPRequestHandler):
            def do_GET(self):
                body = registry.answer(urllib.parse.unquote(self.path).strip("/"))
                self.send_response(200 if body else 404)
                self.end_headers()
                self.wfile.write(body or b"{}")

            def log_message(self, *_):
                pass

        self.server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self.server.server_port}"
        threading.Thread(target=self.server.serve_forever, daemon=True).start()
        return self

    def __exit__(self, *_):
        self.server.shutdown()

    def answer(self, path):
        name = path.removesuffix("/file")
        if name not in self.packages:
            return None
        manifest, file = self.packages[name]
        content = file.read_bytes()
        if path.endswith("/file"):
            return content
        integrity = "sha512-" + base64.b64encode(hashlib.sha512(content).digest()).decode()
        version = manifest["version"]
        dist = {"tarball": f"{self.url}/{name}/file", "integrity": integrity}
        versions = {version: {**manifest, "dist": dist}}
        return json.dumps({"name": name, "dist-tags": {"latest": version}, "versions": versions}).encode()
