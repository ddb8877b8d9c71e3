"""From a case to the brief of a letter: every value a template may print, in the letter's language, and no other."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from dsar.core.brief import (
    AskedItem,
    Brief,
    ChronologyLine,
    ComplaintLodged,
    Grievance,
    IdentityPiece,
    IdentitySoFar,
    NoticeGiven,
    ReplyDue,
    RequestMade,
    TheirMessage,
)
from dsar.core.chronology import chronology, meaning_name
from dsar.core.demands import asked
from dsar.core.exhibits import numbers_for, pieces
from dsar.core.meanings import Answer, Clarification, Extension, Fee, IdentityDemand, NoData, Refusal
from dsar.core.receipts import receipt
from dsar.core.rights import ACCESS
from dsar.core.under import of_case
from dsar.desk import wording

if TYPE_CHECKING:
    from datetime import date

    from dsar.core.case import Incoming, Outgoing
    from dsar.core.exhibits import Piece
    from dsar.core.law import Authority
    from dsar.core.meanings import Meaning
    from dsar.desk.office import Desk, File
    from dsar.letters.words import Words

DEFAULT_NOTICE_DAYS = 15


def brief(
    desk: Desk,
    file: File,
    words: Words,
    *,
    kind: str,
    lang: str,
    term_days: int,
    authority: Authority | None,
    question: Incoming | None = None,
) -> Brief:
    """The brief of one letter of a case. `term_days` is the term that a letter sets, if it sets one."""
    opened = file.case.opened
    mandate = opened.mandate
    agent = mandate.agent if mandate is not None else None
    found = pieces(file.entries, file.case)
    answers = file.case.meaning(Answer, Refusal, NoData)
    return Brief(
        kind=kind,
        lang=lang,
        ref=file.case.ref,
        today=desk.today,
        regime=opened.regime,
        rights=opened.rights,
        subject=opened.subject,
        sender=agent if agent is not None else opened.subject,
        agent=agent,
        on_behalf=agent is not None,
        mandate=mandate,
        controller=opened.controller,
        purpose=opened.purpose or purpose(file, words),
        id_data=tuple((wording.identifier(words, name), value) for name, value in opened.id_data),
        demands=demands(file, words, desk.today),
        request=request(file, words),
        reply=reply(file, desk),
        messages=tuple(_message(words, message) for message in file.case.messages if message.meaning is not None),
        question=_message(words, question) if question is not None else None,
        answer=_message(words, answers[-1]) if answers else None,
        identity=identity(file, words),
        notice=notice(file, words, kind=kind, term_days=term_days),
        grievances=grievances(file, desk, words, found),
        chronology=tuple(
            ChronologyLine(
                on=line.on,
                words=wording.line_words(words, line, {a.id: a.name for a in file.law.authorities.values()}),
                exhibits=numbers_for(found, *line.proof),
            )
            for line in chronology(file.case)
        ),
        authority=authority,
        previous=tuple((letter.fact.kind, letter.fact.on) for letter in file.case.letters),
        enclosures=(),
        complaint=complaint(file),
        term_days=term_days,
        details=opened.details,
    )


def purpose(file: File, words: Words) -> str:
    """Why such a request is made, where the data subject gave no reason of their own (C-526/24)."""
    rights = file.case.opened.rights
    names = (file.case.request_kind, "-".join(rights), "request")
    return words.label("purpose", next(name for name in names if words.has("labels", f"purpose.{name}")))


def demands(file: File, words: Words, today: date) -> tuple[AskedItem, ...]:
    """The demands in the letter's language, numbered, under the law of the case, with what the reviews found."""
    under = of_case(file.case, file.law, today)
    found = []
    for item in asked(file.case):
        rule = file.law.demands.get(item.demand.id)
        found.append(
            AskedItem(
                n=item.n,
                id=item.demand.id,
                words=item.demand.text or words.say("demands", f"{item.demand.id}.words"),
                cites=under.cites(rule.cites if rule is not None else _own_question(item.demand.right)),
                right=item.demand.right,
                status=item.status,
                note=wording.capital(item.note),
            )
        )
    return tuple(found)


def _own_question(right: str) -> tuple[str, ...]:
    """A question of one's own belongs to the right of access; where that is not exercised, to no provision."""
    return ("gdpr:15.1",) if right == ACCESS else ()


def _channels(words: Words, letter: Outgoing) -> tuple[str, ...]:
    ways = dict.fromkeys(sending.fact.channel for sending in letter.sendings)
    return tuple(words.say("labels", f"channel.{way}") for way in ways)


def request(file: File, words: Words) -> RequestMade:
    """When and how the request was made, as far as it was."""
    letter = file.case.request
    if letter is None:
        return RequestMade(issued_on=None, sent_on=None, channels=(), received_on=None)
    arrived = receipt(file.case, letter)
    sent = min((sending.fact.on for sending in letter.sendings), default=None)
    return RequestMade(
        issued_on=letter.fact.on,
        sent_on=sent,
        channels=_channels(words, letter),
        # What is said to others is what can be proved
        received_on=arrived.told,
    )


