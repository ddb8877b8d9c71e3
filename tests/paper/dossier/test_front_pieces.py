"""The front of a dossier of many, laid out piece by piece: nobody can tell it from one that was laid out at once."""

from __future__ import annotations

from datetime import date
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING

import pikepdf
import pypdf

from dsar.core.dossier import Annex, Cover, Dossier, Exhibit, Paragraph, Row, Section, Table
from dsar.core.parties import Evidence
from dsar.desk.collective_filing import layout_words
from dsar.desk.office import Desk
from dsar.letters.find import roots
from dsar.letters.words import Words
from dsar.paper.dossier import collective, front
from dsar.paper.dossier.marks import take_marks
from dsar.paper.dossier.pieces import Piece, Slip
from dsar.paper.dossier.place import Layer
from dsar.paper.dossier.plan import Bound, Plan, plan
from dsar.paper.dossier.store import Kept
from dsar.paper.typeset_apart import compile_apart

if TYPE_CHECKING:
    from typing import Any

    import pytest

PEOPLE = 110
DAY = date(2026, 6, 1)
_FILE = Evidence(sha256="0" * 64, size=1, name="a.pdf", media="application/pdf")
_NOWHERE = Kept(path=Path("nowhere"), size=0, sha256="0" * 64)


def _dossier() -> Dossier:
    """As many people as fill some pages; the names of some take two lines."""
    exhibits = tuple(
        Exhibit(
            number=n,
            entry=1,
            kind="mandate",
            title=f"Mandate {n}" + " of somebody whose name is long" * (n % 3),
            on=DAY,
            parties="Somebody → The Body",
            evidence=_FILE,
        )
        for n in range(1, PEOPLE + 1)
    )
    rows = tuple(Row(cells=(str(n), "word " * (n % 40), "x"), annex=n) for n in range(1, PEOPLE + 1))
    table = Table(heads=("No.", "Name", "Other"), widths=(1, 6, 2), rows=rows)
    words = Words("en", roots())
    annexes = tuple(Annex(number=n, title=f"Person {n}", blocks=(), before=0) for n in range(1, PEOPLE + 1))
    return Dossier(
        ref="FACES26-x-y",
        lang="en",
        title="Many v. One",
        author="The Body",
        on=DAY,
        cover=Cover(heading="File", subheading="", lines=(("To", "An authority"),), summary=("In brief",)),
        sections=(
            Section(id="text", title="A text", blocks=(Paragraph(text="Some words."),)),
            Section(id="people", title="The people", blocks=(Paragraph(text="A note."), table), wide=True),
        ),
        exhibits=exhibits,
        words=layout_words(Desk(vault=None, today=DAY, now="", by="", letters=roots()), words),  # type: ignore[arg-type]  # asks nothing of a vault
        days=((DAY.isoformat(), "1 June 2026"),),
        annexes=annexes,
    )


def _planned(dossier: Dossier) -> Plan:
    pieces = [
        Piece(
            number=str(exhibit.number),
            exhibit=exhibit,
            title=exhibit.title,
            name="",
            media="",
            file=_NOWHERE,
            content=Slip(reason="empty"),
        )
        for exhibit in dossier.exhibits
    ]
    layer = Layer(path=Path("nowhere"), flipped=(False,))
    whole = collective.with_annexes(dossier, tuple(pieces), Path("nowhere"))
    return plan(20, [[Bound(piece=piece, layer=layer) for piece in whole]], note=1)


def _read(made: bytes) -> tuple[list[str], dict[str, int], list[tuple[int, str]]]:
    """What stands on each page, where what begins, and which page leads where."""
    texts = [page.extract_text() for page in pypdf.PdfReader(BytesIO(made)).pages]
    with pikepdf.open(BytesIO(made)) as pdf:
        marks = take_marks(pdf)
    return texts, marks.pages, [(page, to) for page, _, to in marks.links]


def test_a_front_in_pieces_has_the_same_pages_links_and_marks(monkeypatch: pytest.MonkeyPatch) -> None:
    dossier = _dossier()
    planned = _planned(dossier)
    pieces: list[Any] = []

    def counted(*arguments: Any, **named: Any) -> bytes:
        pieces.append(arguments)
        return compile_apart(*arguments, **named, apart=len(pieces) == 1)

    monkeypatch.setattr(front, "compile_apart", counted)
    monkeypatch.setattr(front, "_ROWS", 60)
    apart = _read(front.lay_out_front(dossier, planned, ()))
    assert len(pieces) > 6
    monkeypatch.setattr(front, "is_large", lambda _: False)
    whole = _read(front.lay_out_front(dossier, planned, ()))
    assert len(whole[0]) > 8
    assert apart == whole
