"""In time, extended, late, never: each case against its own term, read safely; and the strict reading beside it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dsar.study import counted
from dsar.study.proportion import share
from dsar.study.result import Line, Section, Table

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from dsar.core.casefacts import CaseFacts
    from dsar.study.survey import Survey


def lateness(survey: Survey, apart: Survey) -> Section:
    """Statistic 4: the safe reading, by which lateness may be said, then the strict one, for comparison.

    The readings often differ in a few cases: the strict one is counted `apart`, or neither could be shown.
    """
    words, today = survey.words, survey.sample.today
    safe = _reading(survey, "safe", counted.LATENESS, lambda case: counted.lateness(case, today))
    strict = _reading(apart, "strict", counted.STRICT, lambda case: counted.strictly(case, today))
    return Section(
        id="lateness",
        title=words.say("lateness.title"),
        said=(words.say("lateness.said"), words.say("lateness.running")),
        tables=(safe, strict, _extensions(survey.apart())),
    )


def _reading(survey: Survey, name: str, keys: Sequence[str], key: Callable[[CaseFacts], str]) -> Table:
    """A row for each outcome, as a share of what was sent; and of what is decided, which leaves the open ones out."""
    words, sample = survey.words, survey.sample
    sent = sample.where(counted.sent)
    found = sample.by(key)
    parts = [found.get(one, 0) & sent for one in keys]
    decided = [one not in {"running", "ended", "undated"} for one in keys]
    over = 0
    for part, counts in zip(parts, decided, strict=True):
        over |= part if counts else 0
    n, decided_n = survey.ledger.count(sent), survey.ledger.count(over)
    among = [part for part, counts in zip(parts, decided, strict=True) if counts]
    # what is kept back in one column must not be read in the other: each is asked again until nothing changes
    sizes: tuple[int | None, ...] = ()
    while sizes != (sizes := survey.ledger.parts(sent, parts)):
        survey.ledger.parts(over, among)
    return Table(
        id=f"lateness-{name}",
        title=words.say(f"lateness.caption-{name}"),
        keys=("of-sent", "of-decided"),
        heads=(words.say("lateness.head"), words.say("lateness.of-sent"), words.say("lateness.of-decided")),
        lines=tuple(
            Line(
                key=one,
                label=words.say(f"lateness.{name}.{one}"),
                values=(share(k, n), share(k, decided_n) if counts else words.say("value.none")),
            )
            for one, k, counts in zip(keys, sizes, decided, strict=True)
        ),
        of=words.say("lateness.of"),
    )


def _extensions(survey: Survey) -> Table:
    """How extensions were announced."""
    words, sample = survey.words, survey.sample
    extended = sample.where(lambda case: counted.has(case, "extension"))
    delivered = sample.where(counted.delivered)

    def with_(holds: Callable[[CaseFacts], bool]) -> int:
        return sample.where(holds) & extended

    rows = {
        "in-time": with_(lambda case: any(one.in_time is True for one in counted.items(case, "extension"))),
        "too-late": with_(lambda case: any(one.in_time is False for one in counted.items(case, "extension"))),
        "reasons": with_(lambda case: any(one.reasons is True for one in counted.items(case, "extension"))),
        "no-reasons": with_(lambda case: any(one.reasons is False for one in counted.items(case, "extension"))),
    }
    lines = [Line(key="any", label=words.say("lateness.extension.any"), values=(survey.share(extended, delivered),))]
    lines += [
        Line(key=name, label=words.say(f"lateness.extension.{name}"), values=(survey.share(part, extended),))
        for name, part in rows.items()
    ]
    return Table(
        id="extensions",
        title=words.say("lateness.extension-caption"),
        keys=("share",),
        heads=(words.say("lateness.extension-head"), words.say("head.share")),
        lines=tuple(lines),
        of=words.say("lateness.extension-of"),
    )
