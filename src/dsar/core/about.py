"""Which entry a fact speaks of."""

from __future__ import annotations

from typing import TYPE_CHECKING, assert_never

from dsar.core.events import (
    Assigned,
    AuthorityActed,
    Classified,
    Closed,
    Confirmed,
    Corrected,
    Delivered,
    Escalated,
    IdentityRefused,
    IdentitySupplied,
    Issued,
    Judged,
    Noted,
    Opened,
    Paid,
    Received,
    Replied,
    Reviewed,
    Sent,
)

if TYPE_CHECKING:
    from dsar.core.events import Event


def about(event: Event) -> int | None:
    """The number of the entry that this fact speaks of, or None."""
    match event:
        case Sent(letter=n) | Delivered(sending=n) | Classified(message=n) | Replied(to=n) | Paid(to=n):
            return n
        case IdentityRefused(to=n) | Judged(about=n) | Reviewed(answer=n) | Confirmed(about=n) | Corrected(replaces=n):
            return n
        case IdentitySupplied(to=maybe):
            return maybe
        case Opened() | Issued() | Received() | Escalated() | AuthorityActed() | Assigned() | Noted() | Closed():
            return None
        case _:
            assert_never(event)
