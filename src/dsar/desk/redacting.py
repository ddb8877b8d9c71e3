"""What must not be seen in a dossier: the areas that somebody names, and the personal data that the controller sent."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from dsar.core.dossier import Listed, Redaction, Row, Section, Table
from dsar.core.meanings import Answer, NoData
from dsar.desk.inventory import inventory_of
from dsar.desk.masking import area
from dsar.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from dsar.core.case import Case
    from dsar.core.exhibits import Piece
    from dsar.desk.office import Desk
    from dsar.letters.words import Words

# What an answer is written on: shown, because it proves what they said. All else that comes with it is data.
_PAPER: Final = ("application/pdf", "image/png", "image/jpeg", "image/tiff", "image/gif")
_DATA: Final = ("csv", "tsv", "json", "jsonl", "ndjson", "xml", "html", "htm", "vcf", "ics", "sql", "log", "mbox")
_WHERE = re.compile(r"(\d{1,4}(?:\.\d{1,3})?):(\d{1,4}):([^=@]+)=(.*\S.*)", re.DOTALL)
_LONGEST_REASON: Final = 200


class RedactionError(UsageError):
    """A redaction that does not say what it covers, or why."""

    sentence = (
        "“{text}” is no redaction: write EXHIBIT:PAGE:AREA=REASON, as in 4:1:B2:D4=photo of somebody else; "
        "`dsar dossier --grid 4` draws the pages of exhibit 4 under a grid to read the area from."
    )


def redaction(text: str) -> Redaction:
    """A redaction as it is written on the command line: `4:1:B2:D4=photo of somebody else`.

    Raises:
        RedactionError, AreaError: it does not say what it covers, or why.
    """
    found = _WHERE.fullmatch(text.strip())
    if found is None or len(found[4]) > _LONGEST_REASON:
        raise RedactionError(text=text)
    covered = area(found[3])
    return Redaction(
        exhibit=found[1],
        page=int(found[2]),
        left=covered.left,
        top=covered.top,
        width=covered.width,
        height=covered.height,
        reason=found[4].strip(),
    )


def section(words: Words, redactions: Sequence[Redaction], known: Collection[int]) -> Section | None:
    """The log of what was blacked out and why, as a part of the dossier; `known` are the numbers of its exhibits."""
    if not redactions:
        return None
    heads = tuple(words.say("dossier", f"head.{name}") for name in ("page", "area", "reason"))
    rows = tuple(
        Row(
            cells=(f"{one.exhibit}: {one.page}", _area(words, one), one.reason),
            exhibits=tuple({_whole(one.exhibit)} & set(known)),
        )
        for one in redactions
    )
    title = words.say("dossier", "section.redactions")
    return Section(id="redactions", title=title, blocks=(Table(heads=heads, widths=(1.4, 5.0, 5.0), rows=rows),))


def _whole(exhibit: str) -> int:
    return int(exhibit.partition(".")[0])


def _area(words: Words, one: Redaction) -> str:
    edges = {"left": one.left, "right": one.left + one.width, "top": one.top, "bottom": one.top + one.height}
    return words.say("dossier", "changes.row", **{name: f"{value:g}" for name, value in edges.items()})


def returned(desk: Desk, case: Case, piece: Piece) -> tuple[Listed, ...]:
    """The files of an answer that hold personal data: what is listed instead of shown. Empty where nothing does.

    The letter itself is shown: a mail without its files, or the one document that came.
    """
    meanings = [message.meaning for message in case.messages if message.n in {piece.entry, *piece.also}]
    if not any(isinstance(meaning, (Answer, NoData)) for meaning in meanings) or _is_paper(piece):
        return ()
    return tuple(
        Listed(name=one.name, size=one.size, media=one.media, sha256=one.sha256, within=one.within)
        for one in inventory_of(desk, piece.evidence)
    )


def _is_paper(piece: Piece) -> bool:
    if piece.evidence.media in _PAPER:
        return True
    ending = piece.evidence.name.rpartition(".")[2].lower()
    return piece.evidence.media == "text/plain" and ending not in _DATA
