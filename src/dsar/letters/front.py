"""A letter's file: front matter in TOML between `+++` lines, then Markdown with Jinja. Unknown keys are refused."""

from __future__ import annotations

import hashlib
import tomllib
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any, Literal, cast, get_args

from dsar.core.parallels import HOME, RegimeId
from dsar.core.parties import Sector
from dsar.letters.errors import LetterFileError
from dsar.letters.find import SUFFIX
from dsar.letters.tables import tables

if TYPE_CHECKING:
    from pathlib import Path

To = Literal["controller", "agent", "authority"]
Sender = Literal["sender", "subject", "complainant"]
Fits = Literal[
    "mandate",
    "revocation",
    "first-request",
    "unconfirmed",
    "awaiting",
    "overdue",
    "identity-demand",
    "mandate-doubt",
    "clarification",
    "extension",
    "fee",
    "portal",
    "wrong-contact",
    "other-language",
    "no-data",
    "third-party-data",
    "lacking",
    "breach",
    "notice-expired",
    "complaint",
    "with-authority",
    "authority-silent",
    "satisfied",
]
Asserts = Literal["lateness", "breaches", "assertable"]

_LISTS = ("fits", "asserts", "needs", "cites", "precedents", "demands", "languages")
_TEXTS = ("title", "subject", "to", "sender")
_OPTIONAL = ("via", "rights", "regimes", "sectors", "identifiers", "asks", "claims")


@dataclass(frozen=True, slots=True, kw_only=True)
class Review:
    """Who signed the letter's wording off, and when; empty until a named person has."""

    by: str = ""
    on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Template:
    """A letter as its file states it.

    `subject` and `via` are templates of one line. `sender`: who signs. `complainant` is the agent, unless it is a
    company for profit that acts as a mere agent: then the data subject, for such a company cannot complain for
    somebody (Art. 80(1) GDPR). `asserts` is what the letter cannot be written without being allowed to say
    (`assertable`: it says what may be said on its day, and can be written without); `claims` are the breaches of which
    it speaks, by id (none: any), so that it sees no other; `demands` the rights whose demands it numbers; `digest` the
    SHA-256 of the file.

    Which first request fits a case: `rights` are the combinations of rights that it exercises (none: any), `regimes`
    the laws under which all of it is true (left out: the GDPR alone), `sectors` those of the controllers it is meant
    for (none: any). `identifiers`: it fits only where the data are to be found by identifiers of these kinds and by no
    other (none: by any). `asks` are the demands that it asks, by id, where it does not ask those that the law book asks
    by default.
    """

    kind: str
    lang: str
    title: str
    subject: str
    to: To
    sender: Sender
    fits: tuple[Fits, ...]
    asserts: tuple[Asserts, ...]
    needs: tuple[str, ...]
    cites: tuple[str, ...]
    precedents: tuple[str, ...]
    demands: tuple[str, ...]
    languages: tuple[str, ...]
    review: Review
    via: str
    rights: tuple[tuple[str, ...], ...]
    regimes: tuple[RegimeId, ...]
    sectors: tuple[Sector, ...]
    identifiers: tuple[str, ...]
    asks: tuple[str, ...]
    claims: tuple[str, ...]
    path: Path
    body: str
    digest: str

    @property
    def place(self) -> str:
        """The file as errors name it: `en/notice.md.j2`."""
        return f"{self.lang}/{self.path.name}"


