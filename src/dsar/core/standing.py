"""Where a case stands on a day: who must act, the outcome, and what the law lets us do next."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from dsar.core.bounces import again
from dsar.core.demands import asked
from dsar.core.limits import ASKED_FOR, limits
from dsar.core.meanings import Answer, Bounce, Clarification, Fee, IdentityDemand, MandateDoubt, NoData, Refusal
from dsar.core.next_step import Next, Who
from dsar.core.oddities import oddities
from dsar.core.receipts import receipt
from dsar.core.replying import issued, judging, replies
from dsar.core.rights import clocked

if TYPE_CHECKING:
    from datetime import date

    from dsar.core.case import Case, Incoming, Outgoing
    from dsar.core.deadlines import Deadline
    from dsar.core.events import Outcome

# until when an authority owes news of a complaint, under each law
NEWS = ("art-78-2", "led-53-2", "eudpr-63-3", "uk-166")


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """Who must act, the outcome so far, and the next steps, the most urgent first."""

    who: Who
    outcome: Outcome
    steps: tuple[Next, ...]


def standing(
    case: Case, due: tuple[Deadline, ...], drafts: tuple[str, ...], today: date, *, revoked: date | None = None
) -> Standing:
    """Read the state of a case. `drafts` are the kinds of letter that lie drafted and not issued.

    `revoked` is the day on which the data subject took the mandate back. A closed case still shows what comes in.
    """
    if case.closed is not None:
        left = tuple(_unread(case))
        return Standing(who="us" if left else "nobody", outcome=case.closed.outcome, steps=left)
    if revoked is not None and revoked <= today:
        # what was begun in that name ends here: neither a letter nor a question of theirs is ours to answer any more
        return Standing(who="us", outcome="open", steps=(_revoked(case, revoked), *_unread(case)))
    steps = (
        *_odd(case),
        *_unfinished(case, drafts),
        *limits(case, due, today),
        *_course(case, due, today),
        *replies(case, due, today),
    )
    who: Who = steps[0].who if steps else "controller"
    return Standing(who=who, outcome="open", steps=steps)


def open_questions(case: Case) -> tuple[Incoming, ...]:
    """Questions of theirs that wait for our answer, payment or refusal."""
    return tuple(
        message
        for message in case.meaning(IdentityDemand, Clarification, Fee, MandateDoubt)
        if message.replied is None
        and message.paid is None
        and not message.supplied
        and not message.refused
        and message.judged is None
    )


def unsent(case: Case) -> tuple[Outgoing, ...]:
    """Letters that were issued and never left; a complaint leaves when it is lodged, however it was sent.

    One that was issued again since is superseded and nags no more.
    """
    lodged = bool(case.escalations)
    newest = {letter.fact.kind: letter.n for letter in sorted(case.letters, key=lambda letter: letter.n)}
    return tuple(
        letter
        for letter in case.letters
        if newest[letter.fact.kind] == letter.n
        and (not lodged if letter.fact.kind == "complaint" else not letter.sendings)
    )


def unreviewed(case: Case) -> tuple[Incoming, ...]:
    """Answers, refusals and "no data" that nobody has read against the request."""
    return tuple(message for message in case.meaning(Answer, Refusal, NoData) if message.review is None)


def _odd(case: Case) -> list[Next]:
    return [
        Next(id="odd", who="us", command=f"confirm {case.ref} {odd.n}", values=(("n", odd.n),))
        for odd in oddities(case)
        if not odd.confirmed
    ]


def _unfinished(case: Case, drafts: tuple[str, ...]) -> list[Next]:
    """What lies half done on our desk: this nags before anything else."""
    ref = case.ref
    steps = _unread(case)
    steps += [
        Next(id="bounced", who="us", command=again(case), values=(("n", message.n),))
        for message in case.meaning(Bounce)
        if not _sent_since(case, message.n)
    ]
    for letter in unsent(case):
        step, command = _sending(letter, ref)
        steps.append(Next(id=step, who="us", command=command, values=(("n", letter.n),)))
    steps += [Next(id="issue", who="us", command=f"letter {kind} {ref} --issue") for kind in drafts]
    for message in open_questions(case):
        # a fee that is not owed is contested before anybody pays it
        steps += judging(case, message)
        steps.append(Next(id="question", who="us", command=_answer_to(case, message), values=_read(message)))
    steps += [
        Next(id="review", who="us", command=f"review {ref} --answer {message.n}", values=_read(message))
        for message in unreviewed(case)
    ]
    return steps


def _answer_to(case: Case, message: Incoming) -> str:
    """The command by which a question of theirs is answered."""
    match message.meaning:
        case Fee():
            return f"paid {case.ref} --to {message.n}"
        case Clarification():
            return f"letter clarification-reply {case.ref}"
        case MandateDoubt():
            return f"letter mandate-doubted {case.ref}"
        case _:
            return f"letter identity-reply {case.ref}"


def _read(message: Incoming) -> tuple[tuple[str, int | date], ...]:
    """Which message a step speaks of."""
    return ("n", message.n), ("day", message.fact.on)


def _unread(case: Case) -> list[Next]:
    return [
        Next(id="classify", who="us", command=f"classify {case.ref} {message.n} KIND", values=(("n", message.n),))
        for message in case.messages
        if message.meaning is None
    ]


def _revoked(case: Case, day: date) -> Next:
    return Next(id="revoked", who="us", command=f"close {case.ref} --outcome OUTCOME", values=(("day", day),))


def _sending(letter: Outgoing, ref: str) -> tuple[str, str]:
    """The step and the command by which an issued letter leaves: a complaint is lodged, any other is sent."""
    if letter.fact.kind == "complaint":
        return "lodge", f"complaint {ref} --authority ID --on DATE"
    return "send", f"sent {ref} --letter {letter.n} --via CHANNEL"


def _sent_since(case: Case, n: int) -> bool:
    """Whether anything was sent after entry `n` was written; the day cannot tell, for a bounce comes within minutes."""
    return any(sent.n > n for letter in case.letters for sent in letter.sendings)


def _course(case: Case, due: tuple[Deadline, ...], today: date) -> list[Next]:
    """The next step of the case's own course: request, wait, remind, notice, complaint, authority, close."""
    ref = case.ref
    if case.escalations:
        return _with_authority(case, due, today)
    if case.request is None:
        return [Next(id="request", who="us", command=f"letter {case.request_kind} {ref} --issue")]
    if unsent(case):
        return []
    reply = next((deadline for deadline in due if deadline.id == "reply"), None)
    if reply is None or (reply.begins is None and reply.met is None):
        return [_arrival(case, case.request, "delivered")]
    if reply.met is not None and not unreviewed(case):
        return _answered(case, due, today)
    if reply.met is not None:
        return []
    return _waiting(case, reply, due, today)


