from __future__ import annotations

import pytest

from dsar.core.matching import Correspondent, Correspondents, Guess, Match, domain, likely, match, references

FACE = Correspondent(
    ref="2026-7QX2M",
    open=True,
    addresses=frozenset({"privacy@clearface.example", "dpo@clearface.example"}),
    domains=frozenset({"clearface.example"}),
)
AGAIN = Correspondent(ref="2026-K3N8P", open=True, addresses=FACE.addresses, domains=FACE.domains)
OTHER = Correspondent(
    ref="2026-M4R9T", open=True, addresses=frozenset({"data@shop.example"}), domains=frozenset({"shop.example"})
)
OVER = Correspondent(
    ref="2025-W5V6X", open=False, addresses=frozenset({"old@gone.example"}), domains=frozenset({"gone.example"})
)
CASES = Correspondents((FACE, OTHER, OVER))


def test_an_answer_to_our_mail_is_filed_whoever_writes_it() -> None:
    found = match((FACE.ref,), "Re: something", "counsel@lawfirm.example", CASES)
    assert found == Match(exact=Guess(ref=FACE.ref, reason="thread"))


def test_a_thread_counts_before_a_reference_and_a_reference_before_a_sender() -> None:
    said = f"Re: {OTHER.ref}"
    assert match((FACE.ref,), said, "data@shop.example", CASES).exact == Guess(ref=FACE.ref, reason="thread")
    assert match((), said, "privacy@clearface.example", CASES).guesses == (Guess(ref=OTHER.ref, reason="reference"),)


def test_an_answer_to_a_mail_sent_in_two_cases_is_for_a_person_to_file() -> None:
    found = match((FACE.ref, AGAIN.ref), "Re: your request", "privacy@clearface.example", Correspondents((FACE, AGAIN)))
    assert found.exact is None
    assert [guess.ref for guess in found.guesses] == [FACE.ref, AGAIN.ref]


@pytest.mark.parametrize("sender", ["DPO@ClearFace.example", "noreply@mail.clearface.example"])
def test_a_reference_from_somebody_of_the_company_is_filed(sender: str) -> None:
    found = match((), f"Your request {FACE.ref}", sender, CASES)
    assert found.exact == Guess(ref=FACE.ref, reason="reference")


@pytest.mark.parametrize("sender", ["mallory@evil.example", "x@notclearface.example", "", "clearface.example"])
def test_a_reference_from_a_stranger_is_only_a_guess(sender: str) -> None:
    """A reference stands on every letter: whoever saw one could send a mail into the case."""
    assert match((), f"Re: {FACE.ref}", sender, CASES) == Match(guesses=(Guess(ref=FACE.ref, reason="reference"),))


def test_a_mail_that_names_two_cases_may_answer_both() -> None:
    found = match((), f"{FACE.ref} and {OTHER.ref}", "privacy@clearface.example", CASES)
    assert found == Match(guesses=(Guess(ref=FACE.ref, reason="reference"), Guess(ref=OTHER.ref, reason="reference")))


def test_the_address_of_one_open_case_is_enough_and_its_domain_is_not() -> None:
    assert match((), "Hello", "data@shop.example", CASES).exact == Guess(ref=OTHER.ref, reason="address")
    assert match((), "Hello", "news@shop.example", CASES) == Match(guesses=(Guess(ref=OTHER.ref, reason="domain"),))


def test_an_address_in_several_open_cases_is_a_guess_for_each() -> None:
    found = match((), "Hello", "privacy@clearface.example", Correspondents((FACE, AGAIN)))
    assert found == Match(guesses=(Guess(ref=FACE.ref, reason="address"), Guess(ref=AGAIN.ref, reason="address")))


def test_a_closed_case_takes_mail_only_by_thread_or_reference() -> None:
    assert match((), "Hello", "old@gone.example", CASES) == Match()
    assert match((), f"Re: {OVER.ref}", "old@gone.example", CASES).exact == Guess(ref=OVER.ref, reason="reference")
    assert match((OVER.ref,), "Re:", "old@gone.example", CASES).exact == Guess(ref=OVER.ref, reason="thread")


def test_a_late_answer_in_a_closed_case_is_not_filed_in_the_open_case_of_somebody_else() -> None:
    before = Correspondent(ref="2025-B2C3D", open=False, addresses=FACE.addresses, domains=FACE.domains)
    found = match((), "Hello", "privacy@clearface.example", Correspondents((before, FACE)))
    assert found == Match(guesses=(Guess(ref=FACE.ref, reason="address"), Guess(ref=before.ref, reason="address")))


