from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dsar.core.events import Classified, Corrected, Issued, Judged, Sent
from dsar.core.meanings import Extension, PortalRedirect
from dsar.core.parties import Evidence, Mandate
from dsar.vault import wire

from .facts import DAY, FACTS, KINDS, MEANINGS, facts_of, noted

if TYPE_CHECKING:
    from dsar.core.events import Event

SHA = "ab" * 32


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.__name__)
@settings(max_examples=40, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large], deadline=None)
@given(data=st.data())
def test_every_kind_of_fact_comes_back_as_it_was_written(kind: type, data: st.DataObject) -> None:
    event = data.draw(facts_of(kind))
    assert wire.decode(wire.encode(event), wire.VERSION) == event


@pytest.mark.parametrize("kind", FACTS, ids=lambda kind: kind.__name__)
@settings(max_examples=5, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large], deadline=None)
@given(data=st.data())
def test_a_correction_can_hold_every_kind_of_fact(kind: type, data: st.DataObject) -> None:
    event = Corrected(on=DAY, replaces=1, by=data.draw(st.from_type(kind)))
    assert wire.decode(wire.encode(event), wire.VERSION) == event


@pytest.mark.parametrize("kind", MEANINGS, ids=lambda kind: kind.__name__)
@given(data=st.data())
def test_every_meaning_of_a_message_comes_back(kind: type, data: st.DataObject) -> None:
    event = Classified(on=DAY, message=2, meaning=data.draw(st.from_type(kind)))
    assert wire.decode(wire.encode(event), wire.VERSION) == event


def test_a_fact_is_plain_json_tagged_with_its_kind() -> None:
    assert json.loads(wire.encode(Sent(on=DAY, letter=2, channel="registered", to="Clearface AI"))) == {
        "kind": "sent",
        "on": "2026-03-05",
        "letter": 2,
        "channel": "registered",
        "to": "Clearface AI",
        "tracking": "",
        "proof": None,
    }


def test_names_of_several_words_are_written_with_hyphens() -> None:
    event = Classified(on=DAY, message=2, meaning=PortalRedirect())
    assert json.loads(wire.encode(event))["meaning"] == {"kind": "portal-redirect"}


def test_the_kind_of_a_letter_does_not_hide_the_kind_of_the_fact() -> None:
    piece = Evidence(sha256=SHA, size=1, name="n", media="m")
    event = Issued(
        on=DAY, kind="notice", lang="fr", subject="s", text=piece, pdf=piece, template="t", law="v"
    )  # fmt: skip
    plain = json.loads(wire.encode(event))
    assert (plain["kind"], plain["letter_kind"]) == ("issued", "notice")


def test_a_file_name_that_is_no_unicode_survives() -> None:
    event = noted("scan\udcff.pdf")
    assert wire.decode(wire.encode(event), wire.VERSION) == event


@pytest.mark.parametrize(
    "change",
    [
        {"surprise": 1},
        {"kind": "sentt"},
        {"kind": None},
        {"letter": "2"},
        {"letter": True},
        {"letter": None},
        {"channel": "pigeon"},
        {"on": "20260305"},
        {"on": "2026-02-31"},
        {"on": 20260305},
        {"to": 7},
        {"proof": {"sha256": SHA, "size": 1, "name": "n", "media": "m", "more": 1}},
        {"proof": "a proof"},
    ],
    ids=str,
)
def test_what_does_not_fit_the_kind_is_refused(change: dict[str, object]) -> None:
    plain = json.loads(wire.encode(Sent(on=DAY, letter=2, channel="email", to="x")))
    with pytest.raises(wire.UnreadableFactError):
        wire.decode(json.dumps(plain | change), wire.VERSION)


@pytest.mark.parametrize("missing", ["kind", "on", "letter", "channel", "to"])
def test_a_missing_key_is_refused(missing: str) -> None:
    plain = json.loads(wire.encode(Sent(on=DAY, letter=2, channel="email", to="x")))
    del plain[missing]
    with pytest.raises(wire.UnreadableFactError):
        wire.decode(json.dumps(plain), wire.VERSION)


def test_yes_and_no_are_not_read_from_words() -> None:
    plain = json.loads(wire.encode(Judged(on=DAY, about=3, justified=False, because="b")))
    with pytest.raises(wire.UnreadableFactError):
        wire.decode(json.dumps(plain | {"justified": "false"}), wire.VERSION)


@pytest.mark.parametrize("body", ["", "[]", "null", "7", "{", '"sent"'])
def test_what_is_no_object_is_refused(body: str) -> None:
    with pytest.raises(wire.UnreadableFactError):
        wire.decode(body, wire.VERSION)


def test_a_row_of_a_later_spelling_is_not_guessed_at() -> None:
    with pytest.raises(wire.NewerFactError):
        wire.decode(wire.encode(noted()), wire.VERSION + 1)


@given(st.from_type(Mandate))
def test_a_record_of_the_core_comes_back_too(mandate: Mandate) -> None:
    assert wire.from_plain(json.loads(json.dumps(wire.to_plain(mandate))), Mandate) == mandate


def test_evidence_is_found_wherever_it_stands_in_a_fact() -> None:
    def piece(letter: str) -> Evidence:
        return Evidence(sha256=letter * 64, size=1, name="n", media="m")

    issued: dict[str, Any] = {"kind": "access", "lang": "fr", "subject": "s", "template": "t", "law": "v"}
    inner = Issued(on=DAY, text=piece("a"), pdf=piece("b"), **issued)
    event: Event = Corrected(on=DAY, replaces=2, by=inner)
    assert [found.sha256[0] for found in wire.evidence_in(event)] == ["a", "b"]
    assert not list(wire.evidence_in(Classified(on=DAY, message=1, meaning=Extension(reasons=True))))
