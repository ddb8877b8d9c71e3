"""What a study counts: the cases of a campaign, their codings, and the seats that never became a case."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from dsar.desk import campaigning
from dsar.desk.coding import codings, settled
from dsar.desk.counting import case_facts

if TYPE_CHECKING:
    from dsar.core.campaign import Campaign
    from dsar.desk.office import Desk
    from dsar.errors import DsarError
    from dsar.study.sample import Agreed, Sample


def gathered(desk: Desk, campaign: Campaign) -> Sample:
    """The cases of a campaign with what stands beside them."""
    from dsar.desk.coding_scheme import whole as scheme  # noqa: PLC0415 - reads files
    from dsar.study.sample import Sample  # noqa: PLC0415 - only where something is counted

    cases = tuple(case_facts(desk, campaign.id))
    coded = codings(desk, [case.ref for case in cases])
    agreed, twice = _agreed(desk, campaign.id)
    counting = {ref: one for ref, several in coded.items() if (one := settled(several)) is not None}
    # the records as they lie: to build fifty thousand seats takes longer than to count them
    seats = [body for body in desk.vault.records(campaigning.SEAT, f"{campaign.id}/").values() if not body.get("ref")]
    return Sample(
        cases=cases,
        today=desk.today,
        codings=coded,
        settled=counting,
        kinds={code.id: code.kind for code in scheme(desk).codes},
        planned=sum(1 for body in seats if body.get("state") != "left-out"),
        left_out=tuple(reason(str(body.get("why", ""))) for body in seats if body.get("state") == "left-out"),
        erased=desk.vault.status().erased,
        agreed=agreed,
        twice=twice,
    )


def _agreed(desk: Desk, campaign: str) -> tuple[tuple[Agreed, ...], int]:
    """What `dsar code agreement` says, and over how many cases."""
    from dsar.desk.coding_agreement import NobodyTwiceError, compare  # noqa: PLC0415 - only where something is counted
    from dsar.study.sample import Agreed  # noqa: PLC0415 - as above

    try:
        found = compare(desk, campaign)
    except NobodyTwiceError:
        return (), 0
    rows = (Agreed(variable=row.name, value=row.value, found=row.found) for row in found.rows)
    return tuple(rows), found.cases


def reason(why: str) -> str:
    """The kind of reason for which a seat was left out: its words may name a person, and stay in the office."""
    if why.startswith(campaigning.STOPPED):
        return "stopped"
    return next((name for name, pattern in _reasons() if pattern.fullmatch(why)), "other")


@cache
def _reasons() -> tuple[tuple[str, re.Pattern[str]], ...]:
    from dsar.desk.campaign_whom import UnmandatedError  # noqa: PLC0415 - only where something is counted
    from dsar.desk.errors import NoPersonError  # noqa: PLC0415 - as above
    from dsar.directory.errors import ObsoleteControllerError, UnknownControllerError  # noqa: PLC0415 - as above
    from dsar.letters.errors import NoLanguageError  # noqa: PLC0415 - as above

    found = (
        ("mandate", UnmandatedError), ("person", NoPersonError), ("controller", UnknownControllerError),
        ("controller", ObsoleteControllerError), ("language", NoLanguageError),
    )  # fmt: skip
    return tuple((name, _like(error)) for name, error in found)


def _like(error: type[DsarError]) -> re.Pattern[str]:
    """The sentence of an error with anything in its places."""
    return re.compile(re.sub(r"\\\{\w+(!r)?\\\}", ".*", re.escape(error.sentence)), re.DOTALL)
