"""Records beside the law of the core: acts, calendars kept by hand, overrides of holidays, presumed deliveries."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

from dsar.core.events import Channel


@dataclass(frozen=True, slots=True, kw_only=True)
class Act:
    """What stands before the colon of a citation key; `name` in the language of the act."""

    id: str
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Pack:
    """Controllers that one writes to together: `controllers` are ids of the directory, `title` says what they share."""

    id: str
    title: str
    controllers: tuple[str, ...]
    note: str = ""


FormValue = Literal[
    "name", "email", "address", "residence", "capacity", "mandate", "respondent", "respondent-email", "rights", "facts",
    "grievances",
    "provisions", "timeliness", "prior-contact", "evidence", "complaint-track", "hand",
]  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class FormField:
    """A field of an authority's form: `label` as the form has it, what to copy into it, its longest text."""

    label: str
    value: FormValue
    limit: int = 0
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Form:
    """The fields of an authority's complaint form, in their order, as far as they were seen."""

    id: str
    authority: str
    field: tuple[FormField, ...]
    source: str
    checked: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class CalendarDay:
    """A holiday of each year: `on` a month and a day (`05-09`), or else `easter` days from Easter Sunday."""

    name: str
    on: str = ""
    easter: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class CalendarRecord:
    """A calendar that the holidays library does not know."""

    id: str
    name: str
    day: tuple[CalendarDay, ...]
    source: str
    checked: bool
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class HolidayChange:
    """A day that is a public holiday of a place, or is none, whatever the holidays library says.

    `country` is ISO 3166-1 alpha-2 (or `EU` for its institutions), `region` ISO 3166-2 without the country; without
    one, the whole country with all its regions.
    """

    country: str
    on: date
    name: str
    change: Literal["added", "removed"]
    source: str
    checked: bool
    region: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Keeping:
    """What to keep as proof of a letter that left; `id` is the channel by which it did."""

    id: Channel
    keep: tuple[str, ...]
    cite: str
    source: str
    checked: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Reserved:
    """A rule by which acting for others may be reserved, in one country: what it says, and what to `ask` oneself."""

    id: str
    country: str
    title: str
    rule: str
    ask: str
    source: str
    checked: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Presumption:
    """A rule under which a letter counts as received on a day, though nothing proves it.

    `country`: where the addressee must be (empty: anywhere). `channels`: how the letter must have left. The day is
    `days` days after the `sending`, or after the `receipt` itself, which then somebody has to say. `custom`: no rule
    of law, but a policy or a practice. Such a receipt starts the strict clock alone, never the safe one.
    """

    id: str
    name: str
    channels: tuple[Channel, ...]
    after: Literal["sending", "receipt"]
    days: int
    cite: str
    source: str
    checked: bool
    country: str = ""
    custom: bool = False
    valid_from: date | None = None
    note: str = ""
