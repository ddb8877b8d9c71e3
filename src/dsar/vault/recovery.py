"""The recovery key: printed once, typed by a tired person from paper, and as strong as it must be (160 random bits)."""

from __future__ import annotations

import hashlib
import os

from dsar.errors import LockedError

# Crockford's Base32: no I, L, O, U. What is misread comes back as the digit that was meant.
ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_MISREAD = str.maketrans("OIL", "011")
_SECRET_BYTES = 20
_SECRET_LETTERS = 32
_CHECK_LETTERS = 4
_GROUP = 4


class MistypedError(LockedError):
    """The checksum does not fit."""

    sentence = "The recovery key is mistyped: compare it with the paper, group by group."


def generate() -> str:
    """A new key: nine groups of four letters, of which the last group is a checksum."""
    letters = _letters(os.urandom(_SECRET_BYTES))
    whole = letters + _check(letters)
    return "-".join(whole[start : start + _GROUP] for start in range(0, len(whole), _GROUP))


def secret_of(text: str) -> bytes:
    """The secret in a typed key, whatever its case, spaces and dashes; MistypedError if the checksum does not fit."""
    letters = "".join(text.upper().replace("-", " ").split()).translate(_MISREAD)
    body, check = letters[:_SECRET_LETTERS], letters[_SECRET_LETTERS:]
    if len(body) != _SECRET_LETTERS or any(letter not in ALPHABET for letter in body) or check != _check(body):
        raise MistypedError
    number = 0
    for letter in body:
        number = number * 32 + ALPHABET.index(letter)
    return number.to_bytes(_SECRET_BYTES, "big")


def _letters(data: bytes) -> str:
    number = int.from_bytes(data, "big")
    return "".join(ALPHABET[number >> shift & 31] for shift in range(len(data) * 8 - 5, -1, -5))


def _check(letters: str) -> str:
    # 20 bits: one mistyped key in a million goes on to the unwrapping, which refuses it too.
    digest = hashlib.sha256(f"dsar recovery key {letters}".encode()).digest()
    return _letters(digest[:5])[:_CHECK_LETTERS]
