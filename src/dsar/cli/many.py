"""One act in many cases: what is asked before, what is told meanwhile, and how it ends."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dsar.cli import ask, out
from dsar.cli.session import at_desk

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date

    from dsar.cli.options import Options
    from dsar.core.meanings import Meaning

_FEW = 5


class WhichCasesError(ask.MissingError):
    """Cases are named one by one and by the hundred at once."""

    sentence = "Name the cases, or a --campaign, and not both."


def telling(options: Options) -> Callable[[int, int], None]:
    """What says to a person how far a run has come."""
    if options.json or not out.can_ask():
        return lambda _done, _all: None
    return lambda done, every: out.tell(f"{done:,} of {every:,} …")


def names(found: tuple[str, ...]) -> str:
    """Some names, and how many more."""
    more = f" and {len(found) - _FEW} more" if len(found) > _FEW else ""
    return ", ".join(found[:_FEW]) + more


def assign_message(
    options: Options,
    n: int,
    campaign: str,
    *,
    controller: str,
    all_open: bool,
    kinds: tuple[Meaning, ...],
    on: date | None,
) -> None:
    """Enter one message into the cases of a campaign, once the user has agreed."""
    from dsar.desk import inbox_many  # noqa: PLC0415 - loaded with the vault

    with at_desk(options) as desk:
        found = inbox_many.aim(desk, n, campaign.strip().upper(), controller=controller, all_open=all_open)
        whose = names(found.controllers)
        there = f" ({found.there:,} hold it already)" if found.there else ""
        if found.refs:
            ask.confirm(options, f"Enter message {n} into {out.many(len(found.refs), 'case')} against {whose}{there}?")
        ran, warnings = inbox_many.assign(desk, found, kinds=kinds, on=on, told=telling(options))
    if options.json:
        said = {"message": n, "entered": ran.done, "there": found.there + ran.known}
        out.emit({**said, "controllers": list(found.controllers), "warnings": list(warnings)})
        return
    entered = f"Message {n} was entered into {out.many(ran.done, 'case')} against {whose}{there}"
    out.say(f"{entered.removesuffix('.')}.")  # “Inc.” brings its own
    out.tell(*warnings)
    out.say("", "Next: dsar agenda" if kinds else f"Next: dsar classify KIND --message {n} --campaign {campaign}")


def classify_message(options: Options, n: int, name: str, kind: Meaning, *, campaign: str, again: bool) -> None:
    """Say once what a message is that was entered into many cases; asked before, with the numbers."""
    from dsar.desk import inbox_many  # noqa: PLC0415 - loaded with the vault

    with at_desk(options) as desk:
        found = inbox_many.standing(desk, n, kind, campaign.strip().upper())
        refs = (*found.fresh, *found.other) if again else found.fresh
        same = f" It is that already in {found.same:,}." if found.same else ""
        other = f" In {len(found.other):,} somebody said that it is something else" if found.other else ""
        left = other + (": that is changed." if again else ", which stays (--again changes it).") if other else ""
        if refs:
            ask.confirm(options, f"Message {n} is: {name}, in {out.many(len(refs), 'case')}?{same}{left}")
        ran = inbox_many.classify(desk, n, kind, refs, telling(options))
    if options.json:
        other_ = 0 if again else len(found.other)
        out.emit({"message": n, "kind": name, "classified": ran.done, "same": found.same + ran.known, "other": other_})
        return
    out.say(f"Message {n} is: {name}, in {out.many(ran.done, 'case')}.{same}{left}", "", "Next: dsar agenda")


def hand_over(options: Options, *, campaign: str, owner: str, to: str, note: str) -> None:
    """Give the open cases of somebody, or of a campaign, to somebody else, once the user has agreed."""
    from dsar.desk import handing  # noqa: PLC0415 - loaded with the vault
    from dsar.desk.agenda import ME, NOBODY  # noqa: PLC0415 - as above

    taker = ask.need(options, to, "who takes over", "--to NAME")
    with at_desk(options) as desk:
        whose = None if not owner else {ME: desk.by, NOBODY: ""}.get(owner, owner)
        refs = handing.cases_of(desk, owner=whose, campaign=campaign.strip().upper())
        taker = desk.by if taker == ME else taker
        ask.confirm(options, f"Hand {out.many(len(refs), 'open case')} over to {out.line(taker)}?")
        ran = handing.hand_over(desk, refs, taker, note, telling(options))
    if options.json:
        out.emit({"to": taker, "assigned": ran.done, "theirs_already": ran.known})
        return
    known = f" Theirs already: {ran.known:,}." if ran.known else ""
    out.say(
        f"Handed over to {out.line(taker)}: {out.many(ran.done, 'case')}.{known}", "", "Next: dsar agenda --owner NAME"
    )
