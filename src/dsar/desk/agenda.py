"""What a case worker looks at each morning: which cases, how many of each, and what else waits beside them."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any, NamedTuple

from dsar.desk.errors import UnknownItemError
from dsar.desk.lists import counts, current, page
from dsar.vault.lists import OVERDUE, WHO, Choice

if TYPE_CHECKING:
    from collections.abc import Mapping

    from dsar.desk.office import Desk

SOON = timedelta(days=60)
"""How long before its end a mandate is told of."""
SLOW = timedelta(days=21)
"""After how long a mandate that was sent to be signed, and did not come back, is told of."""
ME, NOBODY = "me", "none"
Said = dict[str, Any]
"""Which cases, as the command line and a saved view say it: the names are those of the options."""


class Page(NamedTuple):
    """A page of the agenda: its rows, how many cases there are in all, and how they stand (see `lists.counts`)."""

    rows: list[dict[str, Any]]
    total: int
    numbers: dict[tuple[str, str], int]

    @property
    def overdue(self) -> int:
        """How many are overdue."""
        return self.numbers.get(("", OVERDUE), 0)

    def of(self, who: str) -> dict[str, int]:
        """How many wait for somebody, by the next step; the most first."""
        found = {step: count for (one, step), count in self.numbers.items() if one == who}
        return dict(sorted(found.items(), key=lambda item: (-item[1], item[0])))


def given(said: Mapping[str, Any]) -> Said:
    """What was said, without the options that were left away."""
    return {key: value for key, value in said.items() if value is not None and value is not False and value != ""}


def chosen(desk: Desk, said: Mapping[str, Any]) -> Choice:
    """The cases that were asked for.

    Raises:
        UnknownItemError: nobody is called so, or no step.
    """
    who, owner, today = said.get("who"), said.get("owner"), desk.today.toordinal()
    if who and who not in WHO:
        raise UnknownItemError(name=who, known=", ".join(WHO))
    step = (said.get("step") or "").strip().replace(" ", "-")
    if step and step not in (known := steps(desk)):
        raise UnknownItemError(name=step, known=", ".join(known))
    within, days = said.get("due_within"), said.get("days")
    return Choice(
        owner=None if not owner else {ME: desk.by, NOBODY: ""}.get(owner, owner),
        campaign=(said.get("campaign") or "").strip().upper(),
        controller=said.get("controller") or "",
        subject=said.get("subject") or "",
        ranks=(WHO.index(who),) * 2 if who else None,
        step=step,
        overdue=bool(said.get("overdue")),
        within=today + within if within is not None else None,
        mine_or_within=today + days if days is not None else None,
    )


def steps(desk: Desk) -> tuple[str, ...]:
    """The ids of the steps that a case may have next."""
    from dsar.desk.wording import speaker  # noqa: PLC0415 - only where a step is named

    return tuple(sorted(name for name in speaker(desk, "en").section("next") if "." not in name))


def unknown(desk: Desk, said: Mapping[str, Any]) -> tuple[str, ...]:
    """What explains that nothing was found: an owner who has no case, a campaign that has none."""
    kept, owner, found = current(desk), said.get("owner") or "", []
    if owner not in {"", ME, NOBODY, *(owners := kept.owners())}:
        found.append(f"“{owner}” has no case; the owners are: {', '.join(owners) or 'nobody'}.")
    campaign = (said.get("campaign") or "").strip().upper()
    if campaign and not kept.refs(campaign=campaign):
        found.append(f"There is no case of a campaign {campaign} (dsar campaign list).")
    return tuple(found)


def leaf(desk: Desk, said: Mapping[str, Any], *, offset: int, limit: int) -> Page:
    """One page for a person to read: cases that are over only where nothing else is left, or they were asked for."""
    choice = chosen(desk, said)
    numbers = counts(desk, choice)
    open_ = sum(count for (who, _), count in numbers.items() if who not in {"", WHO[-1]})
    closed = sum(count for (who, _), count in numbers.items() if who == WHO[-1])
    if choice.ranks is None and open_:
        # where nothing is ours to do, what will be ours one day is not looked through
        first = min(WHO.index(who) for who, _ in numbers if who)
        choice, closed = choice._replace(ranks=(first, len(WHO) - 2)), 0
    rows = page(desk, choice, offset=offset, limit=limit)
    return Page(rows=rows, total=open_ + closed, numbers=numbers)


def beside(desk: Desk) -> dict[str, int]:
    """What waits and is in no case: messages, mandates, people and cases kept long enough; each is one look."""
    kept, today = current(desk), desk.today
    said = desk.vault.record("setting", "retention")
    old = 0
    if said is not None:
        from dsar.desk.dates import months_before  # noqa: PLC0415 - only where a time was chosen

        old = len(kept.closed_before(months_before(today, int(str(said["months"]))).toordinal()))
    return {
        "inbox": desk.vault.waiting(),
        "mandates_ending": kept.mandates_ending(today, today + SOON),
        "mandates_unsigned": kept.mandates_unsigned(today - SLOW),
        "people_to_forget": kept.people_kept_until(today),
        "cases_to_forget": old,
    }