def test_the_nearest_domain_comes_first() -> None:
    group = Correspondent(ref="2026-G2H3J", open=True, addresses=frozenset(), domains=frozenset({"group.example"}))
    part = Correspondent(ref="2026-P4Q5R", open=True, addresses=frozenset(), domains=frozenset({"part.group.example"}))
    found = match((), "Hello", "a@x.part.group.example", Correspondents((group, part)))
    assert [guess.ref for guess in found.guesses] == [part.ref, group.ref]


def test_a_company_at_a_public_mail_service_is_known_by_its_address_alone() -> None:
    small = Correspondent(
        ref="2026-P7Q8R", open=True, addresses=frozenset({"small@gmail.com"}), domains=frozenset({"gmail.com"})
    )
    assert match((), "Hello", "stranger@gmail.com", Correspondents((small,))) == Match()
    assert match((), "Re: 2026-P7Q8R", "stranger@gmail.com", Correspondents((small,))).exact is None
    assert match((), "Hello", "small@gmail.com", Correspondents((small,))).exact == Guess(
        ref=small.ref, reason="address"
    )


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Re: [2026-7QX2M] your request", ("2026-7QX2M",)),
        ("re: 2026-7qx2m", ("2026-7QX2M",)),
        ("12026-7QX2M", ()),
        ("2026-7QX2M9", ()),
        ("2026-7QX1M", ()),  # references have neither 1 nor I, 0 nor O, nor L
        ("2026-7QX2M 2026-7QX2M", ("2026-7QX2M",)),
    ],
)
def test_a_reference_is_found_where_it_stands_alone(text: str, found: tuple[str, ...]) -> None:
    assert references(text) == found


def test_the_domain_of_an_address() -> None:
    assert [domain(one) for one in ("a@B.example", "b.example", "a@", "a@b@c.example.")] == [
        "b.example", "", "", "c.example",
    ]  # fmt: skip


def test_a_reference_in_the_text_comes_first_among_those_whose_sender_it_is() -> None:
    found = match(
        (), "Your request", "privacy@clearface.example", Correspondents((FACE, AGAIN)), text=f"zu ({AGAIN.ref})"
    )
    assert found == Match(guesses=(Guess(ref=AGAIN.ref, reason="text"), Guess(ref=FACE.ref, reason="address")))
    assert likely(found.guesses) == AGAIN.ref


def test_a_text_files_nothing_and_keeps_from_filing_where_it_names_another_case() -> None:
    said = f"in the matter {OTHER.ref}"
    assert match((), "Hello", "x@stranger.example", CASES, text=said) == Match(
        guesses=(Guess(ref=OTHER.ref, reason="text"),)
    )
    # the only case of the sender is filed by the address, unless the text speaks of somebody else's
    assert match((), "Hello", "data@shop.example", CASES, text=said).exact == Guess(ref=OTHER.ref, reason="address")
    found = match((), "Hello", "data@shop.example", CASES, text=f"{OVER.ref}")
    assert found == Match(guesses=(Guess(ref=OVER.ref, reason="text"), Guess(ref=OTHER.ref, reason="address")))


def test_a_text_does_not_outweigh_the_thread_or_the_subject() -> None:
    assert match((FACE.ref,), "Re:", "", CASES, text=OTHER.ref).exact == Guess(ref=FACE.ref, reason="thread")
    subject = f"Re: {FACE.ref}"
    assert match((), subject, "privacy@clearface.example", CASES, text=OTHER.ref).exact is not None
    found = match((), subject, "x@stranger.example", CASES, text=OTHER.ref)
    assert [(guess.ref, guess.reason) for guess in found.guesses] == [(FACE.ref, "reference"), (OTHER.ref, "text")]
    # our mail went out in two cases, and its answer names one of them
    found = match((FACE.ref, AGAIN.ref), "Re:", "", Correspondents((FACE, AGAIN)), text=AGAIN.ref)
    assert [guess.ref for guess in found.guesses] == [AGAIN.ref, FACE.ref]


def test_of_several_that_are_as_likely_none_is_likely() -> None:
    assert likely(match((), "Hello", "privacy@clearface.example", Correspondents((FACE, AGAIN))).guesses) == ""
    assert likely(match((), f"{FACE.ref} {OTHER.ref}", "", CASES).guesses) == ""
    assert likely(()) == ""
