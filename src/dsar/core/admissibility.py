"""Whether a complaint could be sent back: what the authority asks for, what is there, what speaks against filing today.

The profile of the authority says what a complaint must contain (`Authority.contents` and the fields beside it). From
2 April 2027 Art. 4(1) of Regulation (EU) 2025/2518 lists for cross-border cases all that may be asked.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING, Literal

from dsar.core.meanings import Answer, NoData, Refusal
from dsar.core.receipts import receipt
from dsar.core.standing import open_questions, unreviewed

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from dsar.core.breach import Breach
    from dsar.core.case import Case
    from dsar.core.deadlines import Deadline
    from dsar.core.law import Authority
    from dsar.core.oddities import Oddity
    from dsar.core.parties import Mandate

Verdict = Literal["there", "missing", "against", "by-hand"]

PROCREG_APPLIES = date(2027, 4, 2)
SOON = timedelta(days=60)


@dataclass(frozen=True, slots=True, kw_only=True)
class Point:
    """One thing looked at. `id` is a key of its sentence, `command` mends it (without `dsar`; empty: nothing does).

    `there`: the case has it. `missing`: it has to be entered. `against`: a reason not to file today. `by-hand`: dsar
    cannot do it, the person who files must.
    """

    id: str
    verdict: Verdict
    command: str = ""
    values: tuple[tuple[str, str | int | date], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Filing:
    """A complaint that somebody means to file on a day: the case as it reads then, with whom, in which language.

    `authority` is None as long as nobody chose one: then what every authority would look at is looked at.

    `mandate` is the one in the register today, not the copy in the case.
    """

    case: Case
    authority: Authority | None
    due: tuple[Deadline, ...]
    breaches: tuple[Breach, ...]
    oddities: tuple[Oddity, ...]
    mandate: Mandate | None
    lang: str
    today: date

    @property
    def cross_border(self) -> bool:
        """Whether Regulation (EU) 2025/2518 governs the complaint: another Member State leads, and it applies."""
        controller = self.case.opened.controller
        elsewhere = self.authority is not None and controller.address.country != self.authority.country
        return bool(controller.established) and elsewhere and self.today >= PROCREG_APPLIES


def points(filing: Filing) -> tuple[Point, ...]:
    """Everything that an authority would look at first, in the order in which it would."""
    authority = filing.authority
    return (
        *(_contents(filing, authority) if authority is not None else ()),
        *(_manner(filing, authority) if authority is not None else ()),
        *(_asked_first(filing, authority) if authority is not None else ()),
        *_unproved(filing),
        *_time(filing),
        *_mandate(filing),
        *_unfinished(filing),
    )


def _contents(filing: Filing, authority: Authority) -> Iterator[Point]:
    """What a complaint to this authority must contain. Reg. (EU) 2025/2518 Art. 4(1): across borders, no more."""
    wanted = authority.contents or ("identity", "contact", "respondent", "facts")
    if filing.cross_border:
        wanted = ("identity", "contact", "respondent", "facts", "mandate")
        yield Point(id="procreg-closed-list", verdict="there")
    for name in wanted:
        look = _LOOKS.get(name)
        if look is None:
            yield Point(id=f"content-{name}", verdict="by-hand")
        elif (found := look(filing)) is not None:
            yield found


def _has(name: str, *, held: bool, command: str) -> Point:
    return Point(id=f"content-{name}", verdict="there" if held else "missing", command="" if held else command)


def _respondent(filing: Filing) -> Point:
    controller = filing.case.opened.controller
    held = controller.address.known or bool(controller.emails)
    return _has("respondent", held=held, command=f"controllers edit {controller.id}")


def _person(filing: Filing, name: str, *, held: bool) -> Point:
    return _has(name, held=held, command=f"subject edit {filing.case.opened.subject.id}")


def _contact(filing: Filing) -> Point:
    subject = filing.case.opened.subject
    return _person(filing, "contact", held=bool(subject.email) or subject.address.known)


def _mandate_content(filing: Filing) -> Point | None:
    if filing.mandate is None:
        return None
    held = filing.mandate.signed_on is not None
    return _has("mandate", held=held, command=f"mandate signed {filing.mandate.id} FILE --on DATE")


def _prior_request(filing: Filing) -> Point:
    request = filing.case.request
    sent = request is not None and bool(request.sendings)
    return _has("prior-request", held=sent, command=f"sent {filing.case.ref} --on DATE --via CHANNEL")


def _alleged(name: str) -> Callable[[Filing], Point]:
    def look(filing: Filing) -> Point:
        return _has(name, held=bool(filing.breaches), command=f"next {filing.case.ref}")

    return look


def _always(name: str) -> Callable[[Filing], Point]:
    def look(filing: Filing) -> Point:
        return _has(name, held=bool(filing.case.letters), command=f"next {filing.case.ref}")

    return look


_LOOKS: dict[str, Callable[[Filing], Point | None]] = {
    "identity": lambda filing: _person(filing, "identity", held=bool(filing.case.opened.subject.name.strip())),
    "contact": _contact,
    "address": lambda filing: _person(filing, "address", held=filing.case.opened.subject.address.known),
    "email": lambda filing: _person(filing, "email", held=bool(filing.case.opened.subject.email)),
    "respondent": _respondent,
    "prior-request": _prior_request,
    "mandate": _mandate_content,
    "facts": _always("facts"),
    "evidence": _always("evidence"),
    "date": _always("date"),
    "right-infringed": _alleged("right-infringed"),
    "grounds": _alleged("grounds"),
    "provisions": _alleged("provisions"),
    "measures": _alleged("measures"),
    "request-to-establish": _alleged("request-to-establish"),
    "timeliness": _alleged("timeliness"),
}


def _manner(filing: Filing, authority: Authority) -> Iterator[Point]:
    """Language, form, signature: what the authority asks beside the contents."""
    ref = filing.case.ref
    if filing.lang in authority.languages:
        yield Point(id="language", verdict="there", values=(("lang", filing.lang),))
    else:
        first = next(iter(authority.languages), "")
        command = f"letter complaint {ref} --authority {authority.id} --lang {first}" if first else ""
        values = (("lang", filing.lang), ("languages", ", ".join(authority.languages)))
        yield Point(id="language", verdict="missing", command=command, values=values)
    if authority.form_mandatory:
        yield Point(
            id="form-mandatory", verdict="by-hand", command=f"dossier {ref} --form", values=(("form", authority.form),)
        )
    if authority.signature not in {"", "none"}:
        yield Point(id=f"signature-{authority.signature}", verdict="by-hand")
    if authority.identity_copy in {"required", "with-handwritten"}:
        yield Point(id=f"identity-copy-{authority.identity_copy}", verdict="by-hand", command="mask FILE")
    if authority.translation:
        yield Point(id="translation", verdict="by-hand")
    if authority.published:
        yield Point(id="published", verdict="by-hand")


def _asked_first(filing: Filing, authority: Authority) -> Iterator[Point]:
    """Whether the controller was asked before the authority, where the authority wants that."""
    case = filing.case
    request = case.request
    # their own answer shows that the request reached them; a letter that came back did not
    arrived = bool(case.meaning(Answer, NoData, Refusal)) or (
        request is not None and receipt(case, request).told is not None
    )
    if authority.prior_contact in {"required", "expected"}:
        yield Point(
            id=f"prior-contact-{authority.prior_contact}",
            verdict="there" if arrived else "against",
            command="" if arrived else f"delivered {case.ref} --on DATE --proof FILE",
        )


def _unproved(filing: Filing) -> Iterator[Point]:
    """Letters whose sending and arrival nothing proves."""
    case = filing.case
    if case.request is None or not case.request.sendings:
        yield Point(id="not-sent", verdict="missing", command=f"next {case.ref}")
    for letter in case.letters:
        for sent in letter.sendings:
            if sent.fact.proof is None and not any(fact.proof for _, fact in sent.deliveries):
                command = f"delivered {case.ref} --sending {sent.n} --on DATE --proof FILE"
                yield Point(id="no-proof", verdict="against", command=command, values=(("n", sent.n),))


def _time(filing: Filing) -> Iterator[Point]:
    """Too early, too late, or soon too late."""
    ref = filing.case.ref
    reply = next((one for one in filing.due if one.id == "reply"), None)
    if reply is not None and reply.met is None and reply.safe is not None and filing.today <= reply.safe:
        yield Point(id="too-early", verdict="against", command=f"why {ref}", values=(("day", reply.safe),))
    if reply is not None and reply.safe is None and reply.met is None:
        yield Point(id="no-safe-date", verdict="against", command=f"why {ref}")
    if not filing.breaches:
        yield Point(id="no-breach", verdict="against", command=f"next {ref}")
    limits = filing.authority.limitation if filing.authority is not None else ()
    ends = [one.strict for one in filing.due if one.id in limits and one.strict is not None]
    if ends:
        # a right that ends a year after one event or three after another has ended with the first of them
        yield _limit(filing, min(ends))


def _limit(filing: Filing, day: date) -> Point:
    values = (("day", day),)
    if filing.today > day:
        return Point(id="limit-passed", verdict="against", command=f"why {filing.case.ref}", values=values)
    name = "limit-soon" if filing.today >= day - SOON else "limit"
    return Point(id=name, verdict="there", values=values)


def _mandate(filing: Filing) -> Iterator[Point]:
    """The traps of a complaint for somebody else (Art. 80(1) GDPR; APD/GBA 39/2024 and 112/2024)."""
    mandate = filing.mandate
    if mandate is None:
        return
    yield from _in_force(mandate, filing.today)
    if mandate.agent.commercial:
        yield Point(id="agent-commercial", verdict="there", values=(("name", filing.case.opened.subject.name),))
    request = filing.case.request
    sent = min((one.fact.on for one in request.sendings), default=None) if request is not None else None
    if mandate.signed_on is not None and sent is not None and mandate.signed_on > sent:
        values = (("day", mandate.signed_on), ("sent", sent))
        yield Point(id="mandate-younger", verdict="against", values=values)
    if mandate.kind == "art80":
        older = mandate.grievance_on is None or (
            mandate.signed_on is not None and mandate.signed_on < mandate.grievance_on
        )
        if older:
            yield Point(id="mandate-before-grievance", verdict="against", command="mandate new --for SUBJECT")
        yield Point(id="constitution-proof", verdict="by-hand")


def _in_force(mandate: Mandate, today: date) -> Iterator[Point]:
    values: tuple[tuple[str, str | int | date], ...] = (("id", mandate.id),)
    if mandate.revoked_on is not None and mandate.revoked_on <= today:
        said = (*values, ("day", mandate.revoked_on))
        yield Point(id="mandate-revoked", verdict="against", command="mandate new --for SUBJECT", values=said)
    elif mandate.until is not None and mandate.until < today:
        said = (*values, ("day", mandate.until))
        yield Point(id="mandate-expired", verdict="against", command="mandate new --for SUBJECT", values=said)
    elif not mandate.valid(today):
        command = f"mandate signed {mandate.id} FILE --on DATE"
        yield Point(id="mandate-unsigned", verdict="against", command=command, values=values)


def _unfinished(filing: Filing) -> Iterator[Point]:
    """What lies open in the file itself."""
    case, ref = filing.case, filing.case.ref
    for odd in filing.oddities:
        if not odd.confirmed:
            yield Point(id="odd", verdict="against", command=f"confirm {ref} {odd.n}", values=(("n", odd.n),))
    for message in case.messages:
        if message.meaning is None:
            yield Point(
                id="unread", verdict="against", command=f"classify {ref} {message.n} KIND", values=_n(message.n)
            )
    for message in unreviewed(case):
        yield Point(id="unreviewed", verdict="against", command=f"review {ref}", values=_n(message.n))
    for message in open_questions(case):
        yield Point(id="question", verdict="against", command=f"replied {ref} --to {message.n}", values=_n(message.n))


def _n(number: int) -> tuple[tuple[str, int], ...]:
    return (("n", number),)
