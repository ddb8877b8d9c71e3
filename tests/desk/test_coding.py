"""Coding cases: a judgment never touches a fact, no version is lost, the second coder is blind."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from fractions import Fraction
from math import isclose
from typing import TYPE_CHECKING

import pytest

from dsar.core.campaign import Campaign
from dsar.core.events import Issued, Noted, Opened
from dsar.core.meanings import Answer, IdentityDemand
from dsar.desk.campaigning import NoCampaignError, new
from dsar.desk.coding import (
    BEGUN,
    CODING,
    BadCoderError,
    CodedMeanwhileError,
    NothingToUndoError,
    SameCoderError,
    coder_of,
    codings,
    facts_of,
    keep,
    save,
    settled,
    sheet,
    typed,
    undo,
    versions,
)
from dsar.desk.coding_agreement import (
    NobodyTwiceError,
    NothingToSettleError,
    NotSettledError,
    NotTheseTwoError,
    compare,
    disagreements,
    settle,
)
from dsar.desk.coding_queue import BadShareError, NotInSampleError, progress, queue, refuse_outside, sample, share_of
from dsar.desk.coding_scheme import add, whole
from dsar.desk.projecting import project
from dsar.study.scheme import SchemeFileError
from dsar.study.scheme_values import FactTypedError, NotAskedError, UnknownVariableError

from .logs import Log
from .test_projection import for_a_while
from .test_projection import keep as write

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from dsar.core.coding import Coding
    from dsar.desk.office import Desk

REF = "2026-AAAAA"
OTHERS = tuple(f"2026-BBBB{letter}" for letter in "ABCD")


@pytest.fixture
def then(desk: Desk) -> Iterator[Desk]:
    """10 August 2026: one case with an identity demand and an answer, four that were only opened."""
    with for_a_while(desk) as paper:
        log = Log(paper, date(2026, 8, 3))
        log.issue()
        log.send()
        log.deliver()
        log.receive(IdentityDemand(items=("passport",)))
        log.receive(Answer())
        write(desk, REF, log)
        for ref in OTHERS:
            write(desk, ref, Log(paper, date(2026, 8, 3)))
        yield replace(desk, today=date(2026, 8, 10), now="2026-08-10T09:00:00+02:00", by="ana")


def code(desk: Desk, coder: str = "", ref: str = REF, **values: str) -> Coding:
    """Save a version; `size_class="small"` is --set size-class=small."""
    page = sheet(desk, ref, coder_of(desk, coder))
    pairs = [(name.replace("_", "-"), value) for name, value in values.items()]
    return save(desk, page, typed(page.scheme, pairs)).coding


def in_vault(desk: Desk, ref: str = REF) -> list[str]:
    return [key for kind in (CODING, BEGUN) for key in desk.vault.records(kind) if key.startswith(ref)]


def test_nobody_is_a_second_coder_of_their_own_case_under_a_capital_letter(then: Desk) -> None:
    code(then, coder="ana", size_class="small")
    with pytest.raises(SameCoderError, match="--coder ana"):
        code(then, coder="Ana", size_class="small")
    assert len(in_vault(then)) == 1


def test_a_judgment_changes_no_fact_and_is_kept_beside_it(then: Desk) -> None:
    facts, log = facts_of(then, REF), then.vault.log(REF)
    code(then, outcome_judged="satisfied", authentication="full-id")
    assert facts_of(then, REF) == facts
    assert then.vault.log(REF) == log
    assert facts.outcome == "open"
    assert sheet(then, REF, "ana").facts == facts


@pytest.mark.parametrize(
    "name", ["outcome", "sent-on", "first_answer", "identity-demand", "purposes", "late-answer", "biometric-template"]
)
def test_a_fact_is_never_typed(then: Desk, name: str) -> None:
    with pytest.raises(FactTypedError, match=name):
        typed(whole(then), [(name, "yes")])
    assert in_vault(then) == []


def test_what_is_no_variable_is_no_coding(then: Desk) -> None:
    with pytest.raises(UnknownVariableError, match="did you mean size-class"):
        typed(whole(then), [("sizeclass", "small")])


def test_a_coding_says_what_it_was_made_of(then: Desk) -> None:
    made = code(then, size_class="small", formats="pdf,table")
    assert (made.coder, made.version, made.at) == ("ana", 1, then.now)
    assert made.scheme == whole(then).version
    assert made.length == len(then.vault.log(REF))
    assert made.values == (("size-class", "small"), ("formats", "pdf"), ("formats", "table"))


def test_each_save_is_a_version_and_keeps_what_was_said_before(then: Desk) -> None:
    code(then, size_class="small", encryption="none")
    second = code(then, encryption="link", link_days="3")
    third = code(then, size_class="")
    assert dict(second.values)["size-class"] == "small"
    assert dict(third.values) == {"encryption": "link", "link-days": "3"}
    assert [one.version for one in versions(then, REF)] == [1, 2, 3]
    assert versions(then, REF)[0].values == (("size-class", "small"), ("encryption", "none"))


def test_an_undo_lets_the_version_before_count_and_deletes_nothing(then: Desk) -> None:
    first = code(then, size_class="small")
    second = code(then, size_class="large")
    code(then, size_class="public")
    assert undo(then, REF, "ana") == second
    assert codings(then, [REF])[REF] == (second,)
    assert undo(then, REF, "ana") == first
    # what is coded after an undo builds on what counts then, and its undo leads back there
    assert dict(code(then, encryption="none").values) == {"size-class": "small", "encryption": "none"}
    assert undo(then, REF, "ana") == first
    assert undo(then, REF, "ana") is None
    assert codings(then, [REF]) == {}
    with pytest.raises(NothingToUndoError, match=f"dsar code {REF}"):
        undo(then, REF, "ana")
    assert [one.version for one in versions(then, REF)] == [1, 2, 3, 4, 5, 6, 7, 8]


def test_what_does_not_apply_is_refused_and_what_applies_no_more_is_dropped(then: Desk) -> None:
    with pytest.raises(NotAskedError, match="encryption=link"):
        code(then, link_days="3")
    with pytest.raises(NotAskedError, match="answered=yes"):
        code(then, ref=OTHERS[0], carrier="mail")
    code(then, encryption="portal", link_days="3")
    page = sheet(then, REF, "ana")
    done = save(then, page, typed(page.scheme, [("encryption", "none")]))
    assert done.dropped == ("link-days",)
    assert done.coding.values == (("encryption", "none"),)


def test_two_screens_of_one_coder_do_not_overwrite_each_other(then: Desk) -> None:
    one, other = sheet(then, REF, "ana"), sheet(then, REF, "ana")
    save(then, one, typed(one.scheme, [("size-class", "small")]))
    with pytest.raises(CodedMeanwhileError, match="version 1"):
        save(then, other, typed(other.scheme, [("size-class", "large")]))
    # another coder is nobody's conflict
    third = sheet(then, REF, "ben")
    save(then, third, typed(third.scheme, [("size-class", "large")]))
    assert {one.coder: dict(one.values)["size-class"] for one in codings(then, [REF])[REF]} == {
        "ana": "small",
        "ben": "large",
    }


def test_what_was_begun_has_no_effect_and_is_there_again(then: Desk) -> None:
    page = sheet(then, REF, "ana")
    keep(then, page, {"formats": ("pdf", "table")}, ["encryption"], "a note")
    assert codings(then, [REF]) == {}
    again = sheet(then, REF, "ana")
    assert again.begun == ({"formats": ("pdf", "table")}, frozenset({"encryption"}), "a note")
    assert sheet(then, REF, "ben").begun is None
    save(then, again, {}, base=again.begun[0])
    assert sheet(then, REF, "ana").begun is None


def test_the_second_coder_sees_nothing_of_the_first(then: Desk) -> None:
    code(then, "ana", size_class="small")
    page = sheet(then, REF, "ben")
    assert (page.own, page.begun, page.version) == (None, None, 0)


def test_erasing_a_case_erases_its_codings_and_no_others(then: Desk) -> None:
    code(then, size_class="small")
    code(then, "ben", size_class="large")
    keep(then, sheet(then, REF, "cleo"), {"size-class": ("micro",)}, [], "")
    code(then, ref=OTHERS[0], size_class="small")
    assert len(in_vault(then)) == 3
    then.vault.erase(REF, reason="requested", now=then.now)
    assert in_vault(then) == []
    assert len(in_vault(then, OTHERS[0])) == 1


@pytest.mark.parametrize("name", ["a/b", "x" * 65, "a\x1b[2J"])
def test_a_coder_has_a_name_that_can_stand_in_a_record(then: Desk, name: str) -> None:
    with pytest.raises(BadCoderError):
        coder_of(then, name)
    assert coder_of(then, "  Ana Ångström ") == "Ana Ångström"
    assert coder_of(then) == "ana"


def test_of_two_coders_the_first_counts_until_a_third_coding_settles_it(then: Desk) -> None:
    ana = code(replace(then, now="2026-08-10T09:00:00+02:00"), "zora", size_class="small", formats="pdf")
    ben = code(replace(then, now="2026-08-10T08:30:00+00:00"), "ben", size_class="large", formats="pdf", carrier="mail")
    assert codings(then, [REF])[REF] == (ana, ben)
    assert settled(codings(then, [REF])[REF]) == ana
    (point,) = disagreements(then, REF)
    assert point.said == (("zora", ("small",)), ("ben", ("large",)))
    page = sheet(then, REF, "cleo")
    with pytest.raises(NotSettledError, match="size-class"):
        settle(then, page, {}, "")
    done = settle(then, page, typed(page.scheme, [("size-class", "medium")]), "by its annual report").coding
    assert (done.resolves, done.coder, done.note) == (True, "cleo", "by its annual report")
    # what only one of them coded is taken over
    assert dict(done.values) == {"size-class": "medium", "formats": "pdf", "carrier": "mail"}
    assert settled(codings(then, [REF])[REF]) == done
    # a later version of a coder does not unsettle it; taking the settlement back does
    code(replace(then, now="2026-08-10T11:00:00+02:00"), "ben", size_class="small")
    assert settled(codings(then, [REF])[REF]) == done
    assert undo(then, REF, "cleo") is None
    assert settled(codings(then, [REF])[REF]) == ana


def test_who_coded_a_case_may_settle_it_and_keeps_their_own_coding(then: Desk) -> None:
    code(then, "ana", size_class="small")
    code(then, "ben", size_class="large")
    page = sheet(then, REF, "ben")
    settle(then, page, typed(page.scheme, [("size-class", "small")]), "")
    assert [(one.coder, one.resolves) for one in codings(then, [REF])[REF]] == [
        ("ana", False), ("ben", False), ("ben", True),
    ]  # fmt: skip
    assert disagreements(then, REF)[0].said[1] == ("ben", ("large",))


def test_there_is_nothing_to_settle_where_nobody_differs(then: Desk) -> None:
    code(then, "ana", size_class="small")
    with pytest.raises(NothingToSettleError, match="fewer than two"):
        disagreements(then, REF)
    code(then, "ben", size_class="small", encryption="none")
    with pytest.raises(NothingToSettleError, match="agree"):
        disagreements(then, REF)


def test_agreement_is_counted_over_the_cases_that_both_coded(then: Desk) -> None:
    # small/small, small/large, large/large, large/large: chance (2*1 + 2*3) / 16 = 0.5, 3 of 4 agree
    refs = (REF, *OTHERS[:3])
    said = zip(refs, ("small", "small", "large", "large"), ("small", "large", "large", "large"), strict=True)
    for ref, first, second in said:
        code(then, "ana", ref, size_class=first, contact_obstacles="account,phone", effort_minutes="5")
        code(then, "ben", ref, size_class=second, contact_obstacles="phone", effort_minutes="5.0")
    code(then, "ana", OTHERS[3], size_class="micro")
    code(then, "ana", REF, policy_promised="no", policy_missing="all")
    found = compare(then)
    assert (found.first, found.second, found.cases) == ("ana", "ben", 4)
    rows = {(row.name, row.value): row for row in found.rows}
    size = rows["size-class", ""]
    assert (size.found.n, size.found.same, size.alone) == (4, 3, 0)
    assert size.found.kappa is not None
    assert isclose(size.found.kappa, 0.5)
    assert ("small", "large", 1) in size.found.confusion
    # each of several values is a question of its own: both always say phone, and only one ever says account
    assert rows["contact-obstacles", "phone"].why == "one value only"
    assert rows["contact-obstacles", "account"].found.kappa == 0.0
    assert (rows["effort-minutes", ""].found.same, rows["effort-minutes", ""].found.kappa) == (4, None)
    assert rows["policy-missing", ""].why == "free text"
    assert (rows["policy-promised", ""].alone, rows["policy-promised", ""].found.n) == (1, 0)
    assert ("encryption", "") not in rows
    assert {point.ref for point in found.open if point.code.id == "size-class"} == {OTHERS[0]}
    assert len(found.open) == 5


def test_agreement_says_whom_it_compared(then: Desk) -> None:
    with pytest.raises(NobodyTwiceError, match="--second"):
        compare(then)
    for coder in ("ana", "ben", "cleo"):
        code(then, coder, size_class="small")
    code(then, "ana", OTHERS[0], size_class="small")
    code(then, "cleo", OTHERS[0], size_class="small")
    found = compare(then)
    assert (found.first, found.second) == ("ana", "cleo")
    assert found.others == (("ana", "ben", 1), ("ben", "cleo", 1))
    assert compare(then, between=("cleo", "ben")).cases == 1
    with pytest.raises(NotTheseTwoError, match="ana and cleo have 2"):
        compare(then, between=("ana", "dora"))


def test_what_was_coded_again_after_both_had_coded_is_said(then: Desk) -> None:
    code(then, "ana", size_class="small")
    code(then, "ben", size_class="large")
    assert compare(then).again == 0
    code(replace(then, now="2026-08-10T18:00:00+02:00"), "ben", size_class="small")
    assert compare(then).again == 1


def test_the_sample_is_the_same_for_everybody_and_only_grows() -> None:
    refs = [f"2026-{number:05}" for number in range(2000)]
    drawn = sample(refs, Fraction(1, 5))
    assert drawn == sample(reversed(refs), Fraction(1, 5))
    # 400 expected; three standard deviations of a binomial draw are 54
    assert 346 <= len(drawn) <= 454
    assert set(sample(refs[:1000], Fraction(1, 5))) <= set(drawn)
    assert set(drawn) <= set(sample(refs, Fraction(2, 5)))
    assert sorted(sample(refs, Fraction(1))) == refs
    assert len(sample(refs[:3], Fraction(1, 10**6))) == 1
    assert sample([], Fraction(1, 5)) == ()


def test_a_second_coder_is_refused_a_case_outside_the_sample(then: Desk) -> None:
    refs = (REF, *OTHERS)
    drawn = sample(refs, Fraction(1, 10**6))
    for ref in refs:
        if ref in drawn:
            refuse_outside(then, ref, "", Fraction(1, 10**6))
        else:
            with pytest.raises(NotInSampleError, match=r"--second --share 0\.0001%"):
                refuse_outside(then, ref, "", Fraction(1, 10**6))
        refuse_outside(then, ref, "", Fraction(1))


def test_what_was_begun_on_the_screen_is_in_the_version_that_is_typed(then: Desk) -> None:
    code(then, size_class="small", contact_obstacles="phone")
    begun = {"size-class": ("large",), "formats": ("pdf",), "contact-obstacles": ()}
    keep(then, sheet(then, REF, "ana"), begun, [], "from the screen")
    made = code(then, effort_minutes="5")
    assert dict(made.values) == {"size-class": "large", "formats": "pdf", "effort-minutes": "5"}
    assert made.note == "from the screen"
    assert sheet(then, REF, "ana").begun is None
    # what is typed wins over what was begun
    keep(then, sheet(then, REF, "ana"), {"size-class": ("micro",)}, [], "")
    page = sheet(then, REF, "ana")
    made = save(then, page, typed(page.scheme, [("size-class", "medium")]), note="typed").coding
    assert (dict(made.values), made.note) == ({"size-class": "medium"}, "typed")


def test_settling_for_others_leaves_what_one_began_oneself(then: Desk) -> None:
    code(then, "ana", size_class="small")
    code(then, "ben", size_class="large")
    keep(then, sheet(then, REF, "cleo"), {"size-class": ("micro",)}, [], "")
    settle(then, sheet(then, REF, "cleo"), {"size-class": ("small",)}, "")
    assert sheet(then, REF, "cleo").begun is not None


@pytest.mark.parametrize("text", ["20", "0%", "101%", "-5%", "%", "2e1%", "٢٠%x"])
def test_a_share_is_written_in_percent(text: str) -> None:
    assert share_of("12.5 %") == Fraction(1, 8)
    with pytest.raises(BadShareError):
        share_of(text)


def test_the_queue_holds_what_a_coder_has_not_coded(then: Desk) -> None:
    assert queue(then, "ana") == (REF, *OTHERS)
    code(then, "ana", size_class="small")
    code(then, "ana", OTHERS[1], size_class="small")
    assert queue(then, "ana") == (OTHERS[0], OTHERS[2], OTHERS[3])
    assert queue(then, "ben") == (REF, *OTHERS)
    # the second coder codes what another one has coded
    assert set(queue(then, "ben", second=True)) == {REF, OTHERS[1]}
    assert queue(then, "ana", second=True) == ()
    code(then, "ben", size_class="small")
    assert queue(then, "ben", second=True) == (OTHERS[1],)


def test_progress_counts_cases_and_what_is_behind(then: Desk, tmp_path: Path) -> None:
    code(then, "ana", size_class="small")
    code(then, "ben", size_class="large")
    code(then, "ana", OTHERS[0], size_class="small")
    keep(then, sheet(then, OTHERS[1], "ben"), {"size-class": ("micro",)}, [], "")
    found = progress(then)
    assert (found.cases, found.coded, found.twice, found.differing, found.settled, found.older) == (5, 2, 1, 1, 0, 0)
    assert {(one.name, one.coded, one.begun, one.outdated) for one in found.coders} == {
        ("ana", 2, 0, 0), ("ben", 1, 1, 0),
    }  # fmt: skip
    own = tmp_path / "own.toml"
    own.write_text('[[code]]\nid = "x-tone"\ngroup = "outcome"\ntitle = "Tone"\nkind = "text"\n')
    add(then, own)
    assert progress(then).older == 2


def test_a_coding_is_behind_once_the_log_went_on(then: Desk) -> None:
    code(then, size_class="small")
    entries = then.vault.append(REF, [Noted(on=then.today, text="more")], expect=8, now=then.now, by="ana")
    project(then, REF, (*then.vault.log(REF)[:8], *entries))
    assert [one.outdated for one in progress(then).coders] == [1]
    code(then, size_class="large")
    assert [one.outdated for one in progress(then).coders] == [0]


def test_only_the_cases_of_a_campaign_are_coded_for_it(then: Desk) -> None:
    new(then, Campaign(id="FACES26", title="Faces", rights=("access",), worded_in="en"))
    issued = then.vault.log(REF)[1].event
    assert isinstance(issued, Issued)
    log = Log(issued.text, date(2026, 8, 3))
    opened = log.events[0]
    assert isinstance(opened, Opened)
    log.events[0] = replace(opened, campaign="FACES26", wave=1)
    write(then, "2026-CCCCC", log)
    assert queue(then, "ana", "FACES26") == ("2026-CCCCC",)
    code(then, ref="2026-CCCCC", size_class="small")
    code(then, size_class="small")
    assert (progress(then, "FACES26").cases, progress(then, "FACES26").coded) == (1, 1)
    with pytest.raises(NoCampaignError):
        queue(then, "ana", "NONE")


def test_an_own_file_is_kept_and_grows_and_changes_nothing(then: Desk, tmp_path: Path) -> None:
    own = tmp_path / "own.toml"
    text = '[[code]]\nid = "x-mood"\ngroup = "outcome"\ntitle = "Mood"\nkind = "choice"\nvalues = { a = "good" }\n'
    own.write_text(text)
    shipped = whole(then).version
    made = code(then, size_class="small")
    scheme, new_ones = add(then, own)
    assert (new_ones, scheme.version != shipped) == (("x-mood",), True)
    assert add(then, own) == (scheme, ())
    own.write_text(text + text.replace("x-mood", "x-more"))
    assert add(then, own)[1] == ("x-more",)
    own.write_text(text.replace("good", "bad"))
    with pytest.raises(SchemeFileError, match="never redefined"):
        add(then, own)
    own.write_text(text.replace("x-mood", "x-late-answer"))
    with pytest.raises(SchemeFileError, match="fact of the log"):
        add(then, own)
    later = code(then, x_mood="a")
    assert (made.scheme, later.scheme) == (shipped, whole(then).version)
    assert dict(later.values) == {"size-class": "small", "x-mood": "a"}


def test_many_cases_are_read_as_one_is(then: Desk) -> None:
    code(then, "ana", size_class="small", formats="pdf,table")
    code(then, "ben", size_class="large")
    undo(then, REF, "ben")
    many = (REF, *(f"2026-X{number:04}" for number in range(100)))
    assert codings(then, many) == codings(then, [REF])
