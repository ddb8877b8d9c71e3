"""Timestamps of RFC 3161: asked of an authority over the network, kept as they came, checked without a network."""

from __future__ import annotations

import hashlib
from contextlib import closing
from dataclasses import dataclass
from importlib.util import find_spec
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from dsar.errors import InputError, MissingProgramError, NetworkError, UsageError
from dsar.vault.der import in_order

if TYPE_CHECKING:
    from pathlib import Path

    from cryptography.x509 import Certificate
    from rfc3161_client import TimeStampResponse

_SILENCE = 20.0
MOST_REPLY = 1024 * 1024
_OID_SHA256 = "2.16.840.1.101.3.4.2.1"


class NoStampsError(MissingProgramError):
    """The extra is not installed."""

    sentence = "Timestamps need a library that is not installed: pip install 'dsar[timestamp]'."


class BadAuthorityError(UsageError):
    """No address of the web."""

    sentence = "“{url}” is no address of a timestamp authority: it begins with https:// or http://."


class NoReplyError(NetworkError):
    """The network, or the authority."""

    sentence = (
        "The timestamp authority {url} gave no timestamp ({why}): repeat later, or name another with --authority."
    )


class WrongReplyError(NetworkError):
    """It answered something else than what was asked."""

    sentence = (
        "The timestamp authority {url} gave a timestamp that does not fit ({why}): nothing was kept; name another."
    )


class NoRootError(InputError):
    """No certificate in a file."""

    sentence = "The file {path} holds no certificate that can be read: give the authority's root certificate as PEM."


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """What a timestamp says: the instant (ISO 8601, UTC), who signed it, and under which policy (an OID)."""

    at: str
    signer: str
    policy: str
    serial: str


def need() -> None:
    """NoStampsError if the library is not there."""
    if find_spec("rfc3161_client") is None:
        raise NoStampsError


def obtain(url: str, data: bytes) -> tuple[bytes, Said]:
    """Ask an authority for a timestamp over the SHA-256 of `data`; the reply as it came. Only the hash leaves.

    Raises:
        NoStampsError, BadAuthorityError, NoReplyError, WrongReplyError.
    """
    need()
    from rfc3161_client import HashAlgorithm, TimestampRequestBuilder  # noqa: PLC0415 - an extra, loaded on use

    request = TimestampRequestBuilder().data(data).hash_algorithm(HashAlgorithm.SHA256).build()
    reply = _post(url, request.as_bytes())
    try:
        response = _decoded(reply)
    except ValueError as error:
        raise WrongReplyError(url=url, why="it cannot be read") from error
    if response.status not in {0, 1}:
        raise NoReplyError(url=url, why="it refused")
    if response.tst_info.nonce != request.nonce:
        raise WrongReplyError(url=url, why="it answers another request")
    said, doubts = check(reply, hashlib.sha256(data).hexdigest())
    if doubts:
        raise WrongReplyError(url=url, why=doubts[0])
    return reply, said


def check(reply: bytes, sha256: str, root: Path | None = None) -> tuple[Said, tuple[str, ...]]:
    """What a reply says, and what is wrong with it as a timestamp of this hash; without `root` trust is not looked at.

    Its signature is checked with the certificate that came with it; with `root`, up to that certificate.
    InputError if it cannot be read at all, NoRootError for the other file.
    """
    need()
    from rfc3161_client import VerificationError, VerifierBuilder  # noqa: PLC0415 - an extra, loaded on use

    try:
        response = _decoded(reply)
        info, chain = response.tst_info, _certificates(response)
        signer = _signer(response, chain)
        said = Said(
            at=info.gen_time.isoformat().replace("+00:00", "Z"),
            signer=signer.subject.rfc4514_string() if signer is not None else "",
            policy=info.policy.dotted_string if info.policy is not None else "",
            serial=str(info.serial_number),
        )
    except ValueError as error:
        raise UnreadableStampError from error
    if info.message_imprint.hash_algorithm.dotted_string != _OID_SHA256:
        return said, ("it is over a hash of another kind",)
    if info.message_imprint.message.hex() != sha256:
        return said, ("it is over something else",)
    if signer is None:
        return said, ("its certificate is not in it",)
    # Without a root of the reader's, the certificates that came with it stand for themselves: it is whole, no more.
    # The library trusts what it is given as an intermediate, too: those in the reply it finds by itself.
    roots = _roots(root) if root is not None else [signer, *chain]
    builder = VerifierBuilder()
    for one in dict.fromkeys(roots):
        builder = builder.add_root_certificate(one)
    try:
        builder.build().verify(response, bytes.fromhex(sha256))
    except (VerificationError, ValueError) as error:
        return said, (f"its signature does not hold ({_plain(error)})",)
    return said, ()


