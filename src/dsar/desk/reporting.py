"""From a campaign to its report: what the vault holds, counted, drawn and written down."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from importlib.util import find_spec
from typing import TYPE_CHECKING

from dsar import __version__
from dsar.desk import campaigning, people, wording
from dsar.desk.gathering import gathered
from dsar.desk.proving import proofs
from dsar.errors import MissingProgramError, UsageError

if TYPE_CHECKING:
    from collections.abc import Iterable

    from dsar.core.campaign import Campaign
    from dsar.core.casefacts import CaseFacts
    from dsar.core.law import Period
    from dsar.desk.office import Desk
    from dsar.study.bodies import Body
    from dsar.study.protocol import Made
    from dsar.study.statistics import Found
    from dsar.study.survey import Survey
    from dsar.study.wording import ReportWords

FORMATS = ("html", "csv", "json", "png", "svg")
LEAST_PUBLIC = 3
_EXTRA = ("scipy", "matplotlib")


class NoReportExtraError(MissingProgramError):
    """The libraries for statistics and charts are not installed."""

    sentence = "A report needs libraries that are not installed: pip install 'dsar[report]'."


class BadFormatError(UsageError):
    """A format that a report does not have."""

    sentence = "A report is not written as “{name}”: choose among {formats}, parted by commas."


class BadCellError(UsageError):
    """A smallest count that makes no sense, or hides nobody."""

    sentence = "--min-cell {least} is too small: give at least {needed}{public}."


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """What the report is to be: the smallest count to show, the forms, the title, the language, who may read it.

    `public` leaves out what holds a row for each person; `hide_few` keeps back, in the table of answers, what bodies
    said that fewer people asked than the smallest count.
    """

    least: int = 5
    formats: tuple[str, ...] = FORMATS
    title: str = ""
    lang: str = "en"
    public: bool = False
    hide_few: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """The files by their paths inside the folder of the report, in the order of their weight.

    `few` of the `bodies` in the table of answers were asked by fewer people than the smallest count.
    """

    campaign: str
    cases: int
    few: int
    bodies: int
    files: tuple[tuple[str, bytes], ...]


def formats(said: str) -> tuple[str, ...]:
    """The forms that were asked for, in the house's order; BadFormatError."""
    wanted = [one.strip().lower() for one in said.split(",") if one.strip()]
    for one in wanted:
        if one not in FORMATS:
            raise BadFormatError(name=one, formats=", ".join(FORMATS))
    return tuple(one for one in FORMATS if one in wanted) or FORMATS


def report(desk: Desk, campaign: str, wish: Wish) -> Report:
    """Count a campaign and write it down.

    Raises:
        NoCampaignError: there is no such campaign.
        NoReportExtraError: the extra `report` is not installed.
        BadCellError: a smallest count below 1, or for the public below 3.
    """
    _check(wish)
    found = campaigning.campaign(desk, campaign)
    from dsar.study.bodies import bodies, of_few  # noqa: PLC0415 - only where something is counted
    from dsar.study.ledger import Ledger  # noqa: PLC0415 - as above
    from dsar.study.survey import Survey  # noqa: PLC0415 - as above
    from dsar.study.wording import ReportWords  # noqa: PLC0415 - as above

    words = ReportWords(wish.lang, labels(desk, wish.lang))
    sample = gathered(desk, found)
    survey = Survey(sample=sample, ledger=Ledger(wish.least), words=words)
    asked = bodies(sample)
    counted = _counted(desk, survey, asked, wish)
    return Report(
        campaign=found.id,
        cases=len(sample.cases),
        few=of_few(asked, wish.least),
        bodies=len(asked),
        files=_files(desk, found, wish, survey, counted),
    )


def _check(wish: Wish) -> None:
    if any(find_spec(name) is None for name in _EXTRA):
        raise NoReportExtraError
    from dsar.study.wording import NoReportLanguageError, languages  # noqa: PLC0415 - only where something is counted

    if wish.lang not in languages():
        raise NoReportLanguageError(lang=wish.lang, languages=", ".join(languages()))
    needed = LEAST_PUBLIC if wish.public else 1
    if wish.least < needed:
        raise BadCellError(least=wish.least, needed=needed, public=" for what is published" if wish.public else "")


def _counted(desk: Desk, survey: Survey, asked: tuple[Body, ...], wish: Wish) -> Found:
    from dsar.study.statistics import statistics  # noqa: PLC0415 - only where something is counted

    said = {
        key: survey.words.say("answers.hash", day=day.isoformat(), hash=digest)
        for key, (day, digest) in proofs(desk, (one for body in asked for one in body.proofs)).items()
    }
    return statistics(survey, _made(desk, survey), asked, said, hide_few=wish.hide_few)


