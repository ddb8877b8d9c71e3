"""Handing a mail to a server (RFC 6409, submission): encrypted, with a login, and with a clear end.

Until the content is on its way nothing can have been sent; once it is, only the server's answer tells. Where that
answer is missing, the end is `UnsureError`, and never a second try.
"""

from __future__ import annotations

import base64
import re
import smtplib
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING

from dsar.errors import NetworkError
from dsar.mail import network
from dsar.mail.network import NoTlsError, PasswordRefusedError, lost, said, trusting

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from ssl import SSLContext

    from dsar.mail.account import Account, Server

# RFC 5321, 4.1.3: an address literal instead of the name of this machine, which is nobody's business
_OURSELVES = "[127.0.0.1]"
_MOST_LINES = 200
_GOODBYE = 5.0
_GO_ON = 354
_OK = range(200, 300)
_LINE = 2048


class RefusedError(NetworkError):
    """The server does not take the mail."""

    sentence = "The mail server {host}:{port} does not take the mail to {to} ({why}): nothing was sent."


class TooLargeError(NetworkError):
    """The server says beforehand that the mail is too large."""

    sentence = "The mail has {size} MB, and the mail server {host}:{port} takes {most}: attach less. Nothing was sent."


class NotSentError(NetworkError):
    """The connection broke before the mail was on its way."""

    sentence = "The mail server {host}:{port} failed before it had the mail ({why}): nothing was sent; try again later."


class LeftOpenError(NetworkError):
    """The mail was on its way, and no answer came."""

    sentence = "The mail server {host}:{port} got the mail and did not say whether it took it ({why})."


@dataclass(frozen=True, slots=True, kw_only=True)
class Taken:
    """What the server said when it took a mail, and whether it promised a notice of delivery (RFC 3461)."""

    reply: str
    notice: bool


class _Spoken(smtplib.SMTP):
    """SMTP with an end to how much a server may answer."""

    def getreply(self) -> tuple[int, bytes]:
        if self.file is None:
            self.file = self.sock.makefile("rb")  # type: ignore[union-attr]  # connected before anything is read
        lines = []
        for _ in range(_MOST_LINES):
            line = self.file.readline(_LINE)
            if not line.endswith(b"\n"):
                break
            lines.append(line[4:].strip())
            if line[:3].isdigit() and line[3:4] != b"-":
                return int(line[:3]), b"\n".join(lines)
        self.close()
        raise smtplib.SMTPServerDisconnected("its answer has no end")


class _Encrypted(_Spoken, smtplib.SMTP_SSL):
    pass


def submit(  # noqa: PLR0913 - the last two are named at the call
    account: Account, server: Server, password: str, mail: bytes, *, to: str, about_to: Callable[[], None]
) -> Taken:
    """Hand a mail to the server of an account. `about_to` is called when the next step may send it.

    Raises:
        UnreachableError, NotTrustedError, NoTlsError, PasswordRefusedError: no connection, or none that is safe.
        RefusedError, TooLargeError, NotSentError: nothing was sent.
        LeftOpenError: nobody knows whether it was sent.
    """
    at = {"host": server.host, "port": server.port}
    with _connected(account, server, password) as spoken:
        try:
            notice = _addressed(spoken, server, mail, sender=account.address, to=to)
            about_to()
            code, text = spoken.docmd("DATA")
        except (smtplib.SMTPException, OSError, ValueError) as error:
            raise NotSentError(**at, why=said(error)) from error
        if code != _GO_ON:
            raise RefusedError(**at, to=to, why=f"{code} {said(text)}")
        try:
            spoken.send(_stuffed(mail))
            code, text = spoken.getreply()
        except (smtplib.SMTPException, OSError, ValueError) as error:
            raise LeftOpenError(**at, why=said(error)) from error
        if code not in _OK:
            raise RefusedError(**at, to=to, why=f"{code} {said(text)}")
    return Taken(reply=f"{code} {said(text)}", notice=notice)