class UnreadableStampError(InputError):
    """Not a timestamp."""

    sentence = "This is no timestamp that can be read: give the .tsr file as the authority made it."


def _decoded(reply: bytes) -> TimeStampResponse:
    from rfc3161_client import decode_timestamp_response  # noqa: PLC0415 - an extra, loaded on use

    try:
        return decode_timestamp_response(reply)
    except ValueError:
        return decode_timestamp_response(in_order(reply))


def _certificates(response: TimeStampResponse) -> list[Certificate]:
    from cryptography.x509 import load_der_x509_certificate  # noqa: PLC0415 - heavy, loaded on use

    return [load_der_x509_certificate(one) for one in sorted(response.signed_data.certificates)]


def _signer(response: TimeStampResponse, chain: list[Certificate]) -> Certificate | None:
    infos = list(response.signed_data.signer_infos)
    if len(infos) != 1:
        return None
    name, number = infos[0].issuer, infos[0].serial_number
    return next((one for one in chain if one.issuer == name and one.serial_number == number), None)


def _roots(path: Path) -> list[Certificate]:
    from cryptography.x509 import load_pem_x509_certificates  # noqa: PLC0415 - heavy, loaded on use

    try:
        return load_pem_x509_certificates(path.read_bytes())
    except (OSError, ValueError) as error:
        raise NoRootError(path=path) from error


def _plain(error: Exception) -> str:
    return " ".join(str(error).split())[:200]


def _post(url: str, body: bytes) -> bytes:
    """The bytes that an authority answers; a redirect is not followed, and no more is read than a reply has."""
    from http.client import HTTPException  # noqa: PLC0415 - 40 ms, only where the network is used
    from urllib.error import HTTPError, URLError  # noqa: PLC0415 - as above
    from urllib.request import HTTPRedirectHandler, Request, build_opener  # noqa: PLC0415 - as above

    class Nowhere(HTTPRedirectHandler):
        """The authority that was named answers, or nobody."""

        def redirect_request(self, *said: Any) -> None:  # noqa: ANN401 - six parts of no interest
            with closing(said[1]):
                return

    _check(url)
    headers = {"Content-Type": "application/timestamp-query", "User-Agent": "dsar"}
    try:
        request = Request(url, data=body, headers=headers)  # noqa: S310 - checked above
        with closing(build_opener(Nowhere).open(request, timeout=_SILENCE)) as answer:
            data: bytes = answer.read(MOST_REPLY + 1)
    except HTTPError as error:
        error.close()
        raise NoReplyError(url=url, why=f"the server answers {error.code}") from error
    except (URLError, HTTPException, OSError, ValueError) as error:
        why = getattr(error, "reason", error)
        raise NoReplyError(url=url, why=str(why) or type(why).__name__) from error
    if len(data) > MOST_REPLY:
        raise WrongReplyError(url=url, why="it is far too long")
    return data


def _check(url: str) -> None:
    """Refuse what is no address of the web. Plain http is usual here: the reply is signed, and only a hash is sent."""
    try:
        parts = urlsplit(url)
        good = parts.scheme in {"http", "https"} and bool(parts.hostname)
    except ValueError:
        good = False
    if not good or any(not char.isprintable() or char == " " for char in url):
        raise BadAuthorityError(url=url)
