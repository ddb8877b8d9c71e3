"""What the types cannot say about the law book: ids, sources, citation keys, references, periods and dates."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import astuple, dataclass
from functools import partial
from typing import TYPE_CHECKING, Any

from dsar.core.law import Authority, BreachRule, DemandRule, Period, Precedent, Regime, Term
from dsar.core.parallels import Parallel
from dsar.core.parties import Controller
from dsar.lawbook import crossing
from dsar.lawbook.files import Found, Scan, scan_folder, scan_list
from dsar.lawbook.lint_directory import problems as directory_problems
from dsar.lawbook.overrides import problems as holiday_problems
from dsar.lawbook.records import Act, CalendarRecord, Form, HolidayChange, Keeping, Presumption, Reserved

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from dsar.lawbook.shapes import Problem

_ID = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_CITE = re.compile(r"(?P<act>[a-z0-9]+(-[a-z0-9]+)*):[0-9A-Za-z]+([.-][0-9A-Za-z]+)*")
_MONTH_DAY = re.compile(r"(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])")
_COUNTRY = re.compile(r"[A-Z]{2}")
_REGION = re.compile(r"[A-Z0-9]{1,3}")
_LANGUAGE = re.compile(r"[a-z]{2}")


@dataclass(frozen=True, slots=True, kw_only=True)
class _Book:
    """Every file, read as far as it could be."""

    regimes: Scan[Regime]
    terms: Scan[Term]
    demands: Scan[DemandRule]
    breaches: Scan[BreachRule]
    parallels: Scan[Parallel]
    precedents: Scan[Precedent]
    acts: Scan[Act]
    calendars: Scan[CalendarRecord]
    presumptions: Scan[Presumption]
    proofs: Scan[Keeping]
    authorities: Scan[Authority]
    forms: Scan[Form]
    reserved: Scan[Reserved]
    controllers: Scan[Controller]

    def scans(self) -> tuple[Scan[Any], ...]:
        return (
            self.regimes,
            self.terms,
            self.demands,
            self.breaches,
            self.parallels,
            self.precedents,
            self.acts,
            self.calendars,
            self.presumptions,
            self.proofs,
            self.authorities,
            self.forms,
            self.reserved,
            self.controllers,
        )


def problems(root: Path) -> Iterator[Problem]:
    """Everything wrong, file by file."""
    book = _Book(
        regimes=scan_list(root, "regimes", Regime),
        terms=scan_list(root, "terms", Term),
        demands=scan_list(root, "demands", DemandRule),
        breaches=scan_list(root, "breaches", BreachRule),
        parallels=scan_list(root, "parallels", Parallel),
        precedents=scan_list(root, "precedents", Precedent),
        acts=scan_list(root, "acts", Act),
        calendars=scan_list(root, "calendars", CalendarRecord),
        presumptions=scan_list(root, "presumptions", Presumption),
        proofs=scan_list(root, "proofs", Keeping),
        authorities=scan_folder(root, "authorities", Authority),
        forms=scan_list(root, "forms", Form),
        reserved=scan_list(root, "reserved", Reserved),
        controllers=scan_folder(root, "controllers", Controller),
    )
    for scan in book.scans():
        yield from scan.problems
        yield from _records(scan)
    yield from _regimes(book)
    yield from _terms(book)
    yield from _rules(book)
    yield from crossing.demands(book.demands, book.breaches)
    yield from crossing.judgments(book.breaches)
    yield from crossing.parallels(book.parallels, partial(_cites, book))
    yield from _calendars(book)
    yield from _presumptions(book)
    yield from crossing.proofs(book.proofs, partial(_cites, book))
    changes = scan_list(root, "holidays", HolidayChange)
    yield from (*changes.problems, *holiday_problems(changes))
    yield from _authorities(book)
    yield from crossing.forms(book.forms, book.authorities)
    yield from crossing.reserved(book.reserved)
    yield from _controllers(book)
    yield from directory_problems(root, book.controllers)


def _records(scan: Scan[Any]) -> Iterator[Problem]:
    """What holds for every record: a well-formed id, given once (but for a regime), and a source."""
    times = Counter(each.record.id for each in scan.found)
    for each in scan.found:
        record = each.record
        if not _ID.fullmatch(record.id):
            yield each.problem("id", f"{record.id!r} must be lower-case words with hyphens")
        if times[record.id] > 1 and not isinstance(record, Regime):
            yield each.problem("id", f"{record.id!r} is there twice")
        if not isinstance(record, Act) and not record.source.strip():
            yield each.problem("source", "is missing")


def _cites(book: _Book, each: Found[Any], field: str, keys: Iterable[str]) -> Iterator[Problem]:
    acts = {act.record.id for act in book.acts.found}
    for key in keys:
        match = _CITE.fullmatch(key)
        if match is None:
            yield each.problem(field, f"{key!r} is no citation key such as gdpr:15.1.g")
        elif match["act"] not in acts:
            yield each.problem(field, f"{key!r} names an act that law/acts.toml does not have")


def _period(each: Found[Any], field: str, period: Period | None) -> Iterator[Problem]:
    if period is not None and (min(astuple(period)) < 0 or max(astuple(period)) == 0):
        yield each.problem(field, "must be longer than nothing")


def _regimes(book: _Book) -> Iterator[Problem]:
    for each in book.regimes.found:
        regime = each.record
        yield from _period(each, "period", regime.period)
        yield from _period(each, "extended", regime.extended)
        for field in ("period", "extension", "identity", "clarification", "fee", "roll", "announced"):
            key = getattr(regime, f"{field}_cite")
            yield from _cites(book, each, f"{field}_cite", [key] if key else [])
            if not key and field != "announced" and not regime.note:
                yield each.problem(f"{field}_cite", "is empty, and no note says why")
        if regime.valid_from and regime.valid_until and regime.valid_until < regime.valid_from:
            yield each.problem("valid_until", "is before valid_from")
        yield from (each.problem("countries", f"{code!r} is no country") for code in _no_countries(regime.countries))
    yield from _overlaps(book.regimes.found)


def _overlaps(regimes: tuple[Found[Regime], ...]) -> Iterator[Problem]:
    """Two versions of a regime may not be law on the same day."""
    for place, one in enumerate(regimes):
        for other in regimes[place + 1 :]:
            first, second = one.record, other.record
            before = first.valid_until and second.valid_from and first.valid_until < second.valid_from
            after = second.valid_until and first.valid_from and second.valid_until < first.valid_from
            if first.id == second.id and not (before or after):
                yield other.problem("valid_from", f"overlaps another version of {first.id!r}")


def _terms(book: _Book) -> Iterator[Problem]:
    for each in book.terms.found:
        term = each.record
        yield from _period(each, "period", term.period)
        yield from _cites(book, each, "cite", [term.cite] if term.cite else [])
        yield from _cites(book, each, "roll_cite", [term.roll_cite] if term.roll_cite else [])
        if not term.cite and not term.custom:
            yield each.problem("cite", "is empty, and the term is not a custom")
        if term.rolls and not term.roll_cite and not term.custom:
            yield each.problem("roll_cite", "is missing: a limit rolls only on a rule")


def _rules(book: _Book) -> Iterator[Problem]:
    checked = {each.record.id: each.record.checked for each in book.precedents.found}
    rules: tuple[Found[DemandRule] | Found[BreachRule], ...] = (*book.demands.found, *book.breaches.found)
    for each in rules:
        rule = each.record
        if not rule.cites:
            yield each.problem("cites", "is empty")
        yield from _cites(book, each, "cites", rule.cites)
        for name in rule.precedents:
            if name not in checked:
                yield each.problem("precedents", f"{name!r} is not in law/precedents.toml")
            elif not checked[name]:
                yield each.problem("precedents", f"{name!r} is unchecked: a letter could not cite it")
    for found in book.breaches.found:
        yield from _cites(book, found, "powers", found.record.powers)


def _calendars(book: _Book) -> Iterator[Problem]:
    for each in book.calendars.found:
        for place, day in enumerate(each.record.day):
            if bool(day.on) == bool(day.easter):
                yield each.problem(f"day[{place}]", "needs either `on` or `easter`")
            elif day.on and not _MONTH_DAY.fullmatch(day.on):
                yield each.problem(f"day[{place}].on", f"{day.on!r} is no month and day such as 05-09")


def _presumptions(book: _Book) -> Iterator[Problem]:
    for each in book.presumptions.found:
        rule = each.record
        yield from _cites(book, each, "cite", [rule.cite])
        named = [rule.country] if rule.country else []
        yield from (each.problem("country", f"{code!r} is no country") for code in _no_countries(named))
        if not rule.channels:
            yield each.problem("channels", "is empty")
        if rule.days < 0:
            yield each.problem("days", "must not be negative")
        if not rule.name.strip():
            yield each.problem("name", "is missing")


def _authorities(book: _Book) -> Iterator[Problem]:
    for each in book.authorities.found:
        authority = each.record
        yield from _place(each, [authority.country], [authority.email], authority.form)
        if authority.website and not authority.website.startswith("https://"):
            yield each.problem("website", "must begin with https://")
        yield from _codes(each, "regions", authority.regions, _REGION, "is no region such as BY")
        yield from _codes(each, "languages", authority.languages, _LANGUAGE, "is no language such as fr")
        yield from _codes(each, "contents", authority.contents, _ID, "must be lower-case words with hyphens")
        for field in ("complaint_cite", "forwards_cite", "prior_cite"):
            key = getattr(authority, field)
            yield from _cites(book, each, field, [key] if key else [])
        yield from _cites(book, each, "competence_cites", authority.competence_cites)
        yield from _cites(book, each, "silence_cites", authority.silence_cites)
        if authority.prior_cite and not authority.prior_contact:
            yield each.problem("prior_cite", "stands without prior_contact")
        yield from _terms_of(book, each)


def _terms_of(book: _Book, each: Found[Authority]) -> Iterator[Problem]:
    """The time limits that an authority names, which must be terms; unless a term could not be read at all."""
    known = {term.record.id for term in book.terms.found}
    one = each.record
    single = {field: (getattr(one, field),) for field in ("silence", "decision", "appeal")}
    named = {"limitation": one.limitation, **single}
    for field, names in named.items() if not book.terms.problems else ():
        for name in names:
            if name and name not in known:
                yield each.problem(field, f"{name!r} is not in law/terms.toml")


def _codes(
    each: Found[Any], field: str, values: tuple[str, ...], pattern: re.Pattern[str], words: str
) -> Iterator[Problem]:
    """A list of codes: each well-formed, none twice."""
    for value, times in Counter(values).items():
        if not pattern.fullmatch(value):
            yield each.problem(field, f"{value!r} {words}")
        if times > 1:
            yield each.problem(field, f"{value!r} is there twice")


def _controllers(book: _Book) -> Iterator[Problem]:
    for each in book.controllers.found:
        controller = each.record
        # an empty country is honest where nobody knows it, but never in a checked record
        known = [controller.address.country] if controller.address.country or controller.checked else []
        yield from _place(each, known, [*controller.emails], controller.form)


def _place(each: Found[Any], countries: list[str], emails: list[str], form: str) -> Iterator[Problem]:
    if each.file.rpartition("/")[2] != f"{each.record.id}.toml":
        yield each.problem("id", "must be the name of the file")
    yield from (each.problem("country", f"{code!r} is no country") for code in _no_countries(countries))
    yield from (each.problem("email", f"{email!r} is no address") for email in emails if email and "@" not in email)
    if form and not form.startswith("https://"):
        yield each.problem("form", "must begin with https://")


def _no_countries(codes: Iterable[str]) -> list[str]:
    return [code for code in codes if not _COUNTRY.fullmatch(code)]