def reply(file: File, desk: Desk) -> ReplyDue:
    """When the answer was due, and by how many days it is late, counted from the safe date."""
    due = file.deadline("reply")
    if due is None:
        return ReplyDue(strict=None, safe=None, late_days=0)
    late = (
        ((due.met_safe or due.met or desk.today) - due.safe).days
        if due.safe is not None and due.missed(desk.today)
        else 0
    )
    return ReplyDue(strict=due.strict, safe=due.safe, late_days=late)


def _message(words: Words, message: Incoming) -> TheirMessage:
    kind = meaning_name(message.meaning) if message.meaning is not None else "other"
    return TheirMessage(
        n=message.n,
        on=message.fact.on,
        kind=kind,
        what=words.say("labels", f"meaning.{kind}"),
        subject=message.fact.subject,
        judged_unjustified=message.judged is not None and not message.judged[1].justified,
        because=message.judged[1].because if message.judged is not None else "",
        **_attributes(message.meaning),
    )


def _attributes(meaning: Meaning | None) -> dict[str, Any]:
    """What was noted of a message of its kind."""
    match meaning:
        case Extension(reasons=reasons, until=until):
            return {"reasons": reasons, "until": until}
        case Clarification(large=large):
            return {"large": large}
        case Fee(amount=amount):
            return {"amount": amount}
        case _:
            return {}


def complaint(file: File) -> ComplaintLodged | None:
    """The complaint that was lodged last, if one was."""
    if not file.case.escalations:
        return None
    _, lodged = file.case.escalations[-1]
    known = file.law.authorities.get(lodged.authority)
    days = [fact.on for _, fact in file.case.authority_acts if fact.act == "ack" and fact.on >= lodged.on]
    return ComplaintLodged(
        authority=known.name if known is not None else lodged.authority,
        reference=lodged.reference,
        on=lodged.on,
        acknowledged_on=min(days, default=None),
    )


def identity(file: File, words: Words) -> IdentitySoFar:
    """The ledger of identity data: demanded, given, refused, each with its day."""
    case = file.case
    demanded = [
        _piece(words, item, message.fact.on)
        for message in case.messages
        if isinstance(message.meaning, IdentityDemand)
        for item in message.meaning.items
    ]
    given = [fact for message in case.messages for _, fact in message.supplied]
    given += [fact for _, fact in case.volunteered]
    refused = [fact for message in case.messages for _, fact in message.refused]
    return IdentitySoFar(
        demanded=tuple(demanded),
        given=tuple(_piece(words, item, fact.on) for fact in given for item in fact.items),
        refused=tuple(_piece(words, item, fact.on) for fact in refused for item in fact.items),
        known=tuple((wording.identifier(words, name), value) for name, value in wording.known_identifiers(file)),
    )


def _piece(words: Words, item: str, on: date) -> IdentityPiece:
    """A piece of identity: a well-known one in the letter's language, any other in the user's words."""
    known = words.has("labels", f"piece.{item}")
    return IdentityPiece(item=wording.piece(words, item), on=on, id=item if known else "")


def notice(file: File, words: Words, *, kind: str, term_days: int) -> NoticeGiven | None:
    """The formal notice: the one this letter gives, or the one already given."""
    if kind == "notice":
        return NoticeGiven(term_days=term_days, sent_on=None, received_on=None, last_day=None, channels=())
    if not file.case.notices:
        return None
    letter = file.case.notices[-1]
    arrived = receipt(file.case, letter)
    name = "notice" if letter.n == file.case.notices[0].n else f"notice-{letter.n}"
    due = file.deadline(name)
    return NoticeGiven(
        term_days=letter.fact.term_days or term_days,
        sent_on=min((sending.fact.on for sending in letter.sendings), default=None),
        received_on=arrived.told,
        last_day=due.safe or due.strict if due is not None else None,
        channels=_channels(words, letter),
    )


def grievances(file: File, desk: Desk, words: Words, found: tuple[Piece, ...]) -> tuple[Grievance, ...]:
    """The breaches that may be asserted on the desk's day, in words; decisions on the GDPR stand under no other law."""
    home = of_case(file.case, file.law, desk.today).home
    return tuple(
        Grievance(
            id=breach.id,
            title=words.say("breaches", f"{breach.id}.title"),
            law=wording.breach_law(words, breach.id, file.case.opened.regime),
            facts=wording.breach_facts(words, file, breach, desk.today),
            cites=breach.cites,
            precedents=tuple(
                name for name in file.law.breaches[breach.id].precedents if home and file.law.precedents[name].checked
            ),
            since=breach.since,
            exhibits=numbers_for(found, *breach.proof),
        )
        for breach in file.breaches
    )
