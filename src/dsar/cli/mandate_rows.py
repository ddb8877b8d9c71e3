"""A mandate as `--json` shows it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from datetime import date

    from dsar.core.parties import Mandate


def row(one: Mandate, today: date) -> dict[str, Any]:
    """Its scope, its days, and where it stands on a day."""
    from dsar.core.mandate_states import state  # noqa: PLC0415 - loaded with the vault

    days = {"drafted_on": one.drafted_on, "sent_on": one.sent_on, "signed_on": one.signed_on}
    more = {"until": one.until, "revoked_on": one.revoked_on}
    return {
        "id": one.id,
        "state": state(one, today),
        "kind": one.kind,
        "subject": one.subject,
        "controller": one.controller,
        "also": list(one.also),
        "rights": list(one.rights),
        "powers": list(one.granted),
        "may_receive_data": one.may_receive_data,
        **{name: day.isoformat() if day else None for name, day in (days | more).items()},
        "valid": one.valid(today),
    }
