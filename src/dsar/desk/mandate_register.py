"""The register of the mandates: which there are, where each stands, which one holds, and which want attention."""

from __future__ import annotations

import secrets
from datetime import date
from typing import TYPE_CHECKING, Any

from dsar.core.mandate_states import EXPIRING, UNSIGNED, state, why_not
from dsar.core.parties import Mandate
from dsar.core.rights import QUESTIONS
from dsar.desk.errors import NoSuchMandateError
from dsar.desk.people import SUBJECT
from dsar.vault.wire import from_plain, to_plain

if TYPE_CHECKING:
    from collections.abc import Collection

    from dsar.core.mandate_states import MandateState
    from dsar.desk.office import Desk

MANDATE = "mandate"
ALPHABET = "23456789ABCDEFGHJKMNPQRSTVWXYZ"
"""Digits and letters that are not mistaken for each other."""
_SPELLED = 5


def get(desk: Desk, id: str) -> Mandate:  # noqa: A002 - its own name
    """The mandate with that id."""
    found = desk.vault.record(MANDATE, id.upper())
    if found is None:
        raise NoSuchMandateError(id=id)
    return from_plain(found, Mandate)


def open_under(desk: Desk, mandate: Mandate) -> tuple[str, ...]:
    """The open cases that stand on a mandate, by reference."""
    from dsar.desk.lists import refs  # noqa: PLC0415 - the lists read the register
    from dsar.desk.office import read  # noqa: PLC0415 - as above

    return tuple(ref for ref in refs(desk, mandate=mandate.id) if read(desk, ref).case.closed is None)


def register(desk: Desk) -> tuple[Mandate, ...]:
    """All mandates, by id."""
    return tuple(from_plain(body, Mandate) for _, body in sorted(desk.vault.records(MANDATE).items()))


def of_subject(desk: Desk, subject: str) -> tuple[Mandate, ...]:
    """The mandates of one person (by the id of the person), by id."""
    return tuple(from_plain(body, Mandate) for body in desk.vault.records(MANDATE, subject=subject).values())


def store(desk: Desk, mandate: Mandate) -> None:
    """Keep a mandate in the register."""
    desk.vault.put_record(MANDATE, mandate.id, to_plain(mandate))


def free_id(desk: Desk) -> str:
    """`M-` and five characters that cannot be misread, which no mandate has."""
    while True:
        drawn = "M-" + "".join(secrets.choice(ALPHABET) for _ in range(_SPELLED))
        if desk.vault.record(MANDATE, drawn) is None:
            return drawn


def best(
    desk: Desk, subject_id: str, controller_name: str, rights: Collection[str], on: date
) -> tuple[Mandate | None, str]:
    """The mandate under which these rights can be exercised against that controller on a day; or why there is none.

    Of several that hold, the one that lasts longest, then the one that was signed last.
    """
    asked = [right for right in rights if right != QUESTIONS]
    held = of_subject(desk, subject_id)
    reasons = {one.id: why_not(one, controller=controller_name, rights=asked, on=on) for one in held}
    holding = [one for one in held if not reasons[one.id]]
    if holding:
        return max(holding, key=lambda one: (one.until or date.max, one.signed_on or date.min, one.id)), ""
    if not held:
        return None, "there is no mandate"
    # the mandate that lacks least says most
    named = [one for one in held if one.names(controller_name)]
    covering = [one for one in named if set(asked) <= set(one.rights)]
    nearest = max(covering or named or held, key=lambda one: (one.drafted_on or date.min, one.id))
    return None, f"{nearest.id}: {reasons[nearest.id]}"


def listed(
    desk: Desk, *, states: Collection[str] = (), subjects: Collection[str] | None = None, controller: str = ""
) -> list[tuple[Mandate, MandateState]]:
    """The mandates in these states, of these people, that name a controller whose name holds that text."""
    wanted = controller.casefold()
    found = []
    for one in register(desk):
        where = state(one, desk.today)
        if states and where not in states:
            continue
        if subjects is not None and one.subject not in subjects:
            continue
        if wanted and not any(wanted in name.casefold() for name in (one.controller, *one.also)):
            continue
        found.append((one, where))
    return found


def due(desk: Desk) -> list[dict[str, Any]]:
    """The mandates that want attention, the soonest first: they end soon, or went out and did not come back signed.

    One that another mandate of the same person outlasts wants none. Rows: `id`, `subject`, `subject_name`,
    `controller`, `state` (`expiring`, `sent`), `until` (ISO date or None), `command`.
    """
    today = desk.today
    soon, before = (today + EXPIRING).isoformat(), (today - UNSIGNED).isoformat()
    rows = []
    for body in desk.vault.records(MANDATE).values():
        until, sent = body["until"], body.get("sent_on")
        ends = body["signed_on"] and until and today.isoformat() <= str(until) <= soon
        waits = not body["signed_on"] and sent and str(sent) < before
        # text is compared first: most of ten thousand mandates want nothing
        if (ends or waits) and (row := _row(desk, from_plain(body, Mandate))) is not None:
            rows.append(row)
    return sorted(rows, key=lambda row: (row["until"] or "9999", row["id"]))


def _row(desk: Desk, one: Mandate) -> dict[str, Any] | None:
    where = state(one, desk.today)
    if where not in {"expiring", "sent"} or any(_outlasts(desk, other, one) for other in of_subject(desk, one.subject)):
        return None
    person = desk.vault.record(SUBJECT, one.subject)
    rights = " ".join(f"--right {right}" for right in one.rights)
    again = f'dsar mandate new --for {one.subject} --controller "{one.controller}" {rights}'
    return {
        "id": one.id,
        "subject": one.subject,
        "subject_name": str(person["name"]) if person else one.subject,
        "controller": one.controller,
        "state": where,
        "until": one.until.isoformat() if one.until else None,
        "command": again if where == "expiring" else f"dsar mandate signed {one.id} FILE --on DATE",
    }


def _outlasts(desk: Desk, other: Mandate, one: Mandate) -> bool:
    """Whether another mandate, signed, does all that this one does, for longer."""
    signed = other.id != one.id and state(other, desk.today) in {"signed", "expiring"}
    names = all(other.names(name) for name in (one.controller, *one.also))
    longer = (other.until or date.max) > (one.until or desk.today)
    return signed and names and longer and set(one.rights) <= set(other.rights)
