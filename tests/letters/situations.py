"""Every situation that a reply, an escalation or a mandate is for, as a brief: made-up parties, one letter each."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Any

from dsar.core.brief import (
    ComplaintLodged,
    Grievance,
    IdentityPiece,
    IdentitySoFar,
    NoticeGiven,
    ReplyDue,
    TheirMessage,
)

from .briefs import AGENT, AUTHORITY, MANDATE, NINA, brief, law, own

if TYPE_CHECKING:
    from collections.abc import Callable

    from dsar.core.brief import Brief
    from dsar.core.law import Authority
    from dsar.core.parties import MandateKind
    from dsar.letters.words import Words

ASKED = date(2026, 2, 2)
DUE = date(2026, 2, 23)
IRISH: Authority = replace(
    AUTHORITY,
    id="yy-sa",
    name="Irish Example Commission",
    country="IE",
    address=("1 Pier Head", "Dublin"),
    mediation_first=True,
)


def _said(words: Words, kind: str, **more: Any) -> TheirMessage:
    return TheirMessage(
        n=5,
        on=ASKED,
        kind=kind,
        what=words.label("meaning", kind),
        subject="Re: your request [#4411]",
        judged_unjustified=bool(more.get("because")),
        **more,
    )


def _asked(kind: str, words: Words, meaning: str, *, oneself: bool = False, **more: Any) -> Brief:
    """Received on 22 January 2026, their message of 2 February, our reply the day after; due on 23 February."""
    base = (own if oneself else brief)("reminder", words)
    return replace(
        base,
        kind=kind,
        today=date(2026, 2, 3),
        question=_said(words, meaning, **more),
        reply=ReplyDue(strict=DUE, safe=DUE, late_days=0),
        grievances=(),
    )


def _grievance(words: Words, name: str, **values: object) -> Grievance:
    rule = law().breaches[name]
    said: dict[str, object] = {
        "controller": "Clearface AI, Inc.",
        "received": date(2026, 1, 22),
        "safe": DUE,
        "today": date(2026, 3, 20),
        "days": 11,
        "answered": date(2026, 3, 6),
        "asked": ASKED,
        "items": "",
        "known": "",
        "lacking": "",
        "count": 0,
        "note": "",
    }
    return Grievance(
        id=name,
        title=words.say("breaches", f"{name}.title"),
        law=words.say("breaches", f"{name}.law"),
        facts=words.say("breaches", f"{name}.facts", **(said | values)),
        cites=rule.cites,
        precedents=rule.precedents,
        since=ASKED,
        exhibits=(3, 5),
    )


def _extension(words: Words, *names: str, today: date = date(2026, 2, 3), **more: Any) -> Brief:
    told = _asked("extension-contested", words, "extension", **more)
    return replace(told, today=today, grievances=tuple(_grievance(words, name) for name in names))


def _contested(kind: str, words: Words, meaning: str, breach: str, **more: Any) -> Brief:
    told = _asked(kind, words, meaning, **more)
    return replace(told, grievances=(_grievance(words, breach, items=str(more.get("amount", ""))),))


def _answered(kind: str, words: Words, *, given: bool = True) -> Brief:
    """The answer of 6 March was read: every point given, or some lacking."""
    base = brief("incomplete", words)
    demands = tuple(replace(item, status="given", note="") for item in base.demands) if given else base.demands
    return replace(base, kind=kind, demands=demands, grievances=() if given else base.grievances, enclosures=())


def _third_party(words: Words) -> Brief:
    told = _answered("third-party-data", words, given=False)
    note = "Page 3 shows the portrait of a stranger."
    return replace(told, grievances=(_grievance(words, "third-party-data", note=note), *told.grievances[:1]))


def _no_data(words: Words) -> Brief:
    told = _asked("no-data-contested", words, "no-data")
    note = "A search by face on the controller’s own site shows two images of the data subject"
    first = replace(told.demands[0], status="missing", note=note)
    return replace(told, demands=(first, *told.demands[1:]))


def _complained(kind: str, words: Words, authority: Authority, **more: Any) -> Brief:
    """A complaint of 12 March 2026; three months later it is 15 June, a Monday after a Friday's 12th."""
    told = _answered(kind, words, given=bool(more.pop("given", False)))
    lodged = ComplaintLodged(
        authority=authority.name,
        reference="C-2026/118",
        on=date(2026, 3, 12),
        acknowledged_on=more.pop("acknowledged_on", None),
    )
    return replace(told, today=date(2026, 6, 15), authority=authority, complaint=lodged, grievances=(), **more)


def _court(words: Words) -> Brief:
    told = _answered("judicial-notice", words, given=False)
    notice = NoticeGiven(
        term_days=8, sent_on=date(2026, 2, 25), received_on=date(2026, 2, 27), last_day=date(2026, 3, 9), channels=()
    )
    return replace(told, today=date(2026, 3, 20), notice=notice, term_days=15)


def _identity(words: Words, piece: str, *, oneself: bool) -> Brief:
    base = (own if oneself else brief)("identity-reply", words)
    return replace(
        base,
        identity=IdentitySoFar(
            demanded=(IdentityPiece(item=words.label("piece", "id-copy"), on=ASKED, id="id-copy"),),
            given=(IdentityPiece(item=words.label("piece", piece), on=date(2026, 2, 3), id=piece),),
            refused=(),
            known=base.id_data,
        ),
    )


