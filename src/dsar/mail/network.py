"""What fetching and sending share: whom to trust, what can go wrong on the way, and how a server's words are shown."""

from __future__ import annotations

import ssl
from typing import TYPE_CHECKING

from dsar.errors import InputError, NetworkError
from dsar.mail.charset import decoded, one_line

if TYPE_CHECKING:
    from dsar.mail.account import Server

SILENCE = 60.0
"""Seconds that a server may be silent."""

_LONGEST_WORD = 200


class NoCertificatesError(InputError):
    """The file of trusted certificates is of no use."""

    sentence = "“{path}” cannot be read as a file of certificates ({why}): give the account another --ca-file."


class UnreachableError(NetworkError):
    """No connection to the server."""

    sentence = "The mail server {host}:{port} cannot be reached ({why}): check the network, and the account."


class NotTrustedError(NetworkError):
    """The server is not who it says."""

    sentence = (
        "The mail server {host}:{port} cannot prove who it is ({why}), and was told nothing: check the name of the "
        "server, or give the account the certificate of your own authority with --ca-file."
    )


class NoTlsError(NetworkError):
    """The server offers no encryption."""

    sentence = "The mail server {host}:{port} offers no STARTTLS, and was told nothing: give the account its TLS port."


class PasswordRefusedError(NetworkError):
    """The server does not take the name or the password."""

    sentence = (
        "The mail server {host}:{port} refuses “{user}” with this password ({why}): give the right one with "
        "`dsar mail account add`, in DSAR_MAIL_PASSWORD or with --password-file; some providers want one for programs."
    )


class BrokenServerError(NetworkError):
    """The server stops, or does not speak as it should."""

    sentence = "The mail server {host}:{port} failed ({why}): what was taken in before is kept; try again later."


def trusting(ca_file: str) -> ssl.SSLContext:
    """Whom to trust: what the system trusts, or only what a file holds. Names are checked; TLS 1.2 is the least.

    Raises:
        NoCertificatesError: the file cannot be read.
    """
    try:
        return ssl.create_default_context(cafile=ca_file or None)
    except (OSError, ValueError) as error:
        raise NoCertificatesError(path=ca_file, why=said(error)) from error


def lost(server: Server, error: Exception) -> NetworkError:
    """The error to show for a connection that could not be made."""
    at = {"host": server.host, "port": server.port}
    if isinstance(error, ssl.SSLCertVerificationError):
        return NotTrustedError(**at, why=said(error.verify_message or error))
    return UnreachableError(**at, why=said(error))


def said(what: object) -> str:
    """The words of a server or of the system, short, on one line, and only as text."""
    if isinstance(what, TimeoutError):
        return f"no answer for {SILENCE:.0f} seconds"
    if isinstance(what, OSError):
        what = what.strerror or what
    text = decoded(what) if isinstance(what, bytes) else str(what)
    clean = "".join(char if char.isprintable() else "�" for char in one_line(text))
    return clean[:_LONGEST_WORD].rstrip(" .") or type(what).__name__
