"""The authority's own form, field by field: what to copy into each, in the order and within the limits of the form."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, assert_never

from dsar.desk import briefing, wording
from dsar.desk.complaining import complaint
from dsar.desk.office import read
from dsar.errors import NotFoundError

if TYPE_CHECKING:
    from dsar.core.brief import Brief, Grievance
    from dsar.core.law import Authority
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
        Row(label=one.label, text=_text(one.value, told, words), limit=one.limit, note=one.note) for one in form.field
    )
    return Sheet(ref=file.case.ref, authority=filed.authority, checked=form.checked, rows=rows)


def _text(value: FormValue, told: Brief, words: Words) -> str:
    """What the case has for a field; nothing where a person must say it."""
    subject, controller = told.subject, told.controller
    match value:
        case "name":
            return subject.name
        case "email":
            return subject.email
        case "address":
            return "\n".join((*subject.address.lines, subject.address.country)) if subject.address.known else ""
        case "capacity":
            return _capacity(told, words)
        case "mandate":
            return _mandate(told, words)
        case "respondent":
            return "\n".join((controller.name, *controller.address.lines, controller.address.country))
        case "respondent-email":
            return next(iter(controller.emails), "")
        case "rights":
            return words.join([words.label("right", right) for right in told.rights])
        case "facts" | "timeliness" | "prior-contact":
            return _facts(told, words)
        case "grievances":
            return "\n\n".join(_grievance(one, words) for one in told.grievances)
        case "provisions":
            return words.cites(tuple(dict.fromkeys(cite for one in told.grievances for cite in one.cites)))
        case "evidence":
            return words.say("labels", "enclosure.exhibits")
        case "complaint-track" | "hand":
            return ""
        case _:
            assert_never(value)


def _capacity(told: Brief, words: Words) -> str:
    mandate = told.mandate
    return words.label("mandate", mandate.kind) if told.on_behalf and mandate is not None else ""


def _mandate(told: Brief, words: Words) -> str:
    mandate = told.mandate
    if mandate is None or mandate.signed_on is None:
        return ""
    return words.say("labels", "enclosure.mandate", day=mandate.signed_on)


def _facts(told: Brief, words: Words) -> str:
    return "\n".join(wording.pair(words, words.day(line.on), line.words) for line in told.chronology)


def _grievance(one: Grievance, words: Words) -> str:
    return f"{one.title} ({words.cites(one.cites)})\n{one.facts} {one.law}"
