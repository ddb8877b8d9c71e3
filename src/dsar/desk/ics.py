"""The agenda as a calendar file: whole days, no names of people, so that a shared calendar tells nobody's business."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING, Any

from dsar.desk import wording

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dsar.desk.office import Desk

_WHO = {"us": "you", "controller": "they", "authority": "the authority"}


def calendar(desk: Desk, rows: Sequence[dict[str, Any]]) -> bytes:
    """Every deadline that is still open on the desk's day, as RFC 5545; the same agenda gives the same bytes."""
    import icalendar  # noqa: PLC0415 - heavy, loaded on use

    words = wording.speaker(desk, "en")
    made = icalendar.Calendar()
    made.add("prodid", "-//dsar//agenda//EN")
    made.add("version", "2.0")
    for row in rows:
        for deadline in row["deadlines"]:
            if deadline["met"] is None and row["who"] != "nobody":
                for reading, day in _days(deadline):
                    made.add_component(_event(desk, words.say("steps", _title(deadline)), row, deadline, reading, day))
    return bytes(made.to_ical())


def _title(deadline: dict[str, Any]) -> str:
    return f"deadline.{'notice' if deadline['id'].startswith('notice') else deadline['id']}"


def _days(deadline: dict[str, Any]) -> list[tuple[str, date]]:
    """The one day where both readings agree, else each with its name."""
    strict, safe = deadline["strict"], deadline["safe"]
    if strict == safe:
        return [("", date.fromisoformat(strict))] if strict else []
    found = [("earliest reading", strict), ("safe to allege after", safe)]
    return [(reading, date.fromisoformat(day)) for reading, day in found if day]


def _event(  # noqa: PLR0917 - the parts of one line
    desk: Desk, title: str, row: dict[str, Any], deadline: dict[str, Any], reading: str, day: date
) -> Any:  # noqa: ANN401 - icalendar's own
    import icalendar  # noqa: PLC0415 - heavy, loaded on use

    event = icalendar.Event()
    event.add("uid", f"{row['ref']}-{deadline['id']}-{reading.replace(' ', '-') or 'last'}@dsar")
    event.add("dtstamp", datetime(desk.today.year, desk.today.month, desk.today.day, tzinfo=UTC))
    event.add("dtstart", day)
    event.add("dtend", day + timedelta(days=1))
    shown = f" ({reading})" if reading else ""
    event.add("summary", f"{row['ref']}: {title}{shown}")
    event.add("description", f"For: {_WHO[deadline['for']]}. dsar why {row['ref']}")
    return event
