"""Mail servers on this machine, and an office with a case whose request is issued and not sent."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from servers.certificate import certificate
from servers.dovecot import Dovecot, dovecot, missing
from servers.smtp import Post, smtp

from .room import Room

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@pytest.fixture(scope="module")
def mailbox() -> Iterator[Dovecot]:
    """A real IMAP server with one account."""
    if lacks := missing():
        pytest.skip(lacks)
    with dovecot() as running:
        yield running


@pytest.fixture(scope="session")
def cert(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """A certificate of this machine, and its key."""
    return certificate(tmp_path_factory.mktemp("cert"))


@pytest.fixture
def post(cert: tuple[Path, Path]) -> Iterator[Post]:
    """A real SMTP server."""
    with smtp(cert) as running:
        yield running


@pytest.fixture
def room(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Room:
    """A vault, without a case or an account yet."""
    return Room.make(tmp_path, monkeypatch, capsys)
