"""A timestamp authority on loopback: `openssl ts -reply` behind a web server, with certificates of its own."""

from __future__ import annotations

import contextlib
import subprocess
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

_CONFIG = """
[tsa]
default_tsa = it
[it]
serial = {folder}/serial
signer_cert = {folder}/tsa.pem
certs = {folder}/root.pem
signer_key = {folder}/tsa.key
signer_digest = sha256
default_policy = 1.2.3.4.1
digests = sha256, sha512
ess_cert_id_chain = no
tsa_name = no
[ext]
extendedKeyUsage = critical, timeStamping
keyUsage = critical, digitalSignature
"""


class Authority:
    """Where it listens, and its root certificate. `change` may spoil its replies."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.root = folder / "root.pem"
        self.asked: list[bytes] = []
        self.change: Callable[[bytes], tuple[int, bytes]] = lambda reply: (200, reply)
        self.url = ""
        self._certificates()

    def _certificates(self) -> None:
        here = self.folder
        (here / "tsa.cnf").write_text(_CONFIG.format(folder=here))
        (here / "serial").write_text("01\n")
        make = ("openssl", "req", "-newkey", "rsa:2048", "-nodes", "-sha256")
        root = ("-x509", "-days", "3650", "-subj", "/CN=Test root/O=Example", "-keyout", here / "root.key")
        _run(*make, *root, "-out", self.root)
        _run(*make, "-subj", "/CN=Test authority/O=Example", "-keyout", here / "tsa.key", "-out", here / "tsa.csr")
        sign = ("openssl", "x509", "-req", "-in", here / "tsa.csr", "-CA", self.root, "-CAkey", here / "root.key")
        more = ("-CAcreateserial", "-days", "3650", "-extfile", here / "tsa.cnf", "-extensions", "ext")
        _run(*sign, *more, "-out", here / "tsa.pem")

    def reply(self, query: bytes) -> bytes:
        """What an honest authority answers."""
        self.asked.append(query)
        (self.folder / "query").write_bytes(query)
        made = self.folder / "reply"
        _run(
            "openssl",
            "ts",
            "-reply",
            "-config",
            self.folder / "tsa.cnf",
            "-queryfile",
            self.folder / "query",
            "-out",
            made,
        )
        return made.read_bytes()


@contextlib.contextmanager
def authority(folder: Path) -> Iterator[Authority]:
    """One that runs while the test does."""
    it = Authority(folder)

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            status, data = it.change(it.reply(self.rfile.read(int(self.headers["Content-Length"]))))
            self.send_response(status)
            self.send_header("Content-Type", "application/timestamp-reply")
            self.send_header("Content-Length", str(len(data)))
            self.end_headers()
            self.wfile.write(data)

        def log_message(self, *_said: Any) -> None:
            """Nothing on the terminal."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    it.url = f"http://127.0.0.1:{server.server_address[1]}/"
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        yield it
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def _run(*command: object) -> None:
    subprocess.run([str(part) for part in command], check=True, capture_output=True)