@contextmanager
def _connected(account: Account, server: Server, password: str) -> Iterator[_Spoken]:
    context = trusting(account.ca_file)
    host, port, wait = server.host, server.port, network.SILENCE
    try:
        if server.security == "tls":
            spoken: _Spoken = _Encrypted(host, port, local_hostname=_OURSELVES, timeout=wait, context=context)
        else:
            spoken = _Spoken(host, port, local_hostname=_OURSELVES, timeout=wait)
    except (smtplib.SMTPException, OSError) as error:
        raise _not_connected(server, error) from error
    try:
        try:
            _greet(spoken, server, context)
            _log_in(spoken, server, account.user, password)
        except (smtplib.SMTPException, OSError, ValueError) as error:
            raise _not_connected(server, error) from error
        yield spoken
    finally:
        _leave(spoken)


def _not_connected(server: Server, error: Exception) -> NetworkError:
    """Smtplib's errors are OSErrors too, and a bad certificate is also a ValueError."""
    if isinstance(error, OSError) and not isinstance(error, smtplib.SMTPException):
        return lost(server, error)
    return NotSentError(host=server.host, port=server.port, why=said(error))


def _leave(spoken: _Spoken) -> None:
    """Say goodbye; a server that does not answer any more is left as it is."""
    with suppress(smtplib.SMTPException, OSError, ValueError):
        if spoken.sock is not None:
            spoken.sock.settimeout(min(_GOODBYE, network.SILENCE))
            spoken.docmd("QUIT")
    spoken.close()


def _greet(spoken: _Spoken, server: Server, context: SSLContext) -> None:
    spoken.ehlo()
    if server.security == "starttls":
        if not spoken.has_extn("starttls"):
            raise NoTlsError(host=server.host, port=server.port)
        spoken.starttls(context=context)
        spoken.ehlo()


def _log_in(spoken: _Spoken, server: Server, user: str, password: str) -> None:
    """Prove who we are: with PLAIN, which takes any letter, else with what the server offers."""
    ways = spoken.esmtp_features.get("auth", "").upper().split()
    try:
        if "PLAIN" in ways:
            secret = base64.b64encode(f"\0{user}\0{password}".encode()).decode()
            code, text = spoken.docmd("AUTH", f"PLAIN {secret}")
            why = "" if code in _OK else f"{code} {said(text)}"
        else:
            spoken.login(user, password)
            why = ""
    except smtplib.SMTPAuthenticationError as error:
        why = f"{error.smtp_code} {said(error.smtp_error)}"
    except smtplib.SMTPNotSupportedError as error:
        why = said(error)
    if why:
        raise PasswordRefusedError(host=server.host, port=server.port, user=user, why=why)


def _addressed(spoken: _Spoken, server: Server, mail: bytes, *, sender: str, to: str) -> bool:
    """Say from whom to whom; whether a notice of delivery was promised."""
    most = spoken.esmtp_features.get("size", "").strip()
    if most.isdigit() and 0 < int(most) < len(mail):
        size = -(-len(mail) // 1_000_000)
        raise TooLargeError(host=server.host, port=server.port, size=size, most=f"{int(most) // 1_000_000} MB")
    notice = spoken.has_extn("dsn")
    # RET=HDRS: the notice carries our headers, and so the message id, and not the letter
    asked = [f"SIZE={len(mail)}"] if spoken.has_extn("size") else []
    _accepted(spoken.mail(sender, [*asked, *(["RET=HDRS"] if notice else [])]), server, to)
    wanted = ["NOTIFY=SUCCESS,FAILURE,DELAY", f"ORCPT=rfc822;{_xtext(to)}"] if notice else []
    _accepted(spoken.rcpt(to, wanted), server, to)
    return notice


def _accepted(answer: tuple[int, bytes], server: Server, to: str) -> None:
    code, text = answer
    if code not in _OK:
        raise RefusedError(host=server.host, port=server.port, to=to, why=f"{code} {said(text)}")


def _xtext(text: str) -> str:
    """RFC 3461, 4: what could be taken for syntax is written as its number."""
    return "".join(char if "!" <= char <= "~" and char not in "+=" else f"+{ord(char):02X}" for char in text)


def _stuffed(mail: bytes) -> bytes:
    """The content with its end (RFC 5321, 4.5.2: a line that begins with a dot gets another)."""
    whole = mail if mail.endswith(b"\r\n") else mail + b"\r\n"
    return re.sub(rb"(?m)^\.", b"..", whole) + b".\r\n"
