"""The index of the imported directory: for each three letters in a row, the labels that have them."""

from __future__ import annotations

import sys
from array import array
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

_SIZE = 3
_CODE = "I"


def grams(text: str) -> frozenset[str]:
    """Every three letters in a row, with a space before and after the text."""
    padded = f" {text} "
    return frozenset(padded[start : start + _SIZE] for start in range(len(padded) - _SIZE + 1))


def inner(text: str) -> frozenset[str]:
    """As `grams`, without the spaces around: what every text that contains this one has."""
    return frozenset(text[start : start + _SIZE] for start in range(len(text) - _SIZE + 1))


class Postings:
    """Numbers of labels by gram, as they are built."""

    def __init__(self) -> None:
        self._lists: dict[str, array[int]] = {}

    def add(self, found: Iterable[str], number: int) -> None:
        """Note that a label has these grams."""
        for gram in found:
            numbers = self._lists.get(gram)
            if numbers is None:
                numbers = self._lists[gram] = array(_CODE)
            numbers.append(number)

    def rows(self) -> Iterable[tuple[str, bytes]]:
        """Each gram with its numbers as bytes, the least significant first."""
        for gram, numbers in sorted(self._lists.items()):
            yield gram, packed(numbers)


def packed(numbers: array[int]) -> bytes:
    """Numbers as bytes, the least significant first."""
    if sys.byteorder == "big":
        numbers = numbers[:]
        numbers.byteswap()
    return numbers.tobytes()


def unpacked(data: bytes) -> array[int]:
    """The reverse of `packed`; ValueError if the bytes are not whole numbers."""
    numbers = array(_CODE)
    numbers.frombytes(data)
    if sys.byteorder == "big":
        numbers.byteswap()
    return numbers
