"""Downloading the public directory: once, when asked, over https, with a bound on size and time."""

from __future__ import annotations

import time
from contextlib import closing
from http.client import HTTPException
from typing import TYPE_CHECKING, Any, BinaryIO
from urllib.parse import urlsplit

from dsar.directory.errors import BadDownloadAddressError, DownloadError, TooLargeError
from dsar.directory.source import ARCHIVE_BYTES

if TYPE_CHECKING:
    from pathlib import Path

URL = "https://github.com/datenanfragen/data/archive/HEAD.zip"
"""The archive of the default branch."""

_SILENCE = 30.0
_WHOLE = 300.0
_CHUNK = 64 * 1024
_DIGITS = 18
_LOOPBACK = ("127.0.0.1", "::1", "localhost")


def download(url: str, target: Path) -> None:
    """Write what `url` answers to `target`.

    Raises:
        BadDownloadAddressError: no https address (plain http only to this machine, for tests).
        DownloadError: no network, no such page, a server that stops, is silent for 30 s or takes more than 300 s.
        TooLargeError: more bytes than any directory has.
    """
    from ssl import SSLError  # noqa: PLC0415 - only where something is downloaded
    from urllib.error import HTTPError, URLError  # noqa: PLC0415 - 40 ms, only where something is downloaded
    from urllib.request import HTTPRedirectHandler, Request, build_opener  # noqa: PLC0415 - as above

    class OnlySafe(HTTPRedirectHandler):
        """A redirect leads to https again, or nowhere: not to a service of this machine either."""

        def redirect_request(self, *said: Any) -> Request | None:  # noqa: ANN401 - six parts, handed on as they came
            with closing(said[1]):
                _check(str(said[-1]), also_here=urlsplit(url).scheme != "https")
            return super().redirect_request(*said)

    _check(url)
    request = Request(url, headers={"User-Agent": "dsar", "Accept": "application/zip"})  # noqa: S310 - checked above
    try:
        with closing(build_opener(OnlySafe).open(request, timeout=_SILENCE)) as answer, target.open("wb") as file:
            said = answer.headers.get("Content-Length", "")
            got = _copy(answer, file, url)
    except (URLError, HTTPException, TimeoutError, ConnectionError, SSLError) as error:
        if isinstance(error, HTTPError):
            error.close()
        raise DownloadError(url=url, why=_why(error)) from error
    if said.isascii() and said.isdigit() and (len(said) > _DIGITS or got < int(said)):
        raise DownloadError(url=url, why="the server stopped half-way")


def _check(url: str, *, also_here: bool = True) -> None:
    """Refuse what is no https address, unless it is one of this machine; a redirect may lead anywhere."""
    try:
        parts = urlsplit(url)
        (parts.hostname or "").encode("idna")
        here = also_here and parts.scheme == "http" and parts.hostname in _LOOPBACK
        safe = here or parts.scheme == "https"
    except ValueError:
        safe = False
    if not safe:
        raise BadDownloadAddressError(url=url)


def _copy(answer: BinaryIO, file: BinaryIO, url: str) -> int:
    """Copy the answer; the number of bytes. A server may send for ever, and a byte at a time."""
    got, until = 0, time.monotonic() + _WHOLE
    while chunk := answer.read1(_CHUNK) if hasattr(answer, "read1") else answer.read(_CHUNK):
        got += len(chunk)
        if got > ARCHIVE_BYTES:
            raise TooLargeError(what=url, limit=ARCHIVE_BYTES)
        if time.monotonic() > until:
            raise DownloadError(url=url, why=f"it took more than {_WHOLE:.0f} seconds")
        file.write(chunk)
    return got


def _why(error: Exception) -> str:
    reason = getattr(error, "reason", error)
    if (code := getattr(error, "code", None)) is not None:
        return f"the server answers {code}"
    return str(reason) or type(reason).__name__
