"""The fourteen statistics over a handful of cases that can be counted on the fingers."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

from dsar.core.casefacts import Happening
from dsar.core.coding import Coding
from dsar.study import bodies, kappa, protocol
from dsar.study.result import Amount, Chance, Count, Share
from dsar.study.sample import Agreed
from dsar.study.statistics import ORDER, Found, statistics
from study.made_up import LAST, TODAY, case, on, survey

if TYPE_CHECKING:
    from dsar.study.result import Table
    from dsar.study.survey import Survey

MADE = protocol.Made(program="dsar 0", senders=("Union",), rules=(("GDPR", "1 month", "Art. 12"),), scheme="1-ab")


def found(study: Survey) -> Found:
    return statistics(study, MADE, bodies.bodies(study.sample), {})


def table(study: Survey, section: str, name: str) -> Table:
    return next(one for one in found(study).section(section).tables if one.id == name)


def numbers(one: Table, column: str) -> dict[str, tuple[int | None, int | None]]:
    """Each row's `k of n` in a column."""
    values = {line.key: line.values[one.keys.index(column)] for line in one.lines}
    return {key: (value.k, value.n) for key, value in values.items() if isinstance(value, Share)}


def coding(n: int, coder: str = "ana", **values: str) -> Coding:
    pairs = tuple((name.replace("_", "-"), value) for name, value in values.items())
    return Coding(ref=f"2026-{n:05}", coder=coder, version=1, at="", scheme="1", length=3, values=pairs)


# ten requests: 1-4 answered in time, one of them complete; 5 late; 6-7 silent; 8 acknowledged; 9 bounced; 10 not sent
GIVEN, LACKING = (("purposes", "given"), ("copy", "na")), (("purposes", "generic"), ("copy", "missing"))
TEN = (
    case(1, 10, findings=GIVEN, first_findings=LACKING),
    case(2, 20, findings=LACKING, first_findings=LACKING),
    case(3, 25, "no-data"),
    case(4, 30, "refusal"),
    case(5, 50, reminders=(on(35),)),
    case(6, reminders=(on(35), on(45)), notices=(on(60),)),
    case(7),
    case(8, acknowledged_on=on(2)),
    case(9, arrived_on=None, proved_on=None, bounced=True, strict=None, safe=None, channels=("email",)),
    case(10, issued_on=None, sent_on=None, arrived_on=None, proved_on=None, strict=None, safe=None, channels=()),
)


def test_the_flow_counts_who_got_how_far_and_seats_without_a_case_are_targeted() -> None:
    flow = table(survey(*TEN, planned=2, left_out=("mandate",)), "flow", "flow")
    counts = {line.key: line.values[0] for line in flow.lines}
    expected = (13, 9, 9, 8, 6, 5, 4, 1)
    assert list(counts.values()) == [Count(k=k) for k in expected]


def test_the_same_answers_make_three_rates() -> None:
    rates = table(survey(*TEN), "rates", "rates")
    assert numbers(rates, "sent") == {"reply": (6, 9), "answer": (5, 9), "in-time": (4, 9), "complete": (1, 9)}
    assert numbers(rates, "reachable")["answer"] == (5, 8)
    assert numbers(rates, "delivered")["answer"] == (5, 8)


def test_the_time_to_an_answer_keeps_the_open_ones_in() -> None:
    """Eight cases, 88 days long: 10, 20, 25, 30 and 50 days, three open; half of them have it by day 30."""
    times = table(survey(*TEN), "times", "times")
    assert times.value("answered", "cases") == Count(k=8)
    assert times.value("answered", "open") == Count(k=3)
    assert times.value("answered", "quarter-1") == Amount(value=20)
    assert times.value("answered", "median") == Amount(value=30)
    assert times.value("answered", "quarter-3") == Amount(value=None, reached=False)
    assert times.value("answered", "longest") == Amount(value=50)
    third = times.value("answered", "day-30")
    assert isinstance(third, Chance)
    assert third.value == 0.5
    # nobody was watched for ninety days: 5 March to 1 June are 88
    assert times.value("answered", "day-90") == Chance(value=None)
    assert times.value("acknowledged", "quarter-1") == Amount(value=10)


