"""A mail account: which servers, protected how, as whom. There is no way to say it without encryption."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal, get_args

from dsar.errors import UsageError

Security = Literal["tls", "starttls"]
Protocol = Literal["imap", "smtp"]

# RFC 8314: encryption from the first byte is preferred to STARTTLS, and each has ports of its own.
_USUAL: dict[Protocol, int] = {"imap": 993, "smtp": 465}
_UPGRADED = frozenset({25, 143, 587, 2525})
_HOST = re.compile(r"[A-Za-z0-9](?:[A-Za-z0-9.-]*[A-Za-z0-9])?|\[[0-9A-Fa-f:.]+\]")
_NAME = re.compile(r"[a-z0-9][a-z0-9-]{0,39}")
_LAST_PORT = 65535


class BadServerError(UsageError):
    """A text names no server."""

    sentence = "“{text}” names no mail server: write HOST or HOST:PORT, like imap.example.org:993."


class BadSecurityError(UsageError):
    """No such way of encrypting."""

    sentence = "“{text}” is no way to protect a connection: choose tls or starttls; nothing goes unencrypted."


class BadAccountNameError(UsageError):
    """A text cannot name an account."""

    sentence = "“{text}” cannot name an account: use lower-case letters, digits and hyphens, 40 at most."


@dataclass(frozen=True, slots=True, kw_only=True)
class Server:
    """Where a server listens. `tls`: encrypted from the first byte; `starttls`: from the first command on."""

    host: str
    port: int
    security: Security


@dataclass(frozen=True, slots=True, kw_only=True)
class Account:
    """A mail account: the address that mails come from, the name to log in with, the servers for each direction.

    `ca_file` is a file of certificates that alone is trusted for these servers; empty: those that the system trusts.
    """

    name: str
    address: str
    user: str
    imap: Server | None
    smtp: Server | None
    ca_file: str = ""


def account_name(text: str) -> str:
    """The name of an account, as it can be one.

    Raises:
        BadAccountNameError: it cannot.
    """
    if not _NAME.fullmatch(text):
        raise BadAccountNameError(text=text)
    return text


def server(text: str, protocol: Protocol, security: str = "") -> Server:
    """A server as somebody wrote it, `HOST` or `HOST:PORT`; what is not said follows from what is.

    Raises:
        BadServerError: it names none.
        BadSecurityError: neither `tls` nor `starttls`.
    """
    host, colon, number = text.strip().rpartition(":")
    if not colon or text.strip().endswith("]"):
        host, number = text.strip(), ""
    if not _HOST.fullmatch(host) or (colon and number and not (number.isascii() and number.isdigit())):
        raise BadServerError(text=text)
    wanted = security.strip().casefold()
    if wanted and wanted not in get_args(Security):
        raise BadSecurityError(text=security)
    port = int(number) if number else _usual(protocol, wanted)
    if not 1 <= port <= _LAST_PORT:
        raise BadServerError(text=text)
    upgraded = wanted == "starttls" or (not wanted and port in _UPGRADED)
    return Server(host=host.strip("[]"), port=port, security="starttls" if upgraded else "tls")


def _usual(protocol: Protocol, security: str) -> int:
    if security != "starttls":
        return _USUAL[protocol]
    return 143 if protocol == "imap" else 587
