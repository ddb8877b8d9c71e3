from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from html.parser import HTMLParser

from dsar.core.timeline import Limit, Moment, Timeline
from dsar.paper.timeline_html import render_timeline

HOSTILE = "<script>alert(1)</script>{{ 7*7 }}\"'><img src=x onerror=y>"
PAGE = Timeline(
    ref="2026-7QX2M",
    lang="en",
    title="Zoé v. Clearface AI, Inc.",
    subtitle="Timeline of the case: 2026-7QX2M",
    moments=(
        Moment(on=date(2026, 3, 5), day="5 March 2026", who="us", text="Request sent", exhibits="Exhibit 1"),
        Moment(on=date(2026, 3, 5), day="5 March 2026", who="controller", text=HOSTILE),
        Moment(on=date(2026, 6, 1), day="1 June 2026", who="authority", text="Acknowledged"),
    ),
    limits=(
        Limit(
            title="Answer to the request",
            said="Earliest reading: 7 April 2026",
            begins=date(2026, 3, 5),
            strict=date(2026, 4, 7),
            safe=date(2026, 4, 7),
            met=None,
        ),
    ),
    grievances=("No answer (Article 12(3) GDPR)",),
    today=date(2026, 6, 2),
    today_in_words="2 June 2026",
    labels=tuple(
        (key, key) for key in ("us", "controller", "authority", "axis", "terms", "events", "grievances", "offline")
    ),
)


class Seen(HTMLParser):
    """Every tag with its attributes, and the text."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.text = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        self.text += data


def seen(page: Timeline = PAGE) -> Seen:
    found = Seen()
    found.feed(render_timeline(page).decode())
    return found


def test_nothing_is_loaded_and_no_script_runs() -> None:
    page = seen()
    assert {tag for tag, _ in page.tags} & {"script", "link", "img", "iframe", "object", "form"} == set()
    assert all(not key.startswith("on") for _, attributes in page.tags for key in attributes)
    links = [attributes["href"] or "" for tag, attributes in page.tags if tag == "a"]
    assert links == ["#e1", "#e2", "#e3"]
    assert not re.search(r"https?:|url\(|@import", render_timeline(PAGE).decode())
    policy = next(one["content"] for tag, one in page.tags if tag == "meta" and "http-equiv" in one)
    assert policy == "default-src 'none'; style-src 'unsafe-inline'"


def test_hostile_words_stay_words() -> None:
    assert HOSTILE in seen().text


def test_every_event_and_limit_is_told_in_text_for_who_sees_no_drawing() -> None:
    page = seen()
    for text in ("Request sent", "Exhibit 1", "Acknowledged", "Answer to the request", "No answer", "2 June 2026"):
        assert text in page.text
    times = [attributes["datetime"] for tag, attributes in page.tags if tag == "time"]
    assert times == ["2026-06-02", "2026-03-05", "2026-03-05", "2026-06-01"]
    drawing = next(attributes for tag, attributes in page.tags if tag == "svg")
    assert (drawing["role"], drawing["aria-label"]) == ("img", "axis")
    assert next(attributes for tag, attributes in page.tags if tag == "html") == {"lang": "en"}


def test_a_day_stands_where_its_share_of_the_time_is_and_twins_above_each_other() -> None:
    """88 days from 5 March to 1 June; 7 April is the 33rd: 45 + 33/88 x 870 = 371."""
    page = seen()
    dots = [(int(one["cx"] or 0), int(one["cy"] or 0)) for tag, one in page.tags if tag == "circle"]
    assert [x for x, _ in dots] == [45, 45, 915]
    assert dots[0][1] > dots[1][1]
    assert dots[0][1] == dots[2][1]
    marks = [int(one["x"] or 0) + 2 for tag, one in page.tags if tag == "rect"]
    assert marks == [371, 371]


def test_an_empty_case_and_one_of_a_single_day_have_a_page() -> None:
    empty = replace(PAGE, moments=(), limits=(), grievances=())
    assert "Zoé v. Clearface" in seen(empty).text
    single = replace(PAGE, moments=PAGE.moments[:1], limits=())
    assert len([1 for tag, _ in seen(single).tags if tag == "circle"]) == 1


def test_the_same_page_gives_the_same_bytes() -> None:
    assert render_timeline(PAGE) == render_timeline(replace(PAGE))