def _arrival(case: Case, letter: Outgoing, name: str) -> Next:
    """What a letter that left waits for: the record of its delivery, or another sending once each of them failed."""
    last = [sending.deliveries[-1][1].basis if sending.deliveries else None for sending in letter.sendings]
    if last and all(basis in {"unclaimed", "returned"} for basis in last):
        command = f"{again(case)} --letter {letter.n}"
        return Next(id="send-again", who="us", command=command, values=(("n", letter.n),))
    return Next(id=name, who="us", command=f"delivered {case.ref} --on DATE --proof FILE")


def _waiting(case: Case, reply: Deadline, due: tuple[Deadline, ...], today: date) -> list[Next]:
    ref = case.ref
    notice = [deadline for deadline in due if deadline.id.startswith("notice")]
    if notice:
        return [_after_notice(case, notice[-1], today)]
    if reply.strict is None:
        asked_for = next((deadline.strict for deadline in due if deadline.id == ASKED_FOR), None)
        if asked_for is not None and today <= asked_for:
            values = _day(asked_for)
            return [Next(id="wait-asked", who="controller", command=f"why {ref}", values=values, due=asked_for)]
        if not clocked(case.opened.rights):
            return [Next(id="wait-unset", who="controller", command=f"why {ref}")]
        return [Next(id="wait-undated", who="controller", command=f"why {ref}")]
    if today <= reply.strict:
        if case.request is not None and receipt(case, case.request).safe is None:
            command = f"delivered {ref} --on DATE --proof FILE"
            values = _day(reply.strict)
            return [Next(id="wait-unproved", who="controller", command=command, values=values, due=reply.strict)]
        return [Next(id="wait", who="controller", command=f"why {ref}", values=_day(reply.strict), due=reply.strict)]
    remind = Next(id="remind", who="us", command=f"letter reminder {ref}", values=_day(reply.strict))
    if reply.safe is None:
        unjudged = [
            Next(id="judge", who="us", command=f"identity {ref} --to {message.n} --judge unjustified --because TEXT")
            for message in case.meaning(IdentityDemand)
            if message.judged is None and (message.refused or message.supplied or message.replied)
        ]
        step = Next(id="notice-undated", who="us", command=f"letter notice {ref}", against=(("no-safe-date", ()),))
        return [*unjudged, remind, step]
    if today <= reply.safe:
        against = (("too-early", _day(reply.safe)),)
        return [remind, Next(id="notice-early", who="us", command=f"letter notice {ref}", against=against)]
    instead = Next(id="remind-late", who="us", command=f"letter reminder {ref}")
    return [Next(id="notice", who="us", command=f"letter notice {ref}", values=_day(reply.safe)), instead]


