"""The report in its forms: page, charts, JSON, CSV; whatever a controller calls itself."""

from __future__ import annotations

import csv
import io
import json
import re
from html.parser import HTMLParser
from typing import Any

import pytest

from dsar.core.casefacts import Happening
from dsar.paper.report_html import render_report
from dsar.study import bodies, exported, protocol
from dsar.study.cases_csv import FACTS, cases_csv, code_book
from dsar.study.charts.all import charts
from dsar.study.charts.flows import flow
from dsar.study.charts.style import Pen, inline
from dsar.study.page import Told, page, shown
from dsar.study.statistics import statistics
from dsar.study.wording import NoReportLanguageError, ReportWords
from study.made_up import case, on, survey

EVIL = '</script><img src=x onerror=alert(1)> & $\\frac{1}{0}$ {{ 7 * 7 }} =cmd|"!A0'
STATUSES = ("given", "generic", "missing")
CASES = tuple(
    case(
        n,
        n + 3 if n % 3 else None,
        controller=f"c{n % 7}",
        controller_name=EVIL if n % 7 == 0 else f"Body {n % 7}",
        sector="police" if n % 2 else "public",
        lives_in=EVIL if n % 5 == 0 else "FR",
        findings=((EVIL if n % 4 else "purposes", STATUSES[n % 3]),) if n % 3 else (),
        reminders=(on(35),),
        happenings=(Happening(kind="identity-demand", on=on(2), n=4, items=(EVIL, "id-copy")),) if n % 2 else (),
    )
    for n in range(40)
)


class Made:
    """A report, made once: drawing takes seconds."""

    def __init__(self, *cases: Any, least: int, title: str = EVIL) -> None:
        self.survey = survey(*cases, least=least)
        asked = bodies.bodies(self.survey.sample)
        made = protocol.Made(program="dsar 0", senders=(EVIL,))
        self.found = statistics(self.survey, made, asked, {one: EVIL for body in asked for one in body.proofs})
        self.drawn = charts(self.survey, self.found, png=False) if cases else {}
        inside = {section: tuple(inline(one) for one in several) for section, several in self.drawn.items()}
        told = Told(title=title, campaign="FACES26", version="0", banner=EVIL)
        self.html = render_report(page(self.survey, self.found, inside, told)).decode()
        self.json = json.loads(exported.as_json(self.survey, self.found, campaign="FACES26", title=title))


@pytest.fixture(scope="module")
def made() -> Made:
    return Made(*CASES, least=3)


class Tags(HTMLParser):
    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def of(self, name: str) -> list[dict[str, str | None]]:
        return [attributes for tag, attributes in self.tags if tag == name]


def test_nothing_from_outside_becomes_markup_script_or_template(made: Made) -> None:
    tags = Tags(made.html)
    assert len(tags.of("script")) == 1
    assert not tags.of("img")
    assert not [name for _, attributes in tags.tags for name in attributes if name.startswith("on")]
    assert "{{ 7 * 7 }}" in made.html
    assert "49" not in made.html[: made.html.index("</header>")].partition("<h1>")[2]


def test_the_page_loads_nothing_and_its_one_script_is_allowed_by_its_hash(made: Made) -> None:
    tags = Tags(made.html)
    policy = next(str(one["content"]) for one in tags.of("meta") if one.get("http-equiv"))
    assert policy.startswith("default-src 'none'; style-src 'unsafe-inline'; script-src 'sha256-")
    assert "unsafe-inline" not in policy.partition("script-src")[2]
    for name in ("src", "href", "xlink:href"):
        places = [str(attributes[name]) for _, attributes in tags.tags if attributes.get(name)]
        assert all(place.startswith("#") for place in places), name


def test_the_page_is_one_that_a_screen_reader_can_follow(made: Made) -> None:
    tags = Tags(made.html)
    assert [one["lang"] for one in tags.of("html")] == ["en"]
    assert len(tags.of("h1")) == len(tags.of("main")) == 1
    tables = tags.of("table")
    assert tables
    assert len(tags.of("caption")) == len(tables)
    assert all(one.get("scope") in {"col", "row"} for one in tags.of("th"))
    pictures = [one for one in tags.of("div") if one.get("role") == "img"]
    assert len(pictures) == len(tags.of("figure")) == sum(len(several) for several in made.drawn.values())
    assert all(len(str(one["aria-label"])) > 40 for one in pictures)
    named = [str(attributes["id"]) for _, attributes in tags.tags if attributes.get("id")]
    assert len(named) == len(set(named))
    wanted = {str(one["href"])[1:] for one in tags.of("a")}
    assert wanted <= set(named)


def test_the_answer_table_is_whole_without_the_script_and_its_search_is_hidden_until_then(made: Made) -> None:
    answers = made.found.section("answers").tables[0]
    assert len(answers.lines) == 7
    body = made.html[made.html.index('<table id="answers"') :].partition("</table>")[0]
    assert len(re.findall(r'<th scope="row">', body)) == 7
    assert '<div class="search" hidden>' in made.html


def test_charts_are_svg_with_text_as_text_and_the_same_each_time(made: Made) -> None:
    again = charts(made.survey, made.found, png=False)
    for section, several in made.drawn.items():
        for one, other in zip(several, again[section], strict=True):
            assert one.svg == other.svg
            assert "<text" in one.svg
            assert "<dc:date>" not in one.svg
    ids = {one.id for several in made.drawn.values() for one in several}
    assert {"flow", "rates", "curves", "lateness", "identity", "completeness", "ladder", "by-sector"} <= ids


