"""Which breach an unjustified message is: as the person who judged it says, else the usual one."""

from __future__ import annotations

import json

import pytest

from dsar.core.events import Judged
from dsar.core.meanings import Fee, IdentityDemand, PortalRedirect, Refusal
from dsar.lawbook.load import law
from dsar.vault import wire

from .cases import CaseFile, day, request_received

COPY = ("copy of the passport",)


def demanded() -> tuple[CaseFile, int]:
    """A request received on 2 March 2026, and an identity demand of 5 March."""
    file = request_received("2026-03-02")
    return file, file.received("2026-03-05", IdentityDemand(items=COPY))


@pytest.mark.parametrize("breach", ["identity-no-doubt", "identity-insecure", "identity-excessive"])
def test_an_identity_demand_is_the_breach_that_was_named(breach: str) -> None:
    file, message = demanded()
    file.judged("2026-03-06", message, justified=False, breach=breach)
    assert set(file.breaches("2026-03-06")) == {breach}
    found = file.breaches("2026-03-06")[breach]
    assert (found.since, found.items, found.proof) == (day("2026-03-05"), COPY, (message,))


def test_where_nobody_named_a_breach_it_is_the_usual_one() -> None:
    file, message = demanded()
    file.judged("2026-03-06", message, justified=False)
    assert set(file.breaches("2026-03-06")) == {"identity-excessive"}


def test_one_demand_can_be_several_breaches_and_hinders_only_once() -> None:
    file, message = demanded()
    file.judged("2026-03-06", message, justified=False, breach="identity-no-doubt")
    file.judged("2026-03-07", message, justified=False, breach="identity-insecure")
    assert set(file.breaches("2026-03-07")) == {"identity-no-doubt", "identity-insecure"}


def test_a_demand_found_justified_after_all_is_no_breach_of_any_name() -> None:
    file, message = demanded()
    file.judged("2026-03-06", message, justified=False, breach="identity-no-doubt")
    file.judged("2026-03-07", message, justified=False, breach="identity-insecure")
    file.judged("2026-03-09", message, justified=True)
    assert file.breaches("2026-03-09") == {}
    assert file.dates("2026-03-09") == ("2026-04-02", None)
    file.judged("2026-03-10", message, justified=False, breach="identity-no-doubt")
    assert set(file.breaches("2026-03-10")) == {"identity-no-doubt"}


def test_said_again_the_later_reason_counts_once() -> None:
    file, message = demanded()
    file.judged("2026-03-06", message, justified=False, breach="identity-no-doubt")
    again = Judged(on=day("2026-03-07"), about=message, justified=False, because="Sharper.", breach="identity-no-doubt")
    file.write(again)
    assert file.breaches("2026-03-07")["identity-no-doubt"].note == "Sharper."


def test_a_refusal_for_want_of_a_mandate_is_a_breach_that_a_person_names() -> None:
    """A refusal as such is none: the law allows to refuse, with reasons (Art. 12(4))."""
    file = request_received("2026-03-02")
    message = file.received("2026-03-09", Refusal(ground="the mandate"))
    file.judged("2026-03-10", message, justified=False)
    assert file.breaches("2026-03-10") == {}
    file.judged("2026-03-11", message, justified=False, breach="mandate-refused")
    assert file.breaches("2026-03-11")["mandate-refused"].day == day("2026-03-09")


def test_an_insecure_channel_is_no_obstacle_and_a_refused_mandate_is_one() -> None:
    """Hindered is who is met twice by what Art. 12 GDPR forbids; Art. 32 is about security."""
    file, message = demanded()
    file.judged("2026-03-06", message, justified=False, breach="identity-insecure")
    file.judged("2026-03-09", file.received("2026-03-09", PortalRedirect()), justified=False)
    assert "hindered" not in file.breaches("2026-03-09")
    refusal = file.received("2026-03-12", Refusal())
    file.judged("2026-03-12", refusal, justified=False, breach="mandate-refused")
    assert file.breaches("2026-03-12")["hindered"].since == day("2026-03-12")


def test_a_breach_of_a_law_book_that_is_gone_is_not_alleged() -> None:
    file = request_received("2026-03-02")
    file.judged("2026-03-06", file.received("2026-03-05", Fee(amount="20 EUR")), justified=False, breach="of-old")
    assert file.breaches("2026-03-06") == {}


def test_what_was_written_before_breaches_had_names_reads_as_it_did() -> None:
    """The very bytes of an entry of a vault from before: no key `breach`."""
    old = '{"about":3,"because":"They knew her.","justified":false,"kind":"judged","on":"2026-03-06"}'
    assert wire.decode(old, wire.VERSION) == Judged(
        on=day("2026-03-06"), about=3, justified=False, because="They knew her."
    )
    new = Judged(on=day("2026-03-06"), about=3, justified=False, because="x", breach="identity-no-doubt")
    assert json.loads(wire.encode(new))["breach"] == "identity-no-doubt"


@pytest.mark.parametrize(
    ("meaning", "usual"),
    [
        ("identity-demand", "identity-excessive"),
        ("fee", "fee"),
        ("portal", "portal-only"),
        ("mandate-doubt", "mandate-refused"),
        ("refusal", ""),
        ("answer", ""),
        ("other", ""),
    ],
)
def test_what_an_unjustified_message_usually_is(meaning: str, usual: str) -> None:
    assert law().usual(meaning) == usual
    assert law().judged(meaning)[:1] == ((usual,) if usual else law().judged(meaning)[:1])


def test_what_cannot_be_said_of_a_message_is_not_offered() -> None:
    assert "fee" not in law().judged("identity-demand")
    assert set(law().judged("refusal")) == {"mandate-refused", "non-cooperation", "access-limited"}
    assert law().judged("auto-reply") == ()
