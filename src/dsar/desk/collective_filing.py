"""The dossier of many: what is common, the mandates, the proofs of the body, then the annex and exhibits of each."""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from dsar.core.collective import ranges, shared
from dsar.core.dossier import Dossier, Exhibit, Frozen
from dsar.desk import redacting, sections, wording
from dsar.desk.body import lacking, proofs
from dsar.desk.bundling import Wish, stamp
from dsar.desk.collective_annex import annex, complainant
from dsar.desk.collective_cover import cover, table
from dsar.desk.collective_letter import Parties, letter, shared_grievances
from dsar.desk.collective_numbers import finish, head, held, numbers_of, reserve
from dsar.desk.enrolling import enrolled
from dsar.desk.filing import labels, source
from dsar.desk.strangers import among, worth_reading

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from dsar.core.brief import SharedGrievance
    from dsar.core.collective import Numbers
    from dsar.core.law import Law
    from dsar.core.letter import Letter
    from dsar.desk.collective_annex import Complainant
    from dsar.desk.collective_groups import Group
    from dsar.desk.office import Desk
    from dsar.letters.words import Words
    from dsar.paper.dossier.bind import BoundDossier


@dataclass(frozen=True, slots=True, kw_only=True)
class Composed:
    """A complaint of many in words, numbered, before it is bound; `copies` are made of the same."""

    group: Group
    numbers: Numbers
    everybody: tuple[Complainant, ...]
    shared: tuple[SharedGrievance, ...]
    letter: Letter | Frozen | None
    body: tuple[Exhibit, ...]
    words: Words
    law: Law
    parties: Parties
    warnings: tuple[str, ...]

    @property
    def ref(self) -> str:
        """What the files are called by."""
        return self.group.id.replace("/", "-")


def compose(desk: Desk, group: Group, wish: Wish, *, anew: bool = False) -> Composed:
    """Put a complaint into words and number everything in it; nothing is written.

    Raises:
        LodgedAlreadyError: it was lodged, and its numbers cannot be given anew.
    """
    from dsar.lawbook.load import law  # noqa: PLC0415 - only where a complaint is written

    words, book = wording.speaker(desk, group.lang), law()
    numbers = numbers_of(desk, group, anew=anew)
    common = frozenset(numbers.exhibits[sha256] for sha256 in shared(map(held, group.members)))
    read = (complainant(desk, words, one, numbers, wish, common) for one in group.members)
    everybody = tuple(sorted(read, key=lambda one: one.told.n))
    body = tuple(_body(desk, words, group, numbers))
    told = [one.told for one in everybody]
    parties = Parties(
        ref=group.id,
        regime=group.regime,
        agent=group.agent,
        controller=group.controller,
        authority=group.authority,
        proofs=tuple(one.number for one in body),
    )
    text: Letter | Frozen | None = _lodged(desk, group)
    if text is None and group.template is not None:
        text = letter(desk, words, book, group.template, parties, told)
    return Composed(
        group=group,
        numbers=numbers,
        everybody=everybody,
        shared=shared_grievances(told),
        letter=text,
        parties=parties,
        body=body,
        words=words,
        law=book,
        warnings=(*_warnings(desk, group, everybody), *_strangers(desk, group, everybody, wish)),
    )


def _lodged(desk: Desk, group: Group) -> Frozen | None:
    """The complaint as it was lodged, if that was for all who are in it now."""
    before = head(desk, group.id)
    lodged = {one.ref for one in group.members if group.authority.id in one.lodged}
    if before is None or before.letter is None or not {one.ref for one in group.members} <= lodged & set(before.lodged):
        return None
    return Frozen(evidence=before.letter)


def _body(desk: Desk, words: Words, group: Group, numbers: Numbers) -> Iterator[Exhibit]:
    """What proves that the body is constituted and active."""
    name = group.agent.organisation or group.agent.name
    for proof in proofs(desk):
        yield Exhibit(
            number=numbers.exhibits[proof.document.sha256],
            entry=0,
            kind="file",
            title=words.say("collective", f"proof.{proof.kind}", name=name),
            on=proof.on,
            parties=name,
            evidence=proof.document,
        )


def _warnings(desk: Desk, group: Group, everybody: Sequence[Complainant]) -> Iterator[str]:
    if any(one.joining.mandate.kind == "art80" for one in everybody):
        for kind in lacking(desk):
            yield (
                f"No proof of the body's constitution is filed as {kind}: an authority may send the complaint back "
                f"(Art. 80(1) GDPR); file it with `dsar mandate body FILE --as {kind}`."
            )
    employed = [one.joining.ref for one in everybody if _is_staff(desk, one.joining.subject.id)]
    if employed:
        yield (
            f"Some complainants work for the body ({', '.join(employed)}): an authority may hold their mandates to be "
            "fictitious (APD/GBA 112/2024)."
        )
    yield from _open(group)
    if group.template is None:
        yield (
            f"No complaint of many is written for the law of these cases ({group.regime}): use the form of "
            f"{group.authority.id}, and enclose this dossier."
        )
    if group.lang not in group.authority.languages:
        yield f"{group.authority.id} does not take {group.lang}: have the complaint translated."


def _strangers(desk: Desk, group: Group, everybody: Sequence[Complainant], wish: Wish) -> Iterator[str]:
    """Exhibits that name people of this vault who do not complain here."""
    exhibits = worth_reading(each for one in everybody for each in one.exhibits)
    found = among(desk, group).naming(exhibits, wish.redactions)
    return (one.sentence for one in found)


