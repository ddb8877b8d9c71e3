"""A letter as the case fills it: its words, what goes with it, what it claims, what the addressee newly learns."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from dsar.core.under import of_case
from dsar.desk import authorities, briefing, wording
from dsar.desk.disclosing import left_out, newly_learnt, veiled
from dsar.desk.errors import NothingToAllegeError
from dsar.desk.fitting import question_of

if TYPE_CHECKING:
    from dsar.core.brief import Brief
    from dsar.core.case import Incoming
    from dsar.core.law import Authority
    from dsar.core.letter import Letter
    from dsar.desk.office import Desk, File
    from dsar.letters.front import Template
    from dsar.letters.words import Words


# The kinds that set a term of their own, in days.
SETS_TERM = ("notice", "judicial-notice")


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """What a letter is to be: its kind, language, term in days, authority; `to` is the message that it replies to.

    `leave_out` are the kinds of identifiers that it does not show.

    What is left open is taken from the kept draft; else it is the case's language, the usual term, and their last
    message of the kind that it replies to.
    """

    kind: str
    lang: str = ""
    term_days: int | None = None
    authority: str = ""
    to: int | None = None
    leave_out: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Drafted:
    """A draft: the letter, whether it was edited by hand, whether the case has changed since it was edited.

    `text` is what an editor is given. `problem` says why an edited text cannot become a letter: `letter` is then the
    one filled from the case. `authority` is the id of the one it is meant for, or empty; `to` the entry of
    the message of theirs that it replies to, if it does.
    """

    file: File
    letter: Letter
    template: Template
    text: str
    edited: bool
    stale: bool
    discloses: tuple[str, ...]
    claims: tuple[str, ...]
    demands: tuple[str, ...]
    term_days: int
    authority: str
    problem: str = ""
    to: int | None = None
    leaves_out: tuple[str, ...] = ()


def filled_in(desk: Desk, file: File, template: Template, wish: Wish) -> Drafted:
    """The letter as the case fills it today.

    Raises:
        MissingValueError, TooEarlyError, NothingToAllegeError: the case does not allow the letter yet.
        UnknownAuthorityError: no such authority.
    """
    from dsar.letters.draft import to_text  # noqa: PLC0415 - jinja2 is loaded with the letters
    from dsar.letters.fill import fill, seen  # noqa: PLC0415 - as above

    words = wording.speaker(desk, wish.lang)
    term_days = wish.term_days or briefing.DEFAULT_NOTICE_DAYS
    authority = _authority(file, wish.authority)
    question = question_of(file, template, wish.to)
    told = seen(template, told_by(desk, file, words, replace(wish, term_days=term_days), authority, question))
    leaves_out = left_out(file.case, wish.leave_out) if template.to == "controller" else ()
    told = veiled(told, file, words, leaves_out)
    if "grievances" in template.needs and not told.grievances:
        raise NothingToAllegeError(ref=file.case.ref, kind=wish.kind, today=desk.today.isoformat())
    received = of_case(file.case, file.law, desk.today).received
    letter = fill(template, told, file.law, words, banner=desk.banner, received=received)
    return Drafted(
        file=file,
        letter=letter,
        template=template,
        text=to_text(letter),
        edited=False,
        stale=False,
        discloses=newly_learnt(file, letter, template),
        claims=tuple(grievance.id for grievance in told.grievances) if template.asserts else (),
        demands=tuple(item.id for item in told.demands if item.right in template.demands),
        term_days=term_days,
        authority=authority.id if authority is not None else "",
        to=question.n if question is not None else None,
        leaves_out=leaves_out,
    )


def told_by(  # noqa: PLR0917 - what a letter is made from
    desk: Desk, file: File, words: Words, wish: Wish, authority: Authority | None, question: Incoming | None = None
) -> Brief:
    """What the case tells a letter, with what is enclosed; `question` is the message of theirs that it replies to."""
    told = briefing.brief(
        desk,
        file,
        words,
        kind=wish.kind,
        lang=wish.lang,
        term_days=wish.term_days or briefing.DEFAULT_NOTICE_DAYS,
        authority=authority,
        question=question,
    )
    return replace(told, enclosures=_enclosures(told, words))


def _authority(file: File, name: str) -> Authority | None:
    if name:
        return authorities.known(name, file.law)
    if file.case.escalations:
        return file.law.authorities.get(file.case.escalations[-1][1].authority)
    return None


def _enclosures(told: Brief, words: Words) -> tuple[str, ...]:
    """What goes with the letter: the mandate where an agent writes, the photo of a request by face, the exhibits."""
    found = []
    if told.mandate is not None and told.mandate.signed_on is not None and told.kind != "complaint":
        name = "capacity" if told.mandate.statutory else "mandate"
        found.append(words.say("labels", f"enclosure.{name}", day=told.mandate.signed_on))
    if told.kind == "complaint":
        found.append(words.say("labels", "enclosure.exhibits"))
    photo = words.say("labels", "identifier.photo")
    if any(label == photo for label, _ in told.id_data) and not told.previous:
        found.append(words.say("labels", "enclosure.photo"))
    if not told.previous:
        found += told.details.evidence
    return tuple(found)