def test_late_and_never_are_said_against_the_safe_date_of_each_case() -> None:
    safe = table(survey(*TEN), "lateness", "lateness-safe")
    of_sent = {key: pair for key, pair in numbers(safe, "of-sent").items() if pair[0]}
    assert of_sent == {"in-time": (4, 9), "late": (1, 9), "never": (3, 9), "undated": (1, 9)}
    assert numbers(safe, "of-decided")["never"] == (3, 8)
    before = table(survey(*TEN[5:8], today=LAST), "lateness", "lateness-safe")
    assert numbers(before, "of-sent")["running"] == (3, 3)
    assert numbers(before, "of-sent")["never"] == (0, 3)


def test_of_those_asked_for_identity_the_share_with_a_full_copy_and_the_days_it_added() -> None:
    def asked(n: int, *items: str, days: int | None, breaches: tuple[str, ...] = ()) -> Any:
        ends = on(3 + days) if days is not None else None
        one = Happening(kind="identity-demand", on=on(3), n=4, items=items, ends=ends, breaches=breaches)
        return case(n, happenings=(one,))

    wrong = ("identity-excessive",)
    cases = (asked(1, "id-copy", days=4, breaches=wrong), asked(2, "code", days=8), asked(3, "a blood test", days=None))
    study = survey(*cases, case(4), settled={"2026-00001": coding(1, id_channel_secure="no")})
    shares = numbers(table(study, "identity", "identity"), "share")
    assert shares["asked"] == (3, 4)
    assert shares["full-copy"] == (1, 3)
    assert shares["identity-excessive"] == (1, 3)
    assert shares["id-channel-secure=no"] == (1, 1)
    assert numbers(table(study, "identity", "identity-pieces"), "share")["other"] == (1, 3)
    assert table(study, "identity", "identity-days").value("days", "median") == Amount(value=6.0)


def test_each_item_is_counted_by_what_the_last_reviewed_answer_did_with_it() -> None:
    matrix = table(survey(*TEN), "completeness", "completeness")
    assert numbers(matrix, "given")["purposes"] == (1, 2)
    assert numbers(matrix, "generic")["purposes"] == (1, 2)
    assert numbers(matrix, "na")["copy"] == (1, 2)
    gained = table(survey(*TEN), "completeness", "first-and-last")
    assert numbers(gained, "first")["purposes"] == (0, 2)
    assert numbers(gained, "last")["purposes"] == (1, 2)


def test_types_of_data_leave_out_what_the_coder_did_not_know() -> None:
    settled = {f"2026-{n:05}": coding(n, observed_returned=said) for n, said in enumerate(("yes", "no", "unclear"), 1)}
    types = table(survey(*TEN, settled=settled), "completeness", "data-types")
    assert numbers(types, "returned")["observed"] == (1, 2)


def test_the_ladder_says_what_each_step_brought_of_those_that_reached_it() -> None:
    steps = table(survey(*TEN), "ladder", "ladder")
    assert numbers(steps, "brought") == {
        "request": (4, 8), "reminder-1": (1, 2), "reminder-2": (0, 1), "notice": (0, 1), "complaint": (None, 0),
    }  # fmt: skip
    assert numbers(steps, "so-far")["complaint"] == (5, 8)


def test_a_ground_is_shown_in_its_words_only_if_enough_use_them() -> None:
    def refused(n: int, ground: str) -> Any:
        return case(n, happenings=(Happening(kind="refusal", on=on(9), n=5, ground=ground),))

    cases = [refused(n, "Manifestly  excessive") for n in range(6)] + [refused(9, "Zoé asked twice")]
    lines = table(survey(*cases, *(case(n) for n in range(20, 40)), least=5), "refusals", "refusals").lines
    assert not [line for line in lines if "zoé" in line.label.casefold()]
    everything = table(survey(*cases), "refusals", "refusals").lines
    assert [line.label for line in everything] == ["manifestly excessive", "zoé asked twice"]


