from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

import pytest

from dsar.core.brief import ReplyDue, RequestMade
from dsar.core.parties import Address
from dsar.letters import kinds
from dsar.letters.errors import HoleError, LetterFileError, MissingValueError, PrecedentError, TooEarlyError
from dsar.letters.fill import _context, fill
from dsar.letters.find import template

from .briefs import AGENT, LETTERS, MANDATE, NINA, brief, law, own

if TYPE_CHECKING:
    from dsar.core.letter import Letter
    from dsar.letters.front import Template
    from dsar.letters.words import Words

ROOTS = (LETTERS,)


def _template(body: str, **changes: object) -> Template:
    return replace(template(ROOTS, "reminder", "en"), body=body, subject="s", needs=(), **changes)  # type: ignore[arg-type]  # a test may pass what types forbid


def _body(text: str, words: Words) -> str:
    return fill(_template(text), brief("reminder", words), law(), words).body


@pytest.mark.parametrize(
    ("kind", "without", "says"),
    [
        ("access", {"purpose": ""}, "say in one sentence why"),
        ("access", {"demands": ()}, "--right access"),
        (
            "reminder",
            {"request": RequestMade(issued_on=None, sent_on=None, channels=(), received_on=None)},
            "dsar sent",
        ),
        ("identity-reply", {"question": None}, "dsar classify"),
        ("incomplete", {"answer": None}, "--as answer"),
        ("notice", {"notice": None}, "number of days"),
        ("complaint", {"authority": None}, "--authority ID"),
        ("mandate", {"mandate": None}, "dsar mandate new"),
    ],
)
def test_a_missing_value_is_one_sentence_that_says_what_to_enter(
    words: Words, kind: str, without: dict[str, object], says: str
) -> None:
    with pytest.raises(MissingValueError, match=says) as caught:
        fill(template(ROOTS, kind, "en"), replace(brief(kind, words), **without), law(), words)  # type: ignore[arg-type]  # a test may pass what types forbid
    assert caught.value.code == 5


def test_no_letter_asserts_a_breach_that_may_not_be_asserted_yet(words: Words) -> None:
    early = replace(brief("incomplete", words), grievances=())
    with pytest.raises(TooEarlyError) as caught:
        fill(template(ROOTS, "incomplete", "en"), early, law(), words)
    assert caught.value.code == 4


def test_no_letter_asserts_lateness_before_the_safe_date(words: Words) -> None:
    in_time = replace(brief("reminder", words), reply=ReplyDue(strict=None, safe=None, late_days=0))
    with pytest.raises(TooEarlyError):
        fill(_template("Late.", asserts=("lateness",)), in_time, law(), words)


@pytest.mark.parametrize(
    ("today", "reply", "says"),
    [
        # 23 February is the last day itself, and in time until midnight: Reg. 1182/71 Art. 3(2)(c).
        (date(2026, 2, 23), ReplyDue(strict=date(2026, 2, 23), safe=date(2026, 2, 25), late_days=0), "expires on"),
        (date(2026, 2, 24), ReplyDue(strict=date(2026, 2, 23), safe=date(2026, 2, 25), late_days=0), "how the request"),
        (date(2026, 2, 24), ReplyDue(strict=None, safe=None, late_days=0), "how the request stands"),
        (date(2026, 2, 26), ReplyDue(strict=date(2026, 2, 23), safe=date(2026, 2, 25), late_days=1), "expired on 25"),
    ],
)
def test_a_reminder_accuses_only_after_the_safe_date(words: Words, today: date, reply: ReplyDue, says: str) -> None:
    body = fill(
        template(ROOTS, "reminder", "en"), replace(brief("reminder", words), today=today, reply=reply), law(), words
    ).body
    assert says in body
    assert ("expired" in body) == (reply.late_days > 0)


def _complaint(words: Words, **changes: object) -> Letter:
    case = replace(brief("complaint", words), **changes)  # type: ignore[arg-type]  # a test may pass what types forbid
    return fill(template(ROOTS, "complaint", "en"), case, law(), words)


def test_the_data_subject_signs_a_complaint_that_a_company_for_profit_may_not_lodge(words: Words) -> None:
    made = _complaint(words)
    assert made.signature == ("Nina Ferrand",)
    assert "I lodge this complaint myself" in made.body


@pytest.mark.parametrize("kind", ["art80", "lawyer"])
def test_a_body_or_a_lawyer_signs_the_complaint_for_the_data_subject(words: Words, kind: str) -> None:
    agent = replace(MANDATE.agent, commercial=kind == "lawyer")  # a law firm may be a company
    mandate = replace(MANDATE, kind=kind, agent=agent)  # type: ignore[arg-type]  # a test may pass what types forbid
    made = _complaint(words, mandate=mandate)
    assert made.signature == ("Odile Marchetti", "Halcyon Privacy SAS", "acting under mandate for Nina Ferrand")
    assert "on behalf of Nina Ferrand" in made.body