def test_a_chart_is_a_picture_too(made: Made) -> None:
    plan = next(one for one in made.found.section("flow").tables if one.id == "flow")
    first, second = (flow(Pen(made.survey.words, png=True), plan) for _ in range(2))
    assert first is not None
    assert second is not None
    assert first.png.startswith(b"\x89PNG")
    assert first.png == second.png


def test_in_the_page_a_chart_takes_the_colours_of_light_and_dark(made: Made) -> None:
    drawn = inline(made.drawn["flow"][0]).svg
    assert "var(--ink, #1c1f24)" in drawn
    assert not re.search(r"(?<!, )#1c1f24", drawn)
    assert "<metadata>" not in drawn
    assert "<title>" not in drawn


def test_the_json_says_what_is_kept_back_and_what_does_not_exist(made: Made) -> None:
    assert made.json["min_cell"] == 3
    tables = {table["id"]: table for section in made.json["sections"] for table in section["tables"]}
    sent = next(row for row in tables["flow"]["rows"] if row["key"] == "sent")
    assert sent["cases"] == {"k": 40, "suppressed": False}
    never = next(row for row in tables["lateness-safe"]["rows"] if row["key"] == "late")
    assert set(never["of-sent"]) == {"k", "n", "share", "low", "high", "suppressed"}
    assert [point["day"] for point in made.json["curves"]["answered"]] == sorted(
        point["day"] for point in made.json["curves"]["answered"]
    )


def test_no_cell_of_any_csv_begins_a_formula(made: Made) -> None:
    answers = made.found.section("answers").tables[0]
    files = (
        exported.tables_csv(made.found.sections),
        exported.table_csv(answers, shown(made.survey.words, answers), "–"),
        cases_csv(made.survey, {}),
        code_book(made.survey, {}),
    )
    for data in files:
        rows = list(csv.reader(io.StringIO(data.decode("utf-8-sig"))))
        assert len({len(row) for row in rows}) == 1
        assert not [cell for row in rows for cell in row if cell.lstrip()[:1] in set("=+@") or "\n" in cell]
        assert not [cell for row in rows for cell in row if cell.startswith("-") and not cell[1:].isdigit()]


def test_the_cases_carry_pseudonyms_and_neither_names_references_nor_days(made: Made) -> None:
    data = cases_csv(made.survey, {"person-1": "K7Q2"}).decode("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(data)))
    assert len(rows) == 40
    assert "K7Q2" in {row["person"] for row in rows}
    assert "person-" not in data
    assert "2026-00" not in data
    assert not re.search(r"\d{4}-\d\d-\d\d", data)
    assert {row["sent_month"] for row in rows} == {"2026-03"}
    answered = next(row for row in rows if row["person"] == "K7Q2")
    assert answered["days_to_first_answer"] == "7"  # sent on the 2nd, arrived on the 5th, answered 4 days later


def test_the_code_book_explains_every_column(made: Made) -> None:
    header = next(csv.reader(io.StringIO(cases_csv(made.survey, {}).decode("utf-8-sig"))))
    book = list(csv.reader(io.StringIO(code_book(made.survey, {}).decode("utf-8-sig"))))
    assert [row[0] for row in book[1:]] == header
    assert all(row[2] for row in book[1:])
    assert set(FACTS) <= set(header)


def test_nothing_to_count_is_one_sentence_and_the_protocol() -> None:
    empty = Made(least=5, title="Nobody")
    assert "No case belongs to this campaign yet" in empty.html
    assert "<figure" not in empty.html
    assert empty.html.count("<section") == 1


def test_three_cases_are_all_but_suppressed_and_nothing_breaks() -> None:
    few = Made(case(1, 5), case(2), case(3, acknowledged_on=on(1)), least=5)
    flow = next(one for one in few.found.section("flow").tables if one.id == "flow")
    assert [few.survey.words.shown(line.values[0]) for line in flow.lines][:4] == ["3"] * 4
    # not even the nought is said: of three it would tell of three
    assert [few.survey.words.shown(line.values[0]) for line in flow.lines][4:] == ["suppressed"] * 4
    answered = next(one for one in few.json["sections"] if one["id"] == "times")["tables"][0]["rows"][1]
    assert answered["median"] == {"value": None, "suppressed": True}


def test_a_suppressed_figure_is_a_dot_that_is_read_out_and_a_table_of_dots_is_one_sentence() -> None:
    cases = [case(n, 5 + n) for n in range(10)] + [case(n) for n in range(20, 40)]
    demand = Happening(kind="identity-demand", on=on(2), n=4, items=("id-copy",))
    page_ = Made(*cases, case(50, 3, happenings=(demand,)), least=5).html
    dot = '<td class="n"><span class="kept" title="suppressed"><span aria-hidden="true">•</span>'
    assert f'{dot}<span class="unseen">suppressed</span></span></td>' in page_
    assert "Too few cases: every figure of this table is suppressed." in page_
    assert '<p class="empty" id="identity-pieces">' in page_


def test_nobody_answered_is_drawn_as_nought() -> None:
    silent = Made(*(case(n) for n in range(12)), least=5)
    assert "0%" in silent.html
    assert "curves" not in {one.id for several in silent.drawn.values() for one in several}


def test_a_language_without_words_is_refused_with_those_there_are() -> None:
    with pytest.raises(NoReportLanguageError, match="choose one of en"):
        ReportWords("xx", {})