def test_a_breach_by_lateness_is_counted_from_the_day_on_which_it_may_be_said() -> None:
    one = case(1, breaches=(("no-answer", LAST + timedelta(days=1)),))
    assert not table(survey(one, today=LAST), "refusals", "breaches").lines
    later = table(survey(one, today=LAST + timedelta(days=1)), "refusals", "breaches")
    assert numbers(later, "share") == {"no-answer": (1, 1)}


def test_incidents_and_effort_come_from_reviews_and_coders() -> None:
    settled = {
        "2026-00001": coding(1, insecure_channel="yes", effort_minutes="30"),
        "2026-00002": coding(2, insecure_channel="unclear", effort_minutes="90"),
    }
    study = survey(case(1, 5, findings=GIVEN, faults=("third-party-data",)), case(2, 5), settled=settled)
    shares = numbers(table(study, "security", "security"), "share")
    assert shares["third-party-data"] == (1, 1)
    assert shares["insecure-channel"] == (1, 1)
    assert table(study, "effort", "effort").value("minutes", "median") == Amount(value=60.0)


def test_groups_have_their_n_and_a_small_one_is_kept_back_with_another() -> None:
    broker: dict[str, Any] = {"sector": "data-broker", "controller": "b"}
    public: dict[str, Any] = {"sector": "public", "controller": "c"}
    cases = [case(n, 5) for n in range(20)] + [case(n, 5, **broker) for n in range(20, 28)]
    cases += [case(n, 5, **public) for n in range(28, 30)]
    sizes = {line.key: line.values[0] for line in table(survey(*cases), "groups", "by-sector").lines}
    assert sizes == {"data-broker": Count(k=8), "face-search": Count(k=20), "public": Count(k=2)}
    sizes = {line.key: line.values[0] for line in table(survey(*cases, least=5), "groups", "by-sector").lines}
    assert sizes == {"data-broker": Count(k=None), "face-search": Count(k=20), "public": Count(k=None)}


def test_two_coders_agree_by_cohens_kappa_and_free_text_is_left_out() -> None:
    """Of 50 pairs 20 yes/yes, 5 yes/no, 10 no/yes, 15 no/no: kappa 0.4."""
    said = [("yes", "yes")] * 20 + [("yes", "no")] * 5 + [("no", "yes")] * 10 + [("no", "no")] * 15
    rows = (
        Agreed(variable="said", value="", found=kappa.agreement(said)),
        Agreed(variable="memo", value="", found=kappa.agreement([])),
    )
    agreement = table(survey(case(1, 5), agreed=rows, twice=50), "agreement", "agreement")
    assert [line.key for line in agreement.lines] == ["said"]
    assert str(agreement.value("said", "kappa")).startswith("0.40 (")


def test_one_controller_is_compared_with_itself_if_two_people_asked_it() -> None:
    alone = case(9, 5, controller="other", controller_name="Other")
    lines = table(survey(case(1, 4), case(2, 44, "no-data"), alone), "spread", "spread").lines
    assert [line.label for line in lines] == ["Miroir SAS"]
    spread = dict(zip(("asked", "answered", "fastest", "median", "slowest"), lines[0].values, strict=False))
    assert spread["fastest"] == Amount(value=4)
    assert spread["slowest"] == Amount(value=44)


def test_the_protocol_names_hashes_clock_versions_and_rules() -> None:
    said = {line.key: line.values[0] for line in table(survey(*TEN, least=5), "protocol", "protocol").lines}
    assert said["template"] == "access (fr), SHA-256 abababababababab…"
    assert said["rule"] == "GDPR: 1 month. Source: Art. 12"
    assert said["law"] == "cafe01"
    assert "1 to 4" in str(said["suppression"])
    assert said["as-of"] == TODAY.isoformat()


def test_all_fourteen_and_the_answers_are_there_even_for_nobody() -> None:
    assert [section.id for section in found(survey()).sections] == list(ORDER)
    assert len(ORDER) == 15
