"""Where a mandate stands on a day, and whether it covers what one wants to do under it."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Literal, get_args

if TYPE_CHECKING:
    from collections.abc import Collection
    from datetime import date

    from dsar.core.parties import Mandate

MandateState = Literal["drafted", "sent", "signed", "expiring", "expired", "revoked"]
STATES: tuple[str, ...] = get_args(MandateState)
LIVING = frozenset({"drafted", "sent", "signed", "expiring"})
"""A mandate that holds, or may still come to hold."""

EXPIRING = timedelta(days=60)
"""How long before its last day a mandate is to be renewed: the time in which a request is answered twice over."""

UNSIGNED = timedelta(days=21)
"""After how long one asks for the signature again; no law sets it."""


NO_COPY = "no signed copy is filed"
"""Why a mandate does not hold that a signature makes hold; whatever else stands in the way needs a new one."""


def state(mandate: Mandate, today: date) -> MandateState:
    """Where it stands: taken back counts before ended, and both before what was signed or sent."""
    if mandate.revoked_on is not None and mandate.revoked_on <= today:
        return "revoked"
    if mandate.until is not None and mandate.until < today:
        return "expired"
    if mandate.signed_on is not None and mandate.signed_on <= today:
        ending = mandate.until is not None and mandate.until - today <= EXPIRING
        return "expiring" if ending else "signed"
    return "sent" if mandate.sent_on is not None and mandate.sent_on <= today else "drafted"


def unsigned(mandate: Mandate, today: date) -> bool:
    """Whether it went out to be signed so long ago that one asks again."""
    sent = mandate.sent_on
    return sent is not None and state(mandate, today) == "sent" and today - sent > UNSIGNED


def covers(mandate: Mandate, *, controllers: Collection[str], rights: Collection[str], powers: Collection[str]) -> bool:
    """Whether its text names all of these controllers, rights and powers, whatever its state."""
    return (
        all(mandate.names(name) for name in controllers)
        and set(rights) <= set(mandate.rights)
        and set(powers) <= set(mandate.granted)
    )


def why_not(mandate: Mandate, *, controller: str, rights: Collection[str], on: date) -> str:
    """Why nothing can be asked of that controller under it on that day, in a few words; empty if it can."""
    if not mandate.names(controller):
        return f"it does not name {controller}"
    missing = [right for right in rights if right not in mandate.rights]
    if missing:
        return f"it does not cover {missing[0]}"
    if mandate.valid(on):
        return ""
    if mandate.revoked_on is not None and mandate.revoked_on <= on:
        return f"it was revoked on {mandate.revoked_on}"
    if mandate.until is not None and mandate.until < on:
        return f"it ended on {mandate.until}"
    return NO_COPY
