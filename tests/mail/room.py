"""An office for the tests that fetch and send. Its day is today: a mail leaves today or not at all."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from email.utils import format_datetime
from typing import TYPE_CHECKING, Any

from cli.office import Office, Said
from dsar import clock
from dsar.vault.keys import KeyFileSlot
from dsar.vault.vault import Vault
from servers.dovecot import PASSWORD, USER

if TYPE_CHECKING:
    from pathlib import Path

    import pytest

ADDRESS = "ana@ngo.example"
THEIRS = "dpo@miroir.example"


@dataclass(frozen=True)
class Room:
    office: Office
    day: str

    @classmethod
    def make(cls, folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Room:
        (folder / "safe").mkdir()
        office = Office(folder / "safe", capsys)
        monkeypatch.setenv("DSAR_VAULT", str(office.vault))
        monkeypatch.setenv("DSAR_KEY_FILE", str(office.key))
        monkeypatch.setenv("DSAR_MAIL_PASSWORD", PASSWORD)
        monkeypatch.setenv("HOME", str(folder))
        monkeypatch.chdir(folder)
        made = cls(office, clock.today().isoformat())
        office.init(made.day)
        return made

    def run(self, *arguments: str | Path, code: int = 0) -> Said:
        return self.office.run(*arguments, code=code)

    def json(self, *arguments: str | Path, code: int = 0) -> Any:
        return self.office.json(self.day, *arguments, code=code)

    def account(self, name: str, ca: Path, *, imap: int = 0, smtp: int = 0, security: str = "") -> None:
        """An account on this machine; `localhost` is what the certificate is made out to."""
        servers = [f"--{kind}=localhost:{port}" for kind, port in (("imap", imap), ("smtp", smtp)) if port]
        kind = ("--imap-security", security, "--smtp-security", security) if security else ()
        self.run("mail", "account", "add", name, "--address", ADDRESS, "--user", USER, "--ca-file", ca, *servers, *kind)

    def issued(self) -> str:
        """A case whose request is issued; its reference."""
        ref = self.office.request(self.day)
        self.office.on(self.day, "letter", "access", ref, "--issue")
        return ref

    def vault(self) -> Vault:
        return Vault.open(self.office.vault, KeyFileSlot(self.office.key))


def mail(subject: str, *more: str, sender: str = THEIRS, text: str = "Hello", number: int | str = 1) -> bytes:
    """A mail of theirs; `more` are headers."""
    lines = (f"From: {sender}", f"To: {ADDRESS}", f"Subject: {subject}", f"Message-ID: <{number}@miroir.example>")
    date = format_datetime(datetime.fromisoformat(clock.now()))
    head = (*lines, f"Date: {date}", *more)
    return "\r\n".join((*head, "", text, "")).encode()
