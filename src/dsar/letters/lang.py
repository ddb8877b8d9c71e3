"""`_lang.toml`: how a language writes dates, lists, salutations and citations. Every error names file and key."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from dsar.letters.errors import LetterFileError
from dsar.letters.tables import tables

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

FILE = "_lang.toml"
_TOP = frozenset({"name", "place_date", "date", "join", "salutation", "closing", "cite", "precedent", "first_request"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """How citations of one source are written. `paragraph` is empty where a reference stands as it is.

    `each` is one of several within `many`: "Art. 12 Abs. 3 und Art. 15 DSGVO". `article` says, by its number, how an
    article is divided whose parts are no paragraphs: "Art. 4 Nr. 1 DSGVO", a definition. `end` closes a reference that
    names such parts: the second comma of "art. 15, par. 1, GDPR".
    """

    one: str
    many: str
    each: str = "{ref}"
    paragraph: str = ""
    point: str = ""
    end: str = ""
    article: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Lang:
    """A language. Patterns are `str.format` templates; `file` is the place that errors name.

    `last` joins the last item of a list. `other_last`, if there is one, joins an item whose beginning matches the
    expression: Spanish "acceso e identidad", Italian "dati ed elementi".
    """

    code: str
    file: str
    name: str
    place_date: str
    date_pattern: str
    first_day: str
    months: tuple[str, ...]
    separator: str
    last: str
    other_last: tuple[re.Pattern[str], str] | None
    salutation: dict[str, str]
    closing: dict[str, str]
    sources: dict[str, Source]
    range: str
    precedent: str
    bodies: dict[str, str]
    damages: tuple[str, ...]
    campaign: tuple[str, ...]


def load(path: Path) -> Lang:
    """The language described in `path`.

    Raises:
        LetterFileError: a key is unknown, missing or of the wrong kind.
    """
    place = f"{path.parent.name}/{path.name}"
    data = read_toml(path, place)
    for key in data:
        if key not in _TOP:
            raise LetterFileError(file=place, key=key, problem="this key is not known")
    reader = _Reader(place, data)
    months = reader.texts("date.months")
    if len(months) != 12:  # noqa: PLR2004 - a year has twelve months
        raise LetterFileError(file=place, key="date.months", problem="there must be twelve")
    return Lang(
        code=path.parent.name,
        file=place,
        name=reader.text("name"),
        place_date=reader.text("place_date"),
        date_pattern=reader.text("date.pattern"),
        first_day=reader.text("date.first"),
        months=months,
        separator=reader.text("join.separator"),
        last=reader.text("join.last"),
        other_last=_other_last(reader),
        salutation=_by_addressee(reader, "salutation"),
        closing=_by_addressee(reader, "closing"),
        sources=_sources(reader),
        range=reader.text("cite.range"),
        precedent=reader.text("precedent.pattern"),
        bodies={key: reader.text(f"precedent.body.{key}") for key in reader.table("precedent.body")},
        damages=reader.texts("first_request.damages"),
        campaign=reader.texts("first_request.campaign"),
    )


def read_toml(path: Path, place: str) -> dict[str, Any]:
    """The TOML file, named `place` in errors, or a `LetterFileError` that says where it is broken."""
    try:
        return tables(path.read_text(encoding="utf-8"))
    except (UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise LetterFileError(file=place, key="the file", problem=str(error)) from error


@dataclass(frozen=True, slots=True)
class _Reader:
    file: str
    data: dict[str, Any]

    def text(self, path: str) -> str:
        value = self._get(path)
        if not isinstance(value, str) or not value:
            raise LetterFileError(file=self.file, key=path, problem="it must be a text")
        return value

    def texts(self, path: str) -> tuple[str, ...]:
        value = self._get(path)
        if not isinstance(value, list) or not all(isinstance(item, str) for item in value):
            raise LetterFileError(file=self.file, key=path, problem="it must be a list of texts")
        return tuple(value)

    def table(self, path: str) -> dict[str, Any]:
        value = self._get(path)
        if not isinstance(value, dict):
            raise LetterFileError(file=self.file, key=path, problem="it must be a table")
        return value

    def _get(self, path: str) -> object:
        value: object = self.data
        for key in path.split("."):
            if not isinstance(value, dict) or key not in value:
                raise LetterFileError(file=self.file, key=path, problem="it is missing")
            value = value[key]
        return value


def _by_addressee(reader: _Reader, table: str) -> dict[str, str]:
    return {to: reader.text(f"{table}.{to}") for to in ("controller", "agent", "authority")}


def _other_last(reader: _Reader) -> tuple[re.Pattern[str], str] | None:
    if "before" not in reader.table("join"):
        return None
    try:
        return re.compile(reader.text("join.before"), re.IGNORECASE), reader.text("join.before_last")
    except re.error as error:
        problem = f"it is no regular expression ({error})"
        raise LetterFileError(file=reader.file, key="join.before", problem=problem) from error


def _sources(reader: _Reader) -> dict[str, Source]:
    found: dict[str, Source] = {}
    for name, value in reader.table("cite").items():
        if name == "range":
            continue
        keys = reader.table(f"cite.{name}")
        articles = reader.table(f"cite.{name}.article") if "article" in keys else {}
        texts = {key: text for key, text in keys.items() if key != "article"}
        known = set(texts) <= {"one", "many", "each", "paragraph", "point", "end"}
        if not known or not all(isinstance(text, str) for text in (*texts.values(), *articles.values())):
            problem = "it may hold the texts one, many, each, paragraph, point and end and the table article only"
            raise LetterFileError(file=reader.file, key=f"cite.{name}", problem=problem)
        found[name] = Source(
            one=reader.text(f"cite.{name}.one"),
            many=reader.text(f"cite.{name}.many"),
            each=value.get("each", "{ref}"),
            paragraph=value.get("paragraph", ""),
            point=value.get("point", ""),
            end=value.get("end", ""),
            article=articles,
        )
    return found
