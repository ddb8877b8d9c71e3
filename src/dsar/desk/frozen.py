"""Issued letters: their stored bytes, and the forms that are made from those bytes and never from today's template."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from dsar.desk import wording
from dsar.desk.disclosing import veiled
from dsar.desk.errors import NoEntryError
from dsar.desk.filling import Wish, told_by
from dsar.desk.office import read, reading

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dsar.core.case import Outgoing
    from dsar.core.letter import Letter
    from dsar.desk.office import Desk, File
    from dsar.paper.formats import Format

Attached = tuple[str, str, bytes]


@dataclass(frozen=True, slots=True, kw_only=True)
class Frozen:
    """An issued letter of a case."""

    file: File
    letter: Outgoing


def frozen(desk: Desk, ref: str | None, kind: str, entry: int) -> Frozen:
    """The letter of that kind that an entry issued.

    Raises:
        NoEntryError: the entry issued no such letter, or was withdrawn.
    """
    file = read(desk, ref)
    found = file.case.letter(entry)
    if found is None or found.fact.kind != kind:
        raise NoEntryError(ref=file.case.ref, what=f"issued letter “{kind}”", n=entry)
    return Frozen(file=file, letter=found)


def rendered(desk: Desk, one: Frozen, fmt: Format, more: Sequence[Attached] = ()) -> bytes:
    """The letter in a format: `pdf` and `md` are the stored bytes, the others are made from them.

    `more` is attached to the mail besides the letter and the mandate.
    """
    from dsar.paper.formats import render  # noqa: PLC0415 - loads the paper

    fact = one.letter.fact
    pdf = desk.vault.evidence_bytes(fact.pdf.sha256)
    match fmt:
        case "pdf":
            return pdf
        case "md":
            return desk.vault.evidence_bytes(fact.text.sha256)
        case _:
            letter = as_letter(desk, one)
            return render(letter, fmt, pdf=pdf, attachments=(*enclosed(desk, one.file, letter), *more))


def enclosed(desk: Desk, file: File, letter: Letter) -> tuple[Attached, ...]:
    """The documents in the vault that a letter says are enclosed: the signed mandate, if its line stands there."""
    mandate = file.case.opened.mandate
    if mandate is None or mandate.document is None or mandate.signed_on is None:
        return ()
    line = wording.speaker(desk, letter.lang).say("labels", "enclosure.mandate", day=mandate.signed_on)
    if not any(line in one for one in letter.enclosures):
        return ()
    document = mandate.document
    return ((document.name, document.media, desk.vault.evidence_bytes(document.sha256)),)


def as_letter(desk: Desk, one: Frozen) -> Letter:
    """The issued letter with its own subject, enclosures and text, between the parties as the case has them."""
    from dsar.letters.fill import fill  # noqa: PLC0415 - jinja2 is loaded with the letters
    from dsar.letters.find import template as find_template  # noqa: PLC0415 - as above
    from dsar.letters.front import split_front  # noqa: PLC0415 - as above

    fact, file = one.letter.fact, one.file
    then = replace(desk, today=fact.on)
    # as it stood before the letter: that it was issued, and what was corrected since, are no part of it
    past = reading(then, file.case.ref, file.entries[: one.letter.n - 1], fact.on)
    words = wording.speaker(desk, fact.lang)
    name = fact.authority or (file.case.escalations[-1][1].authority if file.case.escalations else "")
    wish = Wish(kind=fact.kind, lang=fact.lang, term_days=fact.term_days, authority=name)
    told = veiled(told_by(then, past, words, wish, file.law.authorities.get(name)), past, words, fact.leaves_out)
    # only the blocks around the text are wanted: the text itself is not filled again
    around = replace(find_template(desk.letters, fact.kind, fact.lang), subject="-", body="-", needs=(), asserts=())
    letter = fill(around, told, file.law, words, banner=desk.banner)
    front, body = split_front(desk.vault.evidence_bytes(fact.text.sha256).decode()) or ("", "")
    enclosures = tuple(str(line) for line in tomllib.loads(front).get("enclosures", ()))
    return replace(letter, subject=fact.subject, enclosures=enclosures, body=body.strip("\n") + "\n")