def _open(group: Group) -> Iterator[str]:
    """Those for whom the authority was chosen though nobody can say that it is theirs."""
    doubtful = [one.ref for one in group.members if one.undecided]
    if doubtful:
        yield (
            f"Nobody noted in which region these complainants live, or the controller sits ({', '.join(doubtful)}): "
            f"{group.authority.id} may have to pass their complaint on to another authority."
        )


def _is_staff(desk: Desk, subject: str) -> bool:
    kept = enrolled(desk, subject)
    return kept is not None and kept.staff


def build(desk: Desk, made: Composed, *, out: Path, wish: Wish, anew: bool = False) -> BoundDossier:
    """Bind the dossier for the authority and write down what was numbered.

    Raises:
        NothingToRedactError, OtherTokenError: see `filing.bind`.
        NumberedMeanwhileError: somebody else built it meanwhile; nothing was written.
        ErasedMeanwhileError: somebody who is in it was erased meanwhile.
        OSError: `out` cannot be written.
    """
    reserve(desk, made.group, made.numbers, anew=anew)
    bound = bind(desk, made, dossier(desk, made, wish), out=out, wish=wish)
    _remember(desk, made)
    return replace(bound, warnings=(*made.warnings, *bound.warnings))


def bind(desk: Desk, made: Composed, whole: Dossier, *, out: Path, wish: Wish) -> BoundDossier:
    """Write the files of a dossier of this complaint, whole or a copy."""
    from dsar import __version__  # noqa: PLC0415 - one string
    from dsar.lawbook.calendars import library_version  # noqa: PLC0415 - only the dossier names it
    from dsar.paper.dossier import bind as binder  # noqa: PLC0415 - typst and pikepdf are loaded with it

    shown = {one.number for one in whole.annexes}
    return binder.bind(
        whole,
        source=source(desk, ocr=wish.ocr),
        out=out,
        program=f"dsar {__version__}, holidays {library_version()}",
        facts=_facts(made, [one for one in made.everybody if one.told.n in shown]),
        max_part=wish.max_part,
        stamp=stamp(wish.token),
    )


def _remember(desk: Desk, made: Composed) -> None:
    """Keep who is in it, and the complaint as it was laid out: it is shown so once it was lodged."""
    from dsar.desk.evidence import take_bytes  # noqa: PLC0415 - only where it is kept
    from dsar.letters.draft import to_text  # noqa: PLC0415 - jinja2 is loaded with the letters
    from dsar.paper.letter_pdf import render_pdf  # noqa: PLC0415 - typst is loaded with it

    before = head(desk, made.group.id)
    with desk.vault.transaction():
        pdf, text = (before.letter, before.text) if before is not None else (None, None)
        if made.letter is None:
            pdf = text = None
        elif not isinstance(made.letter, Frozen):
            pdf = take_bytes(desk, render_pdf(made.letter), name=f"{made.ref}.pdf", media="application/pdf")
            text = take_bytes(desk, to_text(made.letter).encode(), name=f"{made.ref}.md", media="text/markdown")
        finish(desk, made.group, letter=pdf, text=text)


def dossier(desk: Desk, made: Composed, wish: Wish) -> Dossier:
    """The whole dossier in words, for the authority."""
    words, group = made.words, made.group
    mine: dict[int, Exhibit] = {}
    for each in (*made.body, *(each for one in made.everybody for each in one.exhibits)):
        mine.setdefault(each.number, each)
    exhibits = tuple(mine[number] for number in sorted(mine))
    parts = (
        sections.complaint(words, made.letter) if made.letter is not None else None,
        table(words, made.everybody, made.shared),
        redacting.section(words, wish.redactions, list(mine)),
    )
    count = len(made.everybody)
    return Dossier(
        ref=made.ref,
        lang=group.lang,
        title=words.say("collective", "title", count=count, controller=group.controller.name),
        author=group.agent.organisation or group.agent.name,
        on=desk.today,
        cover=cover(desk, made, exhibits=len(exhibits)),
        sections=tuple(part for part in parts if part is not None),
        exhibits=exhibits,
        words=layout_words(desk, words),
        days=tuple({each.on.isoformat(): words.day(each.on) for each in exhibits}.items()),
        banner=desk.banner,
        redactions=wish.redactions,
        roman=wish.roman,
        annexes=tuple(annex(words, one, made.shared, group.authority) for one in made.everybody),
    )


def layout_words(desk: Desk, words: Words) -> tuple[tuple[str, str], ...]:
    """The labels of the layout, with that of an annex."""
    own = words.section("collective")["annex"]
    return tuple({**labels(wording.speaker(desk, "en")), **labels(words), "annex": own}.items())


def _facts(made: Composed, shown: Sequence[Complainant]) -> bytes:
    """The table for programs: `case.json` in the archive."""
    group = made.group
    content = {
        "campaign": group.campaign,
        "controller": {"id": group.controller.id, "name": group.controller.name},
        "authority": group.authority.id,
        "lang": group.lang,
        "grievances": [{"n": n, "id": one.grievance.id} for n, one in enumerate(made.shared, start=1)],
        "complainants": [_row(made, one) for one in shown],
    }
    return (json.dumps(content, ensure_ascii=False, indent=2) + "\n").encode()


def _row(made: Composed, one: Complainant) -> dict[str, object]:
    own = {grievance.id for grievance in one.told.grievances}
    said = one.told
    return {
        "n": said.n,
        "ref": one.joining.ref,
        "name": one.joining.subject.name,
        "country": said.country,
        "mandate": said.mandate,
        "sent": said.sent.isoformat(),
        "received": said.arrived.isoformat() if said.arrived is not None else None,
        "due": said.due.isoformat() if said.due is not None else None,
        "answered": said.answered,
        "grievances": [n for n, each in enumerate(made.shared, start=1) if each.grievance.id in own],
        "exhibits": ranges(one.numbers),
    }
