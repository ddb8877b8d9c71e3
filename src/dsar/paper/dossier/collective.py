"""Annexes: pages of our own about one complainant of many, numbered and bound like exhibits, and placed among them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from dsar.core.dossier import Exhibit
from dsar.core.parties import Evidence
from dsar.paper.dossier.pieces import ANNEX, Piece, Words
from dsar.paper.dossier.store import Kept

if TYPE_CHECKING:
    from pathlib import Path

    from dsar.core.dossier import Annex, Dossier

# With more annexes than these, what is laid out does not stay in memory together.
_FEW: Final = 12
_NO_FILE = Evidence(sha256="", size=0, name="", media="")


def is_large(dossier: Dossier) -> bool:
    """Whether so many complain that the dossier is laid out piece by piece."""
    return len(dossier.annexes) > _FEW


def with_annexes(dossier: Dossier, pieces: tuple[Piece, ...], nowhere: Path) -> tuple[Piece, ...]:
    """The pieces with each annex in front of the exhibit that it comes before; `nowhere` is a path without a file.

    One whose exhibit is not there comes at the end.
    """
    numbers = {piece.number for piece in pieces}
    placed: dict[str, list[Piece]] = {}
    for annex in dossier.annexes:
        before = str(annex.before)
        placed.setdefault(before if before in numbers else "", []).append(_piece(dossier, annex, nowhere))
    found = [one for piece in pieces for one in (*placed.get(piece.number, ()), piece)]
    return (*found, *placed.get("", ()))


def _piece(dossier: Dossier, annex: Annex, nowhere: Path) -> Piece:
    exhibit = Exhibit(number=0, entry=0, kind="annex", title=annex.title, on=dossier.on, parties="", evidence=_NO_FILE)
    return Piece(
        number=f"{ANNEX}{annex.number}",
        exhibit=exhibit,
        title=annex.title,
        name="",
        media="",
        file=Kept(path=nowhere, size=0, sha256=""),
        content=Words(blocks=annex.blocks),
        sealed=True,
    )
