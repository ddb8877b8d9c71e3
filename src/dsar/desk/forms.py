"""The authority's own form, field by field: what to copy into each, in the order and within the limits of the form."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, assert_never

from dsar.desk import briefing, wording
from dsar.desk.complaining import complaint
from dsar.desk.office import read
from dsar.errors import NotFoundError

if TYPE_CHECKING:
    from dsar.core.brief import Brief
    from dsar.core.law import Authority
    from dsar.core.parties import Address, Person
    from dsar.desk.office import Desk
    from dsar.lawbook.records import FormValue
    from dsar.letters.words import Words


class NoFormError(NotFoundError):
    """Nobody has written down the fields of this authority's form."""

    sentence = "The fields of the form of {authority} are not known; the complaint itself can be sent: {channels}."


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """A field: its label, the text to copy (empty: answered by hand), its longest text (0: not limited)."""

    label: str
    text: str
    limit: int = 0
    note: str = ""

    @property
    def over(self) -> int:
        """How many characters the text is too long."""
        return max(0, len(self.text) - self.limit) if self.limit else 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """A form, filled as far as the case fills it. `checked`: its fields were read at their source."""

    ref: str
    authority: Authority
    checked: bool
    rows: tuple[Row, ...]


def sheet(desk: Desk, ref: str | None, *, authority: str = "", lang: str = "") -> Sheet:
    """The form of the authority that the complaint goes to.

    Raises:
        NoFormError: its fields are not known.
        NoComplaintError, NothingToAllegeError: see `complaint`.
    """
    from dsar.lawbook.load import forms  # noqa: PLC0415 - only where a form is filled

    file = read(desk, ref)
    filed = complaint(desk, file, authority=authority, lang=lang)
    form = next((one for one in forms().values() if one.authority == filed.authority.id), None)
    if form is None:
        raise NoFormError(authority=filed.authority.name, channels=", ".join(filed.authority.channels) or "by post")
    words = wording.speaker(desk, filed.lang)
    told = briefing.brief(desk, file, words, kind="complaint", lang=filed.lang, term_days=0, authority=filed.authority)
    rows = tuple(
        Row(label=one.label, text=_text(one.value, told, words, one.limit), limit=one.limit, note=one.note)
        for one in form.field
    )
    return Sheet(ref=file.case.ref, authority=filed.authority, checked=form.checked, rows=rows)


def _text(value: FormValue, told: Brief, words: Words, limit: int) -> str:
    """What the case has for a field; nothing where a person must say it."""
    author, controller = _complainant(told), told.controller
    match value:
        case "name":
            return ", ".join(name for name in (author.organisation, author.name) if name)
        case "email":
            return author.email
        case "address":
            return _block(author.address)
        case "residence":
            return _block(told.subject.address)
        case "capacity":
            return _capacity(told, words) or words.say("labels", "layout.data_subject")
        case "mandate":
            return _mandate(told, words)
        case "respondent":
            return "\n".join((controller.name, *controller.address.lines, controller.address.country))
        case "respondent-email":
            return next(iter(controller.emails), "")
        case "rights":
            return words.join([words.label("right", right) for right in told.rights])
        case "facts":
            return "\n".join(wording.pair(words, words.day(line.on), line.words) for line in told.chronology)
        case "prior-contact":
            return _prior_contact(told, words)
        case "timeliness":
            return "\n".join(wording.pair(words, one.title, words.day(one.since)) for one in told.grievances)
        case "grievances":
            return _grievances(told, words, limit)
        case "provisions":
            return words.cites(tuple(dict.fromkeys(cite for one in told.grievances for cite in one.cites)))
        case "evidence":
            return words.say("labels", "enclosure.exhibits")
        case "complaint-track" | "hand":
            return ""
        case _:
            assert_never(value)


def _complainant(told: Brief) -> Person:
    """Who complains: a company for profit that is a mere agent cannot do it for somebody (Art. 80(1) GDPR)."""
    return told.sender if told.mandate is None or told.mandate.may_complain else told.subject


def _block(address: Address) -> str:
    return "\n".join((*address.lines, address.country)) if address.known else ""


def _capacity(told: Brief, words: Words) -> str:
    """As what somebody complains for another person; nothing where the data subject complains."""
    mandate = told.mandate
    if mandate is None or _complainant(told) is told.subject:
        return ""
    capacity = words.label("mandate", mandate.kind)
    return words.say("labels", "layout.acting_as", name=told.subject.name, capacity=capacity)


def _mandate(told: Brief, words: Words) -> str:
    """For whom and by which document somebody complains; nothing where the data subject complains."""
    mandate, capacity = told.mandate, _capacity(told, words)
    if mandate is None or not capacity:
        return ""
    signed = mandate.signed_on
    return "\n".join((capacity, *([words.say("labels", "enclosure.mandate", day=signed)] if signed else [])))


def _prior_contact(told: Brief, words: Words) -> str:
    """What was asked of the controller, when it arrived, and what became of it: less than the facts."""
    request, notice = told.request, told.notice
    sent = next((line for line in told.chronology if line.on == request.sent_on), None)
    answered = words.day(told.answer.on) if told.answer is not None else words.say("dossier", "cover.not_answered")
    said = {
        "rights": words.join([words.label("right", right) for right in told.rights]),
        "request_received": words.day(request.received_on) if request.received_on else "",
        "reply_due": words.day(told.reply.safe) if told.reply.safe else "",
        "answered": answered,
        "notice": words.day(notice.received_on) if notice and notice.received_on else "",
    }
    lines = [wording.pair(words, words.say("dossier", f"cover.{key}"), text) for key, text in said.items() if text]
    made = [wording.pair(words, words.day(sent.on), sent.words)] if sent is not None else []
    return "\n".join((lines[0], *made, *lines[1:]))


def _grievances(told: Brief, words: Words, limit: int) -> str:
    """Each grievance with its facts and the rule; with less of them where the form has no room for more."""
    titles = [f"{one.title} ({words.cites(one.cites)})" for one in told.grievances]
    facts = [f"{title}\n{one.facts}" for title, one in zip(titles, told.grievances, strict=True)]
    whole = [f"{said} {one.law}" for said, one in zip(facts, told.grievances, strict=True)]
    versions = ("\n\n".join(whole), "\n\n".join(facts), "\n".join(titles))
    return next((one for one in versions if not limit or len(one) <= limit), versions[-1])
