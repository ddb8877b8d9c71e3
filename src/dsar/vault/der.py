"""Putting the certificates of a timestamp into the order that DER asks for, which many authorities do not keep.

The library that reads timestamps refuses them otherwise. Certificates stand outside of what is signed, and their order
says nothing: only a copy is put in order, for reading; what is kept is the reply as it came.
"""

from __future__ import annotations

_CERTIFICATES = 0xA0
_LONG = 0x80


def in_order(reply: bytes) -> bytes:
    """The same reply with its certificates in order; ValueError if it is no DER of the shape of RFC 3161."""
    # TimeStampResp { status, token ContentInfo { type, [0] SignedData { version, digests, content, [0] certificates
    _, within, end = _element(reply, 0)
    _, _, token = _element(reply, within)
    _, within, _ = _element(reply, token)
    _, _, explicit = _element(reply, within)
    _, within, _ = _element(reply, explicit)
    _, at, stop = _element(reply, within)
    while at < stop:
        tag, within, after = _element(reply, at)
        if tag == _CERTIFICATES:
            return reply[:within] + b"".join(sorted(_pieces(reply, within, after))) + reply[after:end]
        at = after
    return reply


def _pieces(data: bytes, at: int, end: int) -> list[bytes]:
    found = []
    while at < end:
        _, _, after = _element(data, at)
        found.append(data[at:after])
        at = after
    return found


def _element(data: bytes, at: int) -> tuple[int, int, int]:
    """The tag of the element at a place, where its content begins and where it ends."""
    if at + 2 > len(data):
        raise ValueError("cut short")
    tag, length, within = data[at], data[at + 1], at + 2
    if length >= _LONG:
        count = length - _LONG
        if not 0 < count <= 4:  # noqa: PLR2004 - four bytes hold any length that is read here
            raise ValueError("no length")
        length, within = int.from_bytes(data[within : within + count], "big"), within + count
    if within + length > len(data):
        raise ValueError("cut short")
    return tag, within, within + length
