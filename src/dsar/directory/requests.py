"""The list of “my requests” that datenanfragen.de exports: one message a line, seven fields between semicolons.

The site joins the fields without quoting them; line breaks of the recipient's address have become commas. Only what it
writes is read: another heading, another number of fields or an unknown word is a problem of that line.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from dsar.directory.countries import country
from dsar.errors import InputError

if TYPE_CHECKING:
    from pathlib import Path

HEADING = "date;slug;recipient;email;reference;type;via"
REQUESTS = ("access", "erasure", "rectification", "objection")
FOLLOWING = ("admonition", "complaint", "response")
_CHANNELS = {"email": "email", "letter": "post", "fax": "fax", "": ""}
_BYTES = 16 * 1024 * 1024
_FIELDS = 7
_SLUG = re.compile(r"[a-z0-9-]{0,100}")


class NotRequestsError(InputError):
    """Another file."""

    sentence = (
        "The file {path} is no list of requests as datenanfragen.de exports it ({why}): export it there under "
        "“My requests”, and give that file."
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One message: `n` is its line in the file. `kind` is one of REQUESTS, FOLLOWING or `custom`, `via` a channel.

    `name` is the first part of the recipient, `address` the others, `country` what the last of them names (or empty).
    """

    n: int
    on: date
    slug: str
    name: str
    address: tuple[str, ...]
    country: str
    email: str
    reference: str
    kind: str
    via: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """A line that cannot be used, and why."""

    n: int
    why: str


def read(path: Path) -> list[Line | Problem]:
    """Every line of the file, oldest first where they can be read; NotRequestsError if it is another file."""
    try:
        data = path.read_bytes() if path.stat().st_size <= _BYTES else None
    except OSError as error:
        raise NotRequestsError(path=path, why=error.strerror or "it cannot be read") from error
    if data is None:
        raise NotRequestsError(path=path, why="it is far too large")
    try:
        heading, *lines = data.decode("utf-8-sig").replace("\r\n", "\n").split("\n")
    except UnicodeDecodeError as error:
        raise NotRequestsError(path=path, why="it is not in UTF-8") from error
    if heading != HEADING:
        raise NotRequestsError(path=path, why=f"its first line is not “{HEADING}”")
    found = [_line(n, text) for n, text in enumerate(lines, start=2) if text]
    return sorted(found, key=lambda one: (one.on if isinstance(one, Line) else date.max, one.n))


def _line(n: int, text: str) -> Line | Problem:
    parts = text.split(";")
    if len(parts) < _FIELDS:
        return Problem(n=n, why=f"it has {len(parts)} fields instead of {_FIELDS}")
    # the only field in which a person may have written a semicolon
    day, slug, *middle, email, reference, kind, via = parts
    try:
        on = date.fromisoformat(day)
    except ValueError:
        return Problem(n=n, why="its date is none")
    if kind not in {*REQUESTS, *FOLLOWING, "custom"} or via not in _CHANNELS or not _SLUG.fullmatch(slug):
        return Problem(n=n, why="it holds a word that the site does not write")
    if not reference or not reference.isprintable():
        return Problem(n=n, why="it has no reference")
    said = [clean for part in ";".join(middle).split(", ") if (clean := _clean(part))]
    where = country(said[-1]) if len(said) > 1 else None
    return Line(
        n=n,
        on=on,
        slug=slug,
        name=said[0] if said else "",
        address=tuple(said[1:-1] if where else said[1:]),
        country=where or "",
        email=_clean(email),
        reference=reference,
        kind=kind,
        via=_CHANNELS[via],
    )


def _clean(text: str) -> str:
    return " ".join("".join(char if char.isprintable() else " " for char in text).split())