def labels(desk: Desk, lang: str) -> dict[str, str]:
    """The names that the letters give to things, and the titles of the scheme's variables and values."""
    from dsar.desk.coding_scheme import whole as scheme  # noqa: PLC0415 - reads files

    letters = wording.speaker(desk, lang)
    found = dict(letters.section("labels"))
    found |= {f"demand.{key.removesuffix('.short')}": text for key, text in letters.section("demands").items()
              if key.endswith(".short")}  # fmt: skip
    found |= {f"breach.{key.removesuffix('.title')}": text for key, text in letters.section("breaches").items()
              if key.endswith(".title")}  # fmt: skip
    for code in scheme(desk).codes:
        found[f"variable.{code.id}"] = code.title
        found |= {f"value.{code.id}.{key}": text for key, text in code.values}
    return found


def _made(desk: Desk, survey: Survey) -> Made:
    """The protocol's facts that no case holds."""
    from dsar.desk.coding_scheme import whole as scheme  # noqa: PLC0415 - reads files
    from dsar.study.protocol import Made  # noqa: PLC0415 - only where something is counted

    used = {coding.scheme for several in survey.sample.codings.values() for coding in several}
    return Made(
        program=f"dsar {__version__}",
        senders=(people.myself(desk.vault).name,),
        rules=_rules(survey.words, survey.sample.cases),
        scheme=", ".join(sorted(used)) or (scheme(desk).version if survey.sample.settled else ""),
    )


def _rules(words: ReportWords, cases: Iterable[CaseFacts]) -> tuple[tuple[str, str, str], ...]:
    """The laws under which the requests ran, each with its period as it was when they left; the most used first."""
    from dsar.lawbook.load import law  # noqa: PLC0415 - reads the law

    book = law()
    used = Counter((case.regime, book.regime(case.regime, case.sent_on or case.opened_on)) for case in cases)
    found: dict[str, tuple[str, str, str]] = {}
    for (_, rule), _count in used.most_common():
        if rule is not None:
            period = _term(words, rule.period)
            more = words.say("protocol.extended", term=_term(words, rule.extended)) if rule.extended else ""
            found.setdefault(f"{rule.id}/{rule.valid_from}", (rule.name, period + more, rule.source))
    return tuple(found.values())


def _term(words: ReportWords, period: Period | None) -> str:
    if period is None:
        return words.say("protocol.no-term")
    if period.months:
        return words.say("protocol.months", n=period.months)
    return words.say("protocol.days", n=period.days or period.working_days)


def _files(desk: Desk, campaign: Campaign, wish: Wish, survey: Survey, found: Found) -> tuple[tuple[str, bytes], ...]:
    from dsar.study import exported  # noqa: PLC0415 - only where something is counted
    from dsar.study.charts.all import charts  # noqa: PLC0415 - as above
    from dsar.study.charts.style import inline  # noqa: PLC0415 - as above
    from dsar.study.page import Told, page  # noqa: PLC0415 - as above
    from dsar.study.protocol import unsent  # noqa: PLC0415 - as above

    title = wish.title or campaign.title
    files: list[tuple[str, bytes]] = []
    wanted = not unsent(survey) and bool({"html", "png", "svg"} & set(wish.formats))
    drawn = charts(survey, found, png="png" in wish.formats) if wanted else {}
    if "html" in wish.formats:
        from dsar.paper.report_html import render_report  # noqa: PLC0415 - loads the templates

        inside = {section: tuple(inline(one) for one in several) for section, several in drawn.items()}
        told = Told(title=title, campaign=campaign.id, version=__version__, banner=desk.banner)
        whole = page(survey, found, inside, told)
        files.append(("report.html", render_report(whole)))
    if "json" in wish.formats:
        files.append(("report.json", exported.as_json(survey, found, campaign=campaign.id, title=title)))
    if "csv" in wish.formats:
        files += _tables(desk, wish, survey, found)
    for one in (one for several in drawn.values() for one in several):
        files += [(f"charts/{one.id}.svg", one.svg.encode())] if "svg" in wish.formats else []
        files += [(f"charts/{one.id}.png", one.png)] if "png" in wish.formats else []
    return tuple(files)


def _tables(desk: Desk, wish: Wish, survey: Survey, found: Found) -> list[tuple[str, bytes]]:
    """The tables; and unless it is for the public, the cases with their code book."""
    from dsar.desk.coding_scheme import whole as scheme  # noqa: PLC0415 - reads files
    from dsar.desk.enrolling import everybody  # noqa: PLC0415 - as above
    from dsar.study import exported  # noqa: PLC0415 - only where something is counted
    from dsar.study.cases_csv import cases_csv, code_book  # noqa: PLC0415 - as above
    from dsar.study.page import shown  # noqa: PLC0415 - as above

    answers = found.section("answers").tables[0]
    files = [
        ("answers.csv", exported.table_csv(answers, shown(survey.words, answers), survey.words.say("value.none"))),
        ("tables.csv", exported.tables_csv(found.sections)),
    ]
    if not wish.public:
        titles = {code.id: f"{code.title}. {code.help}".strip() for code in scheme(desk).codes}
        pseudonyms = {subject: one.pseudonym for subject, one in everybody(desk).items()}
        files += [
            ("cases.csv", cases_csv(survey, pseudonyms)),
            ("codebook.csv", code_book(survey, titles)),
        ]
    return files
