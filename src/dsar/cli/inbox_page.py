"""A message of the register as it is shown: a line of the list, its own page, and the JSON of both."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from dsar.cli import out
from dsar.cli.seeming import seems, seems_lines

if TYPE_CHECKING:
    from dsar.desk.inbox import Shown
    from dsar.vault.mailbox import Held

_BODY_LINES = 60


def row(held: Held) -> dict[str, Any]:
    """A message of the register as `--json` shows it."""
    came = held.arrival
    return {
        "n": held.id,
        "state": held.state,
        "why": held.why,
        "from": came.sender,
        "to": list(came.to),
        "subject": came.subject,
        "at": came.at or None,
        "name": came.name,
        "media": came.media,
        "size": came.size,
        "sha256": came.sha256,
        "source": came.source,
        "automatic": came.automatic,
        "bounce": came.bounce,
        "dead_address": came.dead or None,
        "proposals": [{"ref": one.ref, "reason": one.reason} for one in held.proposals],
        "cases": [{"ref": ref, "n": n} for ref, n in held.filed],
    }


def page(seen: Shown) -> dict[str, Any]:
    """A whole message as `--json` shows it."""
    message = seen.message
    return {
        **row(seen.held),
        "candidates": seen.candidates,
        "text": message.text if message else "",
        "attachments": [
            {"name": one.name, "media": one.media, "size": len(one.data), "sha256": one.sha256}
            for one in (message.attachments if message else ())
        ],
        "problems": list(message.problems) if message else [],
        **seems(seen.seems),
    }


def line(held: Held) -> tuple[object, ...]:
    """A message as a row of the list."""
    came = held.arrival
    if held.filed:
        cases = [ref for ref, _ in held.filed]
        seems_of = f"{cases[0]} and {len(cases) - 1} more" if len(cases) > 1 else cases[0]
    else:
        seems_of = _seems_of(held)
    kind = "bounce" if came.bounce else "automatic" if came.automatic else ""
    state = f"{held.state}, {kind}" if kind else held.state
    return (
        held.id,
        (came.at or held.taken_at)[:10],
        came.sender[:32] or "-",
        (came.subject or came.name)[:40],
        seems_of,
        state,
    )


def show(seen: Shown) -> None:
    """Print the page of a message."""
    from dsar.desk.inbox import REASONS  # noqa: PLC0415 - loaded with the vault

    held, came = seen.held, seen.held.arrival
    out.say(f"Message {held.id} ({held.state}{': ' + held.why if held.why else ''})", f"From:    {came.sender or '-'}")
    out.say(
        f"To:      {', '.join(came.to) or '-'}", f"Date:    {came.at or 'not said'}", f"Subject: {came.subject or '-'}"
    )
    out.say(f"Source:  {came.source}", f"SHA-256: {came.sha256} ({came.size} bytes)")
    out.say(*seems_lines(seen.seems))
    if seen.message is not None:
        lines = seen.message.text.splitlines()
        # their words stay theirs: a mail may say “Next: dsar …” too
        out.say("", *(f"  | {line}" for line in lines[:_BODY_LINES]))
        if len(lines) > _BODY_LINES:
            out.say(f"… ({len(lines) - _BODY_LINES} more lines)")
        for one in seen.message.attachments:
            out.say(f"Attached: {one.name or '(no name)'} ({one.media}, {len(one.data)} bytes)")
        out.tell(*seen.message.problems)
    for guess in held.proposals:
        out.say("", f"May belong to {guess.ref}: {REASONS[guess.reason]}.")
    if seen.candidates > len(held.proposals):
        more = seen.candidates - len(held.proposals)
        out.say("", f"… and to {more:,} more, {seen.candidates:,} cases in all, for the same reason as the last one.")
    for ref, n in held.filed:
        out.say("", f"Entry {n} of case {ref}.")
    out.say("", f"Next: {_next(held)}")


def _next(held: Held) -> str:
    if held.filed:
        ref, n = held.filed[0]
        return f"dsar classify {ref} {n} KIND"
    return f"{assign_next(held)}, or dsar inbox dismiss {held.id} --reason TEXT"


def assign_next(held: Held) -> str:
    """The command that enters a message into its case; where several are as likely, none of them is named."""
    from dsar.desk.inbox import likely  # noqa: PLC0415 - loaded with the vault

    case = likely(held)
    if case or not held.proposals:
        return f"dsar inbox assign {held.id} {case or 'REF'}"
    return f"dsar inbox assign {held.id} REF (or --campaign ID, if it is for all who wait)"


def _seems_of(held: Held) -> str:
    """The case that a message is likely to be of; else of how many it may be."""
    from dsar.desk.inbox import likely  # noqa: PLC0415 - loaded with the vault
    from dsar.desk.mailing import MOST_PROPOSED  # noqa: PLC0415 - as above

    case, count = likely(held), len(held.proposals)
    if case and count > 1:
        return f"{case}, else {count - 1} more"
    if case or not count:
        return case
    return f"one of {count}{' or more' if count == MOST_PROPOSED else ''}"