def test_a_company_for_profit_signs_no_complaint_under_whatever_name(words: Words) -> None:
    """APD/GBA 39/2024: to call itself a body of Art. 80(1) does not make it one."""
    made = _complaint(words, mandate=replace(MANDATE, kind="art80"))
    assert made.signature == ("Nina Ferrand",)


def test_the_data_go_to_the_agent_only_if_the_mandate_says_so(words: Words) -> None:
    closed = fill(template(ROOTS, "access", "en"), brief("access", words), law(), words).body
    opened = replace(brief("access", words), mandate=replace(MANDATE, may_receive_data=True))
    assert "to the data subject alone" in closed
    assert "to the data subject alone" not in fill(template(ROOTS, "access", "en"), opened, law(), words).body


def test_the_agents_address_serves_and_the_home_address_stays_out_of_the_request(words: Words) -> None:
    made = fill(template(ROOTS, "access", "en"), brief("access", words), law(), words)
    everything = " ".join((*made.sender, *made.recipient, made.subject, made.body, *made.signature))
    assert "rue des Lilas" not in everything
    assert made.sender == ("Halcyon Privacy SAS", "Odile Marchetti", "12 quai du Port", "13002 Marseille")


def test_the_country_stands_on_letters_that_leave_their_own(words: Words) -> None:
    abroad = fill(template(ROOTS, "access", "en"), brief("access", words), law(), words)
    home = replace(brief("access", words), sender=replace(AGENT, address=Address(lines=("1 Main St",), country="US")))
    elsewhere = replace(brief("access", words).controller, address=Address(lines=("1",), country="ZW"))
    assert abroad.recipient[-1] == "United States of America"
    made = fill(template(ROOTS, "access", "en"), home, law(), words)
    assert made.recipient[-1] == "New York, NY 10001"
    made = fill(template(ROOTS, "access", "en"), replace(home, controller=elsewhere), law(), words)
    assert made.recipient[-1] == "ZW"


def test_what_lacks_is_named_by_its_number_its_status_and_the_decision(words: Words) -> None:
    body = fill(template(ROOTS, "incomplete", "en"), brief("incomplete", words), law(), words).body
    point = body.split("## Point 4: ")[1].split("## ")[0]
    assert "answered in general terms only" in point
    assert "C-154/21, 12 January 2023" in point
    assert "Only “service providers and customers” are mentioned." in point
    assert "## Point 1:" not in body


def test_an_unchecked_decision_is_never_cited(words: Words) -> None:
    assert law().precedents["hmbbfdi-545-2020"].checked is False
    for name in ("hmbbfdi-545-2020", "no-such-decision"):
        with pytest.raises(PrecedentError, match=name):
            _body(f'{{{{ precedent("{name}") }}}}', words)


def test_an_unchecked_decision_behind_a_demand_is_left_out(words: Words) -> None:
    book = law()
    doubted = {key: replace(one, checked=key != "cjeu-c-154-21") for key, one in book.precedents.items()}
    made = fill(
        template(ROOTS, "incomplete", "en"), brief("incomplete", words), replace(book, precedents=doubted), words
    )
    assert "C-154/21" not in made.body


def test_numbers_that_do_not_follow_each_other_are_never_counted_anew(words: Words) -> None:
    case = brief("incomplete", words)
    made = fill(replace(_template("{{ lacking | numbered }}"), asserts=()), case, law(), words).body
    assert [line[:6] for line in made.splitlines() if line] == ["**4.**", "**8.**", "**11.*", "**13.*"]


@pytest.mark.parametrize(
    "text",
    [
        "{{ subject.__class__.__mro__ }}",
        "{{ ''.__class__ }}",
        "{{ cite.__globals__ }}",
        "{{ no_such_name }}",
        "{{ subject.no_such_field }}",
        "{{ subject }}",
        '{% include "../access.md.j2" %}',
        '{% include "/etc/passwd" %}',
        "{{ open('/etc/passwd') }}",
        "{% if %}",
        "{{ range(3) }}",
    ],
)
def test_a_template_cannot_leave_its_sandbox(words: Words, text: str) -> None:
    with pytest.raises(LetterFileError, match="dsar letters check"):
        _body(text, words)


@pytest.mark.parametrize("text", ["{{ authority }}", "{{ on_behalf }}", "{{ mandate.document }}", "{{ none | day }}"])
def test_a_hole_is_an_error_and_never_a_word(words: Words, text: str) -> None:
    with pytest.raises(HoleError, match=r"en/reminder\.md\.j2"):
        _body(text, words)


def test_the_linter_knows_exactly_the_names_that_a_letter_gets(words: Words) -> None:
    given = _context(template(ROOTS, "notice", "en"), brief("notice", words), law(), words)
    assert set(given) == set(kinds.names()) | {"by_right"}


def test_the_banner_and_the_labels_are_handed_to_the_layout(words: Words) -> None:
    made = fill(template(ROOTS, "access", "en"), own("access", words), law(), words, banner="Reconstruction")
    assert made.banner == "Reconstruction"
    assert made.label("page") == "Page {n} of {total}"
    assert (made.on, made.place_date, made.sender) == (date(2026, 1, 21), "21 January 2026", (NINA.name,))
