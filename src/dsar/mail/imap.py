"""The connection to an IMAP server (RFC 3501), as the standard library speaks it, with bounds on what a server may say.

imaplib and not a library above it: those parse each mail as they fetch it, and here only its exact bytes are wanted.
"""

from __future__ import annotations

import imaplib
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from dsar.mail import network
from dsar.mail.network import BrokenServerError, NoTlsError, PasswordRefusedError, lost, said, trusting

if TYPE_CHECKING:
    import ssl
    from collections.abc import Iterator

    from dsar.mail.account import Account, Server

LARGEST = 128 * 1024 * 1024
"""Bytes of the largest mail that is fetched; it is held in memory once. No provider takes half as much."""

_GOODBYE = 5.0
_SLACK = 2 * 1024 * 1024
"""Bytes that an answer may have beside the mails in it."""


class _Bounded:
    """Refuses an answer, or a length that is announced for one, which is larger than anything that was asked for."""

    left = LARGEST + _SLACK

    def read(self, size: int) -> bytes:
        self._spend(size)
        data: bytes = super().read(size)  # type: ignore[misc]  # imaplib's, which comes after this class
        return data

    def readline(self) -> bytes:
        line: bytes = super().readline()  # type: ignore[misc]  # as above
        self._spend(len(line))
        return line

    def _spend(self, size: int) -> None:
        self.left -= size
        if size < 0 or self.left < 0:
            raise imaplib.IMAP4.abort("it sends more than was asked for")


class _Upgraded(_Bounded, imaplib.IMAP4):
    pass


class _Encrypted(_Bounded, imaplib.IMAP4_SSL):
    pass


class Connection:
    """A connection that is logged in. Every method raises BrokenServerError if the server fails."""

    def __init__(self, spoken: _Upgraded | _Encrypted, server: Server) -> None:
        """`spoken` is connected, and not logged in yet."""
        self._spoken = spoken
        self._server = server
        self._able = frozenset(spoken.capabilities)

    def ask(self, name: str, *arguments: str | bool) -> list[Any]:
        """The data that answer a command: bytes, or pairs of bytes and a literal."""
        with _answering(self._server, self._spoken):
            return _good(getattr(self._spoken, name)(*arguments))

    def ask_uid(self, name: str, *arguments: str) -> list[Any]:
        """The same for a command that speaks of messages by their UIDs."""
        with _answering(self._server, self._spoken):
            return _good(self._spoken.uid(name, *arguments))

    def told(self, name: str) -> bytes:
        """What the server said beside its last answer under a name, such as `UIDVALIDITY`; empty if it said nothing."""
        with _answering(self._server, self._spoken):
            found = self._spoken.response(name)[1]
        last = found[-1] if found else None
        return last if isinstance(last, bytes) else b""

    def can(self, what: str) -> bool:
        """Whether the server says that it can do something, such as `MOVE`."""
        return what in self._able

    def broken(self, why: str) -> BrokenServerError:
        """The error for an answer that is none."""
        return _broken(self._server, why)

    def log_in(self, user: str, password: str) -> None:
        """Prove who we are: with PLAIN, which takes any letter, else with LOGIN."""
        self._spoken.left = _SLACK
        try:
            if self.can("AUTH=PLAIN"):
                self._spoken.authenticate("PLAIN", lambda _: f"\0{user}\0{password}".encode())
            else:
                self._spoken.login(_quotable(user), _quotable(password))
        except (imaplib.IMAP4.abort, OSError) as error:
            raise self.broken(said(error)) from error
        except (imaplib.IMAP4.error, ValueError) as error:
            why = "it takes no such letters" if isinstance(error, ValueError) else said(error.args[0])
            raise PasswordRefusedError(host=self._server.host, port=self._server.port, user=user, why=why) from error
        # what it can do may be more for those whom it knows
        self._able = frozenset(b" ".join(self.ask("capability")).decode("ascii", "replace").upper().split())

    def close(self) -> None:
        """Say goodbye; a server that does not answer any more is left as it is."""
        self._spoken.left = _SLACK
        try:
            self._spoken.sock.settimeout(min(_GOODBYE, network.SILENCE))
            self._spoken.logout()
        except (imaplib.IMAP4.error, OSError, ValueError):
            self._spoken.shutdown()


@contextmanager
def connected(account: Account, server: Server, password: str) -> Iterator[Connection]:
    """A connection to the IMAP server of an account, closed again whatever happens.

    Raises:
        UnreachableError, NotTrustedError, NoTlsError: no connection, or none that is safe; no password was sent.
        PasswordRefusedError: it does not let us in.
        BrokenServerError: it does not speak as it should.
    """
    context = trusting(account.ca_file)
    connection = Connection(_dialled(server, context), server)
    try:
        connection.log_in(account.user, password)
        yield connection
    finally:
        connection.close()


def _dialled(server: Server, context: ssl.SSLContext) -> _Upgraded | _Encrypted:
    """A connection that is encrypted."""
    try:
        if server.security == "tls":
            return _Encrypted(server.host, server.port, ssl_context=context, timeout=network.SILENCE)
        plain = _Upgraded(server.host, server.port, timeout=network.SILENCE)
    except imaplib.IMAP4.error as error:
        raise _broken(server, said(error)) from error
    except OSError as error:
        raise lost(server, error) from error
    if plain.state != "NONAUTH" or "STARTTLS" not in plain.capabilities:
        plain.shutdown()
        raise NoTlsError(host=server.host, port=server.port)
    try:
        plain.starttls(context)
    except (imaplib.IMAP4.error, OSError) as error:
        plain.shutdown()
        raise lost(server, error) if isinstance(error, OSError) else _broken(server, said(error)) from error
    return plain


def _quotable(text: str) -> str:
    """A text that can stand in a quoted string; ValueError if it would end the command."""
    if not text.isascii() or not text.isprintable():
        raise ValueError("not in a quoted string")
    return text


@contextmanager
def _answering(server: Server, spoken: _Upgraded | _Encrypted) -> Iterator[None]:
    spoken.left = LARGEST + _SLACK
    try:
        yield
    except imaplib.IMAP4.error as error:
        raise _broken(server, said(error.args[0] if error.args else error)) from error
    except (OSError, ValueError, AttributeError, IndexError, TypeError) as error:
        # imaplib takes apart what the server sends, and trusts that it can be
        raise _broken(server, said(error)) from error


def _good(answer: tuple[str, list[Any]]) -> list[Any]:
    status, data = answer
    if status != "OK":
        raise imaplib.IMAP4.error(data[0] if data and data[0] else status)
    return [one for one in data if one is not None]


def _broken(server: Server, why: str) -> BrokenServerError:
    return BrokenServerError(host=server.host, port=server.port, why=why)
