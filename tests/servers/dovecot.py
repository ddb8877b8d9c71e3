"""A real IMAP server on this machine, for one module of tests."""

from __future__ import annotations

import os
import shutil
import smtplib
import socket
import subprocess
import tempfile
import time
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from .certificate import certificate

if TYPE_CHECKING:
    from collections.abc import Iterator

USER, PASSWORD = "ana", "secret-ü"
_NOBODY = "65534"
_PATIENCE = 30.0


@dataclass(frozen=True, kw_only=True)
class Dovecot:
    folder: Path
    imap: int
    imaps: int
    lmtp: int

    @property
    def ca(self) -> Path:
        return self.folder / "cert.pem"

    def deliver(self, *mails: bytes, sender: str = "someone@elsewhere.example") -> None:
        """Put mails into the inbox, as a mail server does."""
        with smtplib.LMTP("127.0.0.1", self.lmtp, local_hostname="localhost") as lmtp:
            for mail in mails:
                lmtp.sendmail(sender, [USER], mail)

    def flags(self, name: str = "") -> list[str]:
        """The file names of a folder, which end in the flags: nothing of dsar is needed to read them."""
        room = self.folder / "mail" / USER / (f".{name}" if name else "")
        return sorted(path.name for sub in ("cur", "new") for path in (room / sub).glob("*"))


def missing() -> str:
    """What the server lacks on this machine; empty if nothing."""
    here = [path for path in ("/usr/lib/dovecot/imap", "/usr/lib/dovecot/lmtp") if not Path(path).exists()]
    found = shutil.which("dovecot", path=f"{os.environ.get('PATH', '')}:/usr/sbin")
    return "" if found and not here else "needs a real IMAP server (Debian: dovecot-imapd, dovecot-lmtpd)"


@contextmanager
def dovecot() -> Iterator[Dovecot]:
    """A server that runs until the end of the block, in a short path of its own: sockets have short names."""
    folder = Path(tempfile.mkdtemp(prefix="dsar-imap-", dir="/tmp"))
    try:
        certificate(folder)
        ports = free_ports(3)
        made = Dovecot(folder=folder, imap=ports[0], imaps=ports[1], lmtp=ports[2])
        with _running(made):
            yield made
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def _running(made: Dovecot) -> Iterator[None]:
    script = Path(__file__).parent / "dovecot_up.sh"
    copied = shutil.copy(script, made.folder)  # the checkout may be closed to nobody
    names = {"IMAP_PORT": made.imap, "IMAPS_PORT": made.imaps, "LMTP_PORT": made.lmtp}
    env = {**os.environ, **{name: str(port) for name, port in names.items()}}
    env["PATH"] += ":/usr/sbin"
    command = ["bash", copied, str(made.folder)]
    if os.getuid() == 0:
        for path in (made.folder, *made.folder.iterdir()):
            os.chown(path, int(_NOBODY), int(_NOBODY))
        command = ["setpriv", f"--reuid={_NOBODY}", f"--regid={_NOBODY}", "--clear-groups", *command]
    with subprocess.Popen(command, env=env, stdout=subprocess.PIPE, stderr=subprocess.STDOUT) as process:
        try:
            for port in names.values():
                _until_it_listens(port, process)
            yield
        finally:
            process.terminate()


def _until_it_listens(port: int, process: subprocess.Popen[bytes]) -> None:
    until = time.monotonic() + _PATIENCE
    while True:
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
        except OSError:
            if process.poll() is not None or time.monotonic() > until:
                said = process.stdout.read() if process.stdout and process.poll() is not None else b""
                raise AssertionError(f"the IMAP server does not start: {said!r}") from None
        else:
            return


def free_ports(count: int) -> list[int]:
    """Ports of this machine on which nothing listens now."""
    sockets = [socket.create_server(("127.0.0.1", 0)) for _ in range(count)]
    ports = [int(one.getsockname()[1]) for one in sockets]
    for one in sockets:
        one.close()
    return ports
