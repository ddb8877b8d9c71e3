"""What of a source can be used: each record checked by itself, and each one that cannot be used with its reason."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from dsar.directory import schema
from dsar.directory.countries import country
from dsar.directory.datenanfragen import site
from dsar.directory.errors import NothingImportedError
from dsar.directory.source import FOLDERS, read

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from datetime import date
    from pathlib import Path

    from dsar.directory.source import Piece

_COMPANIES, _OBSOLETE, _PACKS = FOLDERS


@dataclass(frozen=True, slots=True, kw_only=True)
class RawPack:
    """A pack of companies: `id` is its slug with the country it is for, such as `address-brokers-de`."""

    id: str
    kind: str
    companies: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Harvest:
    """The records as their source has them. `problems` were not taken over; `remarks` are about some that were."""

    companies: tuple[Mapping[str, Any], ...]
    obsolete: tuple[Mapping[str, Any], ...]
    packs: tuple[RawPack, ...]
    problems: tuple[str, ...]
    remarks: tuple[str, ...]
    retrieved_on: date
    licence: str


def harvest(path: Path, today: date) -> Harvest:
    """Read a ZIP or a checkout; an archive that does not say how old it is counts as of `today`.

    Raises:
        NoArchiveError, TooLargeError: see `source.read`.
        NothingImportedError: not one company can be used.
    """
    source = read(path)
    sorting = _Sorting()
    for piece in source.pieces:
        sorting.take(piece)
    if not sorting.companies:
        raise NothingImportedError(path=path, first=sorting.problems[0] if sorting.problems else "it is empty")
    sorting.look_for_gaps()
    dated = source.dated if source.dated is not None and source.dated <= today else today
    return Harvest(
        companies=tuple(sorting.companies.values()),
        obsolete=tuple(sorting.obsolete.values()),
        packs=tuple(sorting.packs.values()),
        problems=tuple(sorting.problems),
        remarks=tuple(sorting.remarks),
        retrieved_on=dated,
        licence=source.licence,
    )


class _Sorting:
    """Piece after piece into what can be used and what cannot."""

    def __init__(self) -> None:
        self.companies: dict[str, Mapping[str, Any]] = {}
        self.obsolete: dict[str, Mapping[str, Any]] = {}
        self.packs: dict[str, RawPack] = {}
        self.problems: list[str] = []
        self.remarks: list[str] = []

    def take(self, piece: Piece) -> None:
        if piece.problem:
            self.problems.append(f"{piece.place}: {piece.problem}")
        elif piece.folder == _PACKS:
            self._packs(piece)
        elif piece.folder == _COMPANIES:
            self._record(piece, self.companies, schema.company(piece.content))
        else:
            self._record(piece, self.obsolete, schema.obsolete(piece.content))

    def _record(self, piece: Piece, into: dict[str, Mapping[str, Any]], wrong: Iterator[str]) -> None:
        if found := "; ".join(wrong):
            self.problems.append(f"{piece.place}: {found}")
            return
        slug = str(piece.content["slug"])
        if slug in self.companies or slug in self.obsolete:
            self.problems.append(f"{piece.place}: the slug {slug} is there twice; the first record was taken")
            return
        if slug != piece.name:
            self.remarks.append(f"{piece.place}: its slug is {slug}")
        if piece.folder == _COMPANIES:
            self._remark(piece)
        into[slug] = piece.content

    def _remark(self, piece: Piece) -> None:
        record = piece.content
        lines = record["address"].strip().split("\n")
        if country(lines[-1]) is None:
            self.remarks.append(f"{piece.place}: the country “{lines[-1]}” is not known")
        for key in ("web", "webform"):
            if key in record and not site(record[key]):
                self.remarks.append(f"{piece.place}: {key} is no http or https address")
        if new := schema.unknown(record):
            self.remarks.append(f"{piece.place}: unknown keys are kept unread: {', '.join(new)}")

    def _packs(self, piece: Piece) -> None:
        for record in piece.content if isinstance(piece.content, list) else [piece.content]:
            if found := "; ".join(schema.pack(record)):
                self.problems.append(f"{piece.place}: {found}")
                continue
            name = f"{record['slug']}-{piece.name}"
            if name in self.packs:
                self.problems.append(f"{piece.place}: the pack {record['slug']} is there twice")
                continue
            self.packs[name] = RawPack(id=name, kind=record["type"], companies=tuple(record["companies"]))

    def look_for_gaps(self) -> None:
        """Say which redirects and packs lead nowhere."""
        known = {*self.companies, *self.obsolete}
        for slug, record in self.obsolete.items():
            if (to := record.get("redirect-to")) and to not in known:
                self.remarks.append(f"{_OBSOLETE}/{slug}: redirects to {to}, which is not there")
        for pack in self.packs.values():
            if gone := [name for name in pack.companies if name not in known]:
                self.remarks.append(f"{_PACKS}/{pack.id}: not there: {', '.join(gone)}")
