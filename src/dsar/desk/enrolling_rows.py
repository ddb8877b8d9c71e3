"""One row of a list of people, read: who it is and what it says of them, or why it cannot be taken."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from dsar.desk.columns import IDENTIFIER, words
from dsar.desk.dates import written_day
from dsar.desk.enrolling import LONGEST, Told
from dsar.desk.errors import BadDateError, BadEmailError, FarDateError, NoSuchDayError
from dsar.desk.people import checked_email
from dsar.directory.countries import country
from dsar.directory.words import plain
from dsar.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping
    from datetime import date

_GARBLED = re.compile(
    "[ÂÃÄÅ][\u0080-\u00bf\u0152\u0153\u0160\u0161\u0178\u017d\u017e\u0192\u02c6\u02dc\u2013-\u203a\u20ac\u2122]"
)
_STEERING = frozenset("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
_FORMULA = ("=", "+", "-", "@")
# Distinguishing signs of vehicles (Convention on Road Traffic, Vienna 1968, Annex 3), as old address lists have them
_SIGNS = {
    "A": "AT", "B": "BE", "D": "DE", "E": "ES", "F": "FR", "H": "HU", "I": "IT", "L": "LU", "M": "MT", "N": "NO",
    "P": "PT", "S": "SE",
}  # fmt: skip
_LINES = 6
# Universal Postal Union, addressing systems: five digits, none of which is left away
_FIVE = frozenset({"DE", "EE", "ES", "FI", "FR", "HR", "IT"})


class BadRowError(InputError):
    """One row that cannot be taken; never leaves the import."""

    sentence = "{why}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """What one row says of one person; what it does not say is empty, or None.

    `line` is where it stands in the file. `name` is as it will be printed, `key` its plain form, by which it is known.
    `postcode` is that of a column of its own; it stands in `lines` as well.
    """

    line: int
    name: str
    email: str
    lines: tuple[str, ...]
    country: str
    language: str
    told: Told
    postcode: str = ""

    @property
    def key(self) -> str:
        """The name without case, accents and punctuation."""
        return plain(self.name) or self.name

    @property
    def place(self) -> str:
        """The postal address in that form; empty if there is none."""
        return plain(" ".join(self.lines))


def entry(
    line: int, cells: tuple[str, ...], fields: tuple[str, ...], defaults: Mapping[str, str], languages: Collection[str]
) -> Entry:
    """A row as it was meant; `defaults` stand for the cells that are empty (groups are added to those of the row).

    Raises:
        BadRowError: the reason, in words.
    """
    if len(cells) > len(fields) and any(cell.strip() for cell in cells[len(fields) :]):
        raise BadRowError(why=f"it has {len(cells)} cells, and the table {len(fields)} columns: is a cell divided?")
    said = _said(cells, fields)
    for field, value in defaults.items():
        if field == "groups":
            said.setdefault(field, []).append(value)
        elif not said.get(field):
            said[field] = [value]
    one = {field: values[0] for field, values in said.items() if field != "address"}
    return Entry(
        line=line,
        name=_name(one),
        email=_email(one.get("email", "")),
        lines=_lines(said.get("address", []), one),
        country=_country(one.get("country", "")),
        language=_language(one.get("language", ""), languages),
        postcode=one.get("postcode", ""),
        told=Told(
            number=_text(one["number"], "number") if "number" in one else None,
            purpose=_text(one["purpose"], "purpose", LONGEST * 10) if "purpose" in one else None,
            id_data=tuple(
                (field.removeprefix(IDENTIFIER), _text(value, field))
                for field, value in one.items()
                if field.startswith(IDENTIFIER)
            ),
            groups=_groups(said.get("groups", [])),
            staff=_answer(one["staff"]) if "staff" in one else None,
            consent_on=_day(one["consent_on"], "consent_on") if "consent_on" in one else None,
            keep_until=_day(one["keep_until"], "keep_until") if "keep_until" in one else None,
            region=_text(one["region"], "region") if "region" in one else None,
        ),
    )


def _said(cells: tuple[str, ...], fields: tuple[str, ...]) -> dict[str, list[str]]:
    """What the row says, by field, without what is empty or not taken."""
    said: dict[str, list[str]] = {}
    for cell, field in zip(cells, fields, strict=False):
        if field and (text := _clean(cell, field)):
            said.setdefault(field, []).append(text)
    return said


def _clean(cell: str, field: str) -> str:
    """A cell without blanks around it and what nobody sees in it.

    Raises:
        BadRowError: a character that no text has, or one that turns what is shown; text that was read wrongly before.
    """
    if cell.isascii() and cell.isprintable():  # most cells
        return cell.strip()
    for char in cell:
        kind = unicodedata.category(char)
        if char in _STEERING or (kind in {"Cc", "Cs", "Co", "Cn"} and char not in "\r\n\t\v"):
            raise BadRowError(why=f"{field} has a character in it that is no text (U+{ord(char):04X})")
    if "\ufffd" in cell or _GARBLED.search(cell):
        raise BadRowError(why=f"{field} is garbled (“{_short(cell)}”): the list was saved in a wrong encoding before")
    seen = "".join(char for char in cell if unicodedata.category(char) != "Cf" or char in "\u200c\u200d")
    return unicodedata.normalize("NFC", seen.replace("\r\n", "\n").replace("\r", "\n").replace("\v", "\n")).strip()


def _text(text: str, field: str, longest: int = LONGEST) -> str:
    """A value of one line (a purpose: of some), not longer than what a letter can carry."""
    if len(text) > longest:
        raise BadRowError(why=f"{field} has {len(text)} characters, and {longest} are the most")
    return " ".join(text.split())


def _name(one: Mapping[str, str]) -> str:
    whole = one.get("name", "")
    name = whole or " ".join(filter(None, (one.get("first_name", ""), one.get("last_name", ""))))
    if not name:
        raise BadRowError(why="it has no name")
    if "\n" in name:
        raise BadRowError(why="the name has several lines")
    if name.startswith(_FORMULA):
        raise BadRowError(why=f"the name begins like a formula (“{_short(name)}”)")
    return _text(name, "name")


def _email(text: str) -> str:
    try:
        return checked_email(_text(text, "email")) if text else ""
    except BadEmailError as error:
        raise BadRowError(why=f"“{_short(text)}” is not an e-mail address") from error


def _lines(address: Iterable[str], one: Mapping[str, str]) -> tuple[str, ...]:
    town = " ".join(filter(None, (one.get("postcode", ""), one.get("city", ""))))
    parts = [line for text in address for line in text.split("\n")]
    lines = tuple(_text(line, "address") for line in (*parts, one.get("street", ""), town) if line.strip())
    if len(lines) > _LINES:
        raise BadRowError(why=f"the address has {len(lines)} lines, and an envelope has room for {_LINES}")
    return lines


def refuse_short(postcode: str, country: str) -> None:
    """Refuse a postcode of four digits where all have five: spreadsheet programs drop the zero in front.

    Raises:
        BadRowError: it is so.
    """
    if country in _FIVE and postcode.isascii() and postcode.isdigit() and len(postcode) < 5:  # noqa: PLR2004 - digits
        raise BadRowError(
            why=f"the postcode {postcode} has {len(postcode)} digits, and those of {country} have 5: was a zero "
            f"dropped in front (0{postcode})?"
        )


@lru_cache(maxsize=256)
def _country(text: str) -> str:
    code = _SIGNS.get(text) or country(text) if text else ""
    if code is None:
        raise BadRowError(why=f"“{_short(text)}” is no country that is known: write its two letters")
    return code


def _language(text: str, languages: Collection[str]) -> str:
    if not text:
        return ""
    code = words("language").get(plain(text), text.casefold())
    if code not in languages:
        raise BadRowError(why=f"there are no letters in “{_short(text)}”: choose among {', '.join(languages)}")
    return code


def _groups(texts: Iterable[str]) -> tuple[str, ...]:
    names = (" ".join(one.split()) for text in texts for one in re.split(r"[;,|\n]", text))
    return tuple(dict.fromkeys(name for name in names if name))


def _answer(text: str) -> bool:
    found = words("answer").get(plain(text))
    if found is None:
        raise BadRowError(why=f"staff is “{_short(text)}”: write yes or no")
    return found == "yes"


def _day(text: str, field: str) -> date:
    """A day as lists have it; a workbook adds the hour."""
    try:
        return written_day(text[:10] if re.match(r"\d{4}-\d\d-\d\d[T ]", text) else text)
    except NoSuchDayError as error:
        raise BadRowError(why=f"{field} is “{_short(text)}”, and there is no such day") from error
    except (BadDateError, FarDateError) as error:
        raise BadRowError(why=f"{field} is “{_short(text)}”: write the day as YYYY-MM-DD") from error


def _short(text: str) -> str:
    """The beginning of a value for a sentence, on one line."""
    line = " ".join("".join(char if char.isprintable() else "\ufffd" for char in text).split())
    return line if len(line) <= 40 else line[:39] + "…"  # noqa: PLR2004 - what a sentence can carry
