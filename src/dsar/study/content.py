"""What the answers contained, item by item, as they were reviewed; and what coders found in the data."""

from __future__ import annotations

from functools import reduce
from operator import or_
from typing import TYPE_CHECKING

from dsar.study import counted
from dsar.study.result import Count, Line, Section, Table
from dsar.study.sample import members

if TYPE_CHECKING:
    from collections.abc import Callable

    from dsar.core.casefacts import CaseFacts
    from dsar.study.survey import Survey

STATUSES = ("given", "generic", "pointed", "missing", "refused", "na")
ARTICLE_15 = (
    "confirmation", "purposes", "categories", "recipients", "retention", "rights", "complaint", "source",
    "automated-decisions", "transfers", "copy",
)  # fmt: skip
TYPES = ("volunteered", "observed", "derived", "acquired", "metadata")
QUALITIES = ("returned", "complete", "accurate", "understandable", "meaningful", "usable", "useful")


def completeness(survey: Survey) -> Section:
    """Statistic 6: the share of each status among the reviewed answers in which the item was asked."""
    words, sample = survey.words, survey.sample
    reviewed = sample.where(counted.reviewed)
    survey.ledger.total(reviewed)
    generic = sample.where(lambda case: any(status == "generic" for _, status in case.findings)) & reviewed
    head = words.say(
        "completeness.read",
        reviewed=words.shown(survey.share(reviewed, sample.where(counted.answered))),
        complete=words.shown(survey.share(sample.where(counted.complete), reviewed)),
        generic=words.shown(survey.share(generic, reviewed)),
    )
    return Section(
        id="completeness",
        title=words.say("completeness.title"),
        said=(words.say("completeness.said"), head),
        tables=(
            _matrix(survey, "completeness", [item for item in items(survey) if item in ARTICLE_15]),
            _matrix(survey, "further", [item for item in items(survey) if item not in ARTICLE_15]),
            _gained(survey),
            _types(survey),
        ),
    )


def items(survey: Survey) -> tuple[str, ...]:
    """The items that were reviewed at all: those of Art. 15 in their order, then the others."""
    seen = {item for case in survey.sample.cases if counted.reviewed(case) for item, _ in case.findings}
    return (*(item for item in ARTICLE_15 if item in seen), *sorted(seen - set(ARTICLE_15)))


def _matrix(survey: Survey, name: str, wanted: list[str]) -> Table:
    words, found = survey.words, _sets(survey, lambda case: case.findings)
    lines = []
    for item in wanted:
        parts = [found.get((item, status), 0) for status in STATUSES]
        asked = _all(parts)
        n = Count(k=survey.ledger.total(asked))
        lines.append(Line(key=item, label=_named(survey, item), values=(n, *survey.shares(parts, asked))))
    return Table(
        id=name,
        title=words.say(f"completeness.caption-{name}"),
        keys=("answers", *STATUSES),
        heads=(
            words.say("completeness.head"),
            words.say("completeness.answers"),
            *(words.say(f"completeness.status.{status}") for status in STATUSES),
        ),
        lines=tuple(lines),
        of=words.say("completeness.of"),
    )


def _named(survey: Survey, item: str) -> str:
    """The name of an item; a question of one's own, which has none, by its number."""
    number = item.removeprefix("q")
    if item != number and number.isdecimal():
        return survey.words.say("completeness.question", n=number)
    return survey.words.label("demand", item)


def _sets(survey: Survey, findings: Callable[[CaseFacts], tuple[tuple[str, str], ...]]) -> dict[tuple[str, str], int]:
    """The reviewed cases by item and status, in one pass."""
    found: dict[tuple[str, str], list[int]] = {}
    for at, case in enumerate(survey.sample.cases):
        if counted.reviewed(case):
            for pair in findings(case):
                found.setdefault(pair, []).append(at)
    return {pair: members(positions) for pair, positions in found.items()}


def _all(parts: list[int]) -> int:
    return reduce(or_, parts, 0)


def _gained(survey: Survey) -> Table:
    """What insisting brought: each item in the first answer that was reviewed, and in the last."""
    words = survey.words
    now = _sets(survey, lambda case: case.findings)
    then = _sets(survey, lambda case: case.first_findings or case.findings)
    lines = []
    for item in items(survey):
        asked = _all([now.get((item, status), 0) for status in STATUSES])
        shares = tuple(survey.share(found.get((item, "given"), 0), asked) for found in (then, now))
        lines.append(Line(key=item, label=_named(survey, item), values=shares))
    return Table(
        id="first-and-last",
        title=words.say("completeness.gained-caption"),
        keys=("first", "last"),
        heads=(words.say("completeness.head"), words.say("completeness.first"), words.say("completeness.last")),
        lines=tuple(lines),
        of=words.say("completeness.of"),
    )


def _types(survey: Survey) -> Table:
    """Per type of data, as coders judged it (Bowyer 2022): the share of “yes” among yes, partly and no."""
    words, sample = survey.words, survey.sample
    found: dict[tuple[str, str], list[int]] = {}
    for at, case in enumerate(sample.cases):
        coding = sample.settled.get(case.ref)
        for pair in coding.values if coding is not None else ():
            if pair[0].startswith(TYPES):
                found.setdefault(pair, []).append(at)
    held = {pair: members(positions) for pair, positions in found.items()}
    lines = []
    for kind in TYPES:
        values = []
        for quality in QUALITIES:
            yes, partly, no = (held.get((f"{kind}-{quality}", one), 0) for one in ("yes", "partly", "no"))
            values.append(survey.share(yes, yes | partly | no))
        lines.append(Line(key=kind, label=words.say(f"completeness.type.{kind}"), values=tuple(values)))
    return Table(
        id="data-types",
        title=words.say("completeness.types-caption"),
        keys=QUALITIES,
        heads=(words.say("completeness.type-head"), *(words.say(f"completeness.quality.{one}") for one in QUALITIES)),
        lines=tuple(lines) if held else (),
        of=words.say("completeness.types-of"),
    )
