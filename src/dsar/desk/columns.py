"""Which column of a list holds what: known by its name in six languages, or as the case worker says."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

from dsar.directory.words import plain
from dsar.errors import InputError, UsageError

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

FIELDS = (
    "number",
    "name",
    "first_name",
    "last_name",
    "email",
    "address",
    "street",
    "postcode",
    "city",
    "country",
    "region",
    "language",
    "purpose",
    "groups",
    "consent_on",
    "keep_until",
    "staff",
)
"""What is kept of a person, by the name that `--map` and `--set` take."""

IDENTIFIER = "id:"
"""What a column of an identifier that letters know begins with: `id:customer-number`."""

IGNORED = "-"
_SEVERAL = frozenset({"address", "groups"})
_ALIASES = {"group": "groups", "external": "number", "consent": "consent_on", "until": "keep_until"}


class UnknownFieldError(UsageError):
    """Something that no person has."""

    sentence = "“{field}” is nothing that is kept of a person: choose among {known}, or {ids}."


class NoColumnError(UsageError):
    """A column that the file does not have."""

    sentence = "The file has no column “{column}”: it has {heads}."


class BadMapError(UsageError):
    """`--map` or `--set` without its two sides."""

    sentence = "“{text}” says nothing: write {option} {shape}."


class TwoColumnsError(InputError):
    """Two columns that mean the same."""

    sentence = (
        "The columns “{first}” and “{second}” both read as {field}: say which one counts with --map COLUMN={field}, "
        "and leave the other away with --map COLUMN=-."
    )


class NoNameColumnError(InputError):
    """Nothing says what the people are called."""

    sentence = (
        "No column of “{name}” is known as the name of a person (its columns: {heads}): say which one it is with "
        "--map COLUMN=name, or --map COLUMN=first_name and --map COLUMN=last_name."
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Columns:
    """For each column its field, an identifier as `id:KIND`, or nothing; in the order of the file."""

    heads: tuple[str, ...]
    fields: tuple[str, ...]

    @property
    def left(self) -> tuple[str, ...]:
        """The columns that are not taken."""
        return tuple(head for head, field in zip(self.heads, self.fields, strict=True) if not field)


def mapping(name: str, heads: Sequence[str], said: Mapping[str, str], kinds: Sequence[str]) -> Columns:
    """What the columns of the file `name` hold; `said` are the fields that were told, by column.

    A column is told by its name or by its number, from 1 on. `kinds` are the identifiers that letters know.

    Raises:
        UnknownFieldError, NoColumnError: something told that does not exist.
        TwoColumnsError: two columns for one field.
        NoNameColumnError: no column says what the people are called.
    """
    told = {_column(heads, column): known(field, kinds) for column, field in said.items()}
    taken = {field for field in told.values() if field}
    fields = []
    for position, head in enumerate(heads):
        if position in told:
            fields.append(told[position])
        else:
            field = _by_name(head, kinds)
            # what was told goes before what a name says
            fields.append("" if field in taken and field not in _SEVERAL else field)
    _refuse_twice(heads, fields)
    if "name" not in fields and "last_name" not in fields and "first_name" not in fields:
        raise NoNameColumnError(name=name, heads=", ".join(heads))
    return Columns(heads=tuple(heads), fields=tuple(fields))


def known(field: str, kinds: Sequence[str]) -> str:
    """A field as it was told, in its own name; empty for a column that is not to be taken.

    Raises:
        UnknownFieldError: nothing of a person is called so.
    """
    clean = field.strip().casefold()
    if clean == IGNORED:
        return ""
    if clean.startswith(IDENTIFIER) and clean.removeprefix(IDENTIFIER).strip() in kinds:
        return IDENTIFIER + clean.removeprefix(IDENTIFIER).strip()
    own = clean.replace("-", "_").replace(" ", "_")
    own = _ALIASES.get(own, own)
    if own not in FIELDS:
        raise UnknownFieldError(
            field=field, known=", ".join(FIELDS), ids=", ".join(f"{IDENTIFIER}{kind}" for kind in kinds)
        )
    return own


def pairs(texts: Sequence[str], option: str, shape: str) -> dict[str, str]:
    """`COLUMN=FIELD`, several times; the last equals sign divides, since names of columns may hold some.

    Raises:
        BadMapError: no equals sign, or nothing beside it.
    """
    found = {}
    for text in texts:
        left, _, right = text.rpartition("=") if option == "--map" else text.partition("=")
        if not left.strip() or not right.strip():
            raise BadMapError(text=text, option=option, shape=shape)
        found[left.strip()] = right.strip()
    return found


def _column(heads: Sequence[str], said: str) -> int:
    exact = [position for position, head in enumerate(heads) if head.strip() == said]
    alike = exact or [position for position, head in enumerate(heads) if plain(head) == plain(said) and plain(said)]
    if alike:
        return alike[0]
    if said.isascii() and said.isdigit() and 1 <= int(said) <= len(heads):
        return int(said) - 1
    raise NoColumnError(column=said, heads=", ".join(heads))


def _by_name(head: str, kinds: Sequence[str]) -> str:
    clean = head.strip().casefold()
    if clean.startswith(IDENTIFIER):
        kind = clean.removeprefix(IDENTIFIER).strip()
        return IDENTIFIER + kind if kind in kinds else ""
    own = clean.replace("-", "_")
    return own if own in FIELDS else words("field").get(plain(head), "")


def _refuse_twice(heads: Sequence[str], fields: Sequence[str]) -> None:
    seen: dict[str, str] = {}
    for head, field in zip(heads, fields, strict=True):
        if field and field not in _SEVERAL and field in seen:
            raise TwoColumnsError(first=seen[field], second=head, field=field)
        seen.setdefault(field, head)


@cache
def words(section: str) -> Mapping[str, str]:
    """What the plain form of a word means in a section of `columns.toml`: `field`, `language` or `answer`."""
    text = (files("dsar.desk") / "columns.toml").read_text(encoding="utf-8")
    return {plain(word): meaning for meaning, several in tomllib.loads(text)[section].items() for word in several}