def _power(kind: str, words: Words, power: MandateKind) -> Brief:
    """Who acts under another kind of power; a parent's ends on the day before the eighteenth birthday."""
    base = brief("mandate", words)
    agent = replace(AGENT, organisation="", commercial=False) if power not in {"art80", "agent"} else AGENT
    agent = replace(AGENT, organisation="Lumen Rights e.V.", commercial=False) if power == "art80" else agent
    until = {"parent": date(2031, 4, 1)}.get(power)
    mandate = replace(MANDATE, kind=power, agent=agent, until=until, may_receive_data=power != "agent")
    return replace(base, kind=kind, agent=agent, mandate=mandate, sender=agent, question=None)


def _doubted(words: Words, power: MandateKind) -> Brief:
    told = _asked("mandate-doubted", words, "mandate-doubt")
    acting = _power("mandate-doubted", words, power)
    return replace(told, agent=acting.agent, sender=acting.sender, mandate=acting.mandate)


def _chaser(words: Words, *, oneself: bool) -> Brief:
    told = (own if oneself else brief)("reminder", words)
    reply = ReplyDue(strict=DUE, safe=None, late_days=0)
    return replace(told, kind="receipt-chaser", today=date(2026, 2, 5), question=None, reply=reply, grievances=())


SITUATIONS: dict[str, Callable[[Words], Brief]] = {
    "clarification-reply.large": lambda w: _asked("clarification-reply", w, "clarification", large=True),
    "clarification-reply.small": lambda w: _asked("clarification-reply", w, "clarification", oneself=True, large=False),
    "clarification-reply.unsaid": lambda w: _asked("clarification-reply", w, "clarification"),
    "extension-contested.late": lambda w: _extension(w, "extension-late", today=date(2026, 2, 25), reasons=True),
    "extension-contested.no-reasons": lambda w: _extension(w, reasons=False, until=date(2026, 4, 22)),
    "extension-contested.never-reasons": lambda w: _extension(
        w, "extension-no-reasons", today=date(2026, 2, 25), reasons=False
    ),
    "extension-contested.not-needed": lambda w: _extension(
        w, reasons=True, because="The data are one account and one portrait."
    ),
    "fee-contested": lambda w: _contested(
        "fee-contested", w, "fee", "fee", amount="25 EUR", because="It is the first request."
    ),
    "portal-refused": lambda w: _contested(
        "portal-refused", w, "portal", "portal-only", oneself=True, because="The form asks for a telephone number."
    ),
    "mandate-doubted.agent": lambda w: _doubted(w, "agent"),
    "mandate-doubted.parent": lambda w: _doubted(w, "parent"),
    "wrong-contact": lambda w: _asked("wrong-contact", w, "wrong-contact"),
    "other-language": lambda w: _asked("other-language", w, "other-language", oneself=True),
    "no-data-contested": _no_data,
    "third-party-data": _third_party,
    "receipt-chaser.agent": lambda w: _chaser(w, oneself=False),
    "receipt-chaser.own": lambda w: _chaser(w, oneself=True),
    "identity-reply.account": lambda w: _identity(w, "redacted-copy", oneself=True),
    "identity-reply.photo": lambda w: _identity(w, "selfie", oneself=False),
    "authority-news.silent": lambda w: _complained("authority-news", w, AUTHORITY),
    "authority-news.acknowledged": lambda w: _complained(
        "authority-news",
        w,
        IRISH,
        acknowledged_on=date(2026, 3, 16),
        on_behalf=False,
        agent=None,
        mandate=None,
        sender=NINA,
    ),
    "complaint-withdrawal.plain": lambda w: _complained("complaint-withdrawal", w, AUTHORITY),
    "complaint-withdrawal.satisfied": lambda w: _complained("complaint-withdrawal", w, IRISH, given=True),
    "complaint.irish": lambda w: replace(own("complaint", w), authority=IRISH),
    "judicial-notice": _court,
    "closing": lambda w: _answered("closing", w),
    "mandate.art80": lambda w: _power("mandate", w, "art80"),
    "mandate.lawyer": lambda w: _power("mandate", w, "lawyer"),
    "mandate-revocation": lambda w: _power("mandate-revocation", w, "agent"),
    "capacity.parent": lambda w: _power("capacity", w, "parent"),
    "capacity.guardian": lambda w: _power("capacity", w, "guardian"),
    "capacity.heir": lambda w: _power("capacity", w, "heir"),
}
# Their English is kept beside the requests, in `golden_text`.
ELSEWHERE_IN_ENGLISH: dict[str, Callable[[Words], Brief]] = {
    "identity-reply.agent": lambda w: brief("identity-reply", w),
    "incomplete.agent": lambda w: brief("incomplete", w),
    "reminder.agent": lambda w: brief("reminder", w),
    "reminder.own": lambda w: own("reminder", w),
    "notice.agent": lambda w: brief("notice", w),
    "complaint.agent": lambda w: brief("complaint", w),
    "mandate.agent": lambda w: brief("mandate", w),
}