def _after_notice(case: Case, notice: Deadline, today: date) -> Next:
    ref = case.ref
    if notice.safe is None:
        if notice.strict is None:
            return _arrival(case, case.notices[-1], "delivered-notice")
        return Next(id="prove-notice", who="us", command=f"delivered {ref} --on DATE --proof FILE")
    if today <= notice.safe:
        return Next(id="wait-notice", who="controller", command=f"why {ref}", values=_day(notice.safe), due=notice.safe)
    return Next(id="complain", who="us", command=f"letter complaint {ref} --authority ID", values=_day(notice.safe))


def _answered(case: Case, due: tuple[Deadline, ...], today: date) -> list[Next]:
    ref = case.ref
    lacking = [item for item in asked(case) if item.lacking]
    unread = sum(1 for item in asked(case) if item.status is None)
    rest = [Next(id="review-rest", who="us", command=f"review {ref}", values=(("count", unread),))] if unread else []
    faults = any(message.review is not None and message.review[1].faults for message in case.messages)
    if not lacking and not faults:
        nothing = case.meaning(Answer, Refusal, NoData)[-1:] == case.meaning(NoData)[-1:]
        outcome = "no-data" if nothing else "satisfied"
        return rest or [Next(id="close", who="us", command=f"close {ref} --outcome {outcome}")]
    return [*_lacking(case, due, today, lacking=len(lacking)), *rest]


def _lacking(case: Case, due: tuple[Deadline, ...], today: date, *, lacking: int) -> list[Next]:
    """What may be done about an answer that was read and found wanting."""
    ref = case.ref
    notice = [deadline for deadline in due if deadline.id.startswith("notice")]
    if notice:
        step = _after_notice(case, notice[-1], today)
        complain = Next(id="complain-incomplete", who="us", command=f"letter complaint {ref} --authority ID")
        return [complain] if step.id in {"complain", "prove-notice"} or notice[-1].met is not None else [step, complain]
    reviewed = max(message.fact.on for message in case.messages if message.review is not None)
    followed = any(letter.fact.kind == "incomplete" and letter.fact.on >= reviewed for letter in case.letters)
    if followed:
        wait = Next(id="wait-incomplete", who="controller", command=f"show {ref}")
        return [wait, Next(id="notice-incomplete", who="us", command=f"letter notice {ref}")]
    return [
        Next(id="incomplete", who="us", command=f"letter incomplete {ref}", values=(("count", lacking),)),
        Next(id="notice-incomplete", who="us", command=f"letter notice {ref}"),
        Next(id="complain-incomplete", who="us", command=f"letter complaint {ref} --authority ID"),
    ]


def _with_authority(case: Case, due: tuple[Deadline, ...], today: date) -> list[Next]:
    ref = case.ref
    if any(fact.act in {"decision", "closure"} for _, fact in case.authority_acts):
        return [Next(id="close", who="us", command=f"close {ref} --outcome OUTCOME")]
    news = next((deadline for name in NEWS for deadline in due if deadline.id == name), None)
    if news is not None and news.safe is not None and today > news.safe and news.met is None:
        if issued(case, "authority-news", news.safe):
            return [Next(id="authority-remedy", who="us", command=f"why {ref}", values=_day(news.safe))]
        return [Next(id="ask-authority", who="us", command=f"letter authority-news {ref}", values=_day(news.safe))]
    day = news.safe if news is not None else None
    name = "wait-authority" if day is not None else "wait-authority-undated"
    return [Next(id=name, who="authority", command=f"show {ref}", values=_day(day), due=day)]


def _day(day: date | None) -> tuple[tuple[str, date], ...]:
    return (("day", day),) if day is not None else ()