def read(path: Path) -> Template:
    """The letter in `path`, whose folder names its language.

    Raises:
        LetterFileError: names the file and the key.
    """
    place = f"{path.parent.name}/{path.name}"
    data = path.read_bytes()
    front, body = _split(_text(data, place), place)
    known = {*_LISTS, *_TEXTS, *_OPTIONAL, "review"}
    for key in front:
        if key not in known:
            raise LetterFileError(file=place, key=key, problem="this key is not known")
    return Template(
        kind=path.name.removesuffix(SUFFIX),
        lang=path.parent.name,
        title=_line(front, "title", place),
        subject=_line(front, "subject", place),
        to=cast("To", _one(front, "to", get_args(To), place)),
        sender=cast("Sender", _one(front, "sender", get_args(Sender), place)),
        fits=cast("tuple[Fits, ...]", _closed(front, "fits", get_args(Fits), place)),
        asserts=cast("tuple[Asserts, ...]", _closed(front, "asserts", get_args(Asserts), place)),
        **{key: _list(front, key, place) for key in ("needs", "cites", "precedents", "demands", "languages")},
        review=_review(front.get("review"), place),
        via=_line(front, "via", place) if "via" in front else "",
        rights=_combinations(front, place),
        regimes=cast(
            "tuple[RegimeId, ...]", _closed({"regimes": [HOME], **front}, "regimes", get_args(RegimeId), place)
        ),
        sectors=cast("tuple[Sector, ...]", _closed({"sectors": [], **front}, "sectors", get_args(Sector), place)),
        **{key: _list({key: [], **front}, key, place) for key in ("identifiers", "asks", "claims")},
        path=path,
        body=body,
        digest=hashlib.sha256(data).hexdigest(),
    )


def split_front(text: str) -> tuple[str, str] | None:
    """The part between the first two lines `+++`, and what follows; None if the text does not begin so."""
    lines = text.replace("\r\n", "\n").split("\n")
    if lines[0].rstrip() != "+++":
        return None
    for end, line in enumerate(lines[1:], start=1):
        if line.rstrip() == "+++":
            return "\n".join(lines[1:end]), "\n".join(lines[end + 1 :]).lstrip("\n")
    return None


def _text(data: bytes, place: str) -> str:
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise LetterFileError(file=place, key="the file", problem="it is not UTF-8") from error


def _split(text: str, place: str) -> tuple[dict[str, Any], str]:
    parts = split_front(text)
    if parts is None:
        raise LetterFileError(file=place, key="front matter", problem="it must stand between two lines +++")
    try:
        return tables(parts[0]), parts[1]
    except tomllib.TOMLDecodeError as error:
        raise LetterFileError(file=place, key="front matter", problem=str(error)) from error


def _line(front: dict[str, Any], key: str, place: str) -> str:
    value = front.get(key)
    if not isinstance(value, str) or not value.strip() or "\n" in value:
        raise LetterFileError(file=place, key=key, problem="it must be one line of text")
    return value


def _list(front: dict[str, Any], key: str, place: str) -> tuple[str, ...]:
    value = front.get(key)
    if not isinstance(value, list) or not all(isinstance(item, str) for item in value):
        raise LetterFileError(file=place, key=key, problem="it must be a list of texts (it may be empty)")
    return tuple(value)


def _one(front: dict[str, Any], key: str, allowed: tuple[str, ...], place: str) -> str:
    value = _line(front, key, place)
    if value not in allowed:
        raise LetterFileError(file=place, key=key, problem=f"it must be one of {', '.join(allowed)}")
    return value


def _closed(front: dict[str, Any], key: str, allowed: tuple[str, ...], place: str) -> tuple[str, ...]:
    values = _list(front, key, place)
    for value in values:
        if value not in allowed:
            raise LetterFileError(file=place, key=key, problem=f"each must be one of {', '.join(allowed)}")
    return values


def _combinations(front: dict[str, Any], place: str) -> tuple[tuple[str, ...], ...]:
    """`rights = [["objection", "erasure"], ["objection"]]`."""
    value = front.get("rights", [])
    if not isinstance(value, list):
        raise LetterFileError(file=place, key="rights", problem="it must be a list of lists of rights")
    return tuple(_list({"rights": one}, "rights", place) for one in value)


def _review(value: object, place: str) -> Review:
    if not isinstance(value, dict) or not set(value) <= {"by", "on"}:
        raise LetterFileError(file=place, key="review", problem='it must be { by = "" } or { by = "name", on = DATE }')
    by, on = value.get("by", ""), value.get("on")
    if not isinstance(by, str) or not (on is None or type(on) is date) or bool(by) != (on is not None):
        raise LetterFileError(file=place, key="review", problem="a review has both a name and a date, or neither")
    return Review(by=by, on=on)
