"""A working translation of the complaint, where the authority's language is not that of who complains."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from dsar.core.dossier import Frozen
from dsar.desk import people, wording
from dsar.desk.complaining import complaint
from dsar.desk.drafting import Wish, draft
from dsar.desk.office import read
from dsar.errors import DsarError

if TYPE_CHECKING:
    from dsar.desk.office import Desk


@dataclass(frozen=True, slots=True, kw_only=True)
class Translation:
    """The complaint in the language of who uses this vault, as a PDF that says what it is; or why there is none."""

    lang: str
    pdf: bytes
    problem: str = ""


def translation(desk: Desk, ref: str | None, *, authority: str, lang: str) -> Translation | None:
    """The working translation; None where the languages are the same, or no complaint of ours opens the dossier.

    It is drafted from the same facts in the other language. What was written into the complaint by hand is not in it.
    An issued complaint is drafted as of its day.

    Raises:
        NoComplaintError: see `complaint`.
    """
    from dsar.paper.letter_pdf import render_pdf  # noqa: PLC0415 - typst is loaded with the paper

    file = read(desk, ref)
    filed = complaint(desk, file, authority=authority, lang=lang)
    own = people.myself(desk.vault).language
    # a letter has its own language, whatever that of the dossier around it
    if filed.block is None or own == filed.lang:
        return None
    then = desk
    if isinstance(filed.block, Frozen):
        issued = (letter.fact for letter in file.case.letters if letter.fact.pdf == filed.block.evidence)
        then = replace(desk, today=next(fact.on for fact in issued))
    try:
        drafted = draft(then, file.case.ref, Wish(kind="complaint", lang=own, authority=filed.authority.id))
        mark = wording.speaker(desk, own).say("dossier", "words.translation")
        return Translation(lang=own, pdf=render_pdf(replace(drafted.letter, banner=mark)))
    except DsarError as error:
        return Translation(lang=own, pdf=b"", problem=f"There is no working translation into {own}: {error}")
