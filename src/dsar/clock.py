"""The one module that asks what time it is. Everything else takes the day or the instant as an argument."""

from __future__ import annotations

from datetime import UTC, date, datetime


def today() -> date:
    """The civil date on this machine, in its own zone."""
    return date.today()  # noqa: DTZ011, TID251 - the one place that may ask


def now() -> str:
    """This instant as ISO 8601 with offset, to the second: `2026-03-05T14:02:11+01:00`."""
    return datetime.now(UTC).astimezone().isoformat(timespec="seconds")  # noqa: TID251 - the one place that may ask
