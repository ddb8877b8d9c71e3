"""Masking: a name in every way in which people write it; a shape wherever it stands; and nothing that names nobody."""

from __future__ import annotations

import time

import pytest

from dsar.core.veil import Rule, Veil
from dsar.core.veil_rules import (
    address_rules,
    email_rule,
    full_name_rule,
    identifier_rules,
    name_rules,
    shape_rules,
)

KINDS = ("name", "person", "staff", "email", "address", "identifier", "reference", "link", "number")
LABELS = {kind: f"[{kind}]" for kind in KINDS}


def masked(text: str, *rules: Rule, keep: tuple[str, ...] = ()) -> str:
    return Veil(rules, LABELS, keep).mask(text)


@pytest.mark.parametrize(
    "text",
    [
        "Zoë Müller-Lefèvre", "ZOE MUELLER LEFEVRE", "Lefevre, Zoe", "Z. Müller", "Zoe M. L.", "zoë\nlefèvre",
        "Müllerová", "Lefèvrem", "Zoës", "zoemuller", "zlefevre", "Lefèvre_Zoë", "Le\u00adfèv\u200bre", "Lefè-\n> vre",
        "L e f è v r e", "Zoe\u0308", "MÜLLER, Zoë Lefèvre",
        "".join(chr(ord(one) + 0xFEE0) for one in "Lefevre"),
        "Lefevre".replace("e", "\N{CYRILLIC SMALL LETTER IE}"),
    ],
)  # fmt: skip
def test_a_name_is_found_however_it_is_written(text: str) -> None:
    assert masked(f"x: {text}; y", *name_rules("name", "Zoë Müller-Lefèvre")) == "x: [name]; y"


@pytest.mark.parametrize("text", ["Zoo", "mull it over", "the lever", "Müllabfuhr", "azoetic"])
def test_other_words_stay(text: str) -> None:
    assert masked(text, *name_rules("name", "Zoë Müller-Lefèvre")) == text


def test_a_short_name_is_found_only_as_a_name() -> None:
    rules = name_rules("name", "Bo Li")
    assert masked("Bo Li, LI; li dove, the bo tree", *rules) == "[name], [name]; li dove, the bo tree"


def test_a_particle_is_no_name_and_goes_with_one() -> None:
    assert masked("Vincent van der Meer, van and der", *name_rules("name", "Vincent van der Meer")) == (
        "[name], van and der"
    )


def test_a_name_of_ordinary_words_is_masked_whole() -> None:
    assert masked("Privacy Desk; Desk Privacy; the desk", *full_name_rule("person", "Privacy Desk")) == (
        "[person]; [person]; the desk"
    )


@pytest.mark.parametrize(
    "text", ["12, rue des\nLilas", "12 RUE DES LILAS", "rue des Lilas", "75011 Paris", "75011", "PARIS"]
)
def test_an_address_is_found_by_its_lines_and_their_words(text: str) -> None:
    assert masked(f"({text})", *address_rules(("12 rue des Lilas", "75011 Paris"))) == "([address])"


@pytest.mark.parametrize("text", ["06 12 34 56 78", "0033612345678", "+33 (0)6.12.34.56.78", "06-12-34-56-78"])
def test_a_telephone_number_is_found_with_and_without_its_country(text: str) -> None:
    assert masked(f"call {text}!", *identifier_rules("identifier", "+33 6 12 34 56 78")) == "call [identifier]!"


@pytest.mark.parametrize(
    "text",
    ["1985-03-12", "12/03/1985", "12.3.85", "03/12/1985", "12 mars 1985", "12. März 1985", "March 12, 1985",
     "12th March 1985", "12 de marzo de 1985", "19850312"],
)  # fmt: skip
def test_a_day_of_birth_is_found_in_every_form(text: str) -> None:
    assert masked(f"born {text}.", *identifier_rules("identifier", "1985-03-12")) == "born [identifier]."


@pytest.mark.parametrize("text", ["ada.x@mail.example", "ada\\.x@mail\\.example", "ADA.X (at) mail.example"])
def test_an_e_mail_address_is_found_with_its_disguises(text: str) -> None:
    assert masked(f"to {text}", *email_rule("ada.x@mail.example")) == "to [email]"


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("https://x.example/u?id=ada%2Ex", "link"), ("x.example/privacy", "link"), ("somebody@x.example", "email"),
        ("2026/4521", "number"), ("RR123456789FR", "number"), ("FR76 3000 6000 0112 3456 7890 189", "number"),
        ("4711-AB", "number"), ("a3f1c9d2-77aa-4b2e-9c1d-000011112222", "number"), ("+49 30 1234567", "number"),
    ],
)  # fmt: skip
def test_a_shape_is_masked_whosever_it_is(text: str, kind: str) -> None:
    assert masked(f"see {text} now", *shape_rules()) == f"see [{kind}] now"


def test_dates_articles_and_the_numbers_of_acts_stay() -> None:
    text = "On 2026-03-05 at 10:12, 5 March 2026: Article 12(3) of Regulation (EU) 2016/679, C-526/24, 30 days, 184 kB"
    assert masked(text, *shape_rules(), keep=("2016/679", "C-526/24")) == text
    assert masked("ticket 2016/6791", *shape_rules(), keep=("2016/679",)) == "ticket [number]"


def test_nothing_is_found_in_what_was_masked_and_each_rule_is_counted() -> None:
    veil = Veil((*name_rules("name", "Ada Exemple"), *address_rules(("1 rue Exemple",))), LABELS)
    text = veil.mask("Ada Exemple, 1 rue Exemple; ada.exemple")
    assert text == "[name], [address]; [name]"
    assert veil.finds(text) == ()
    assert veil.finds("dear ADA") == ("name",)
    assert dict(veil.counts) == {"name": 2, "address": 1}


def test_a_text_cannot_bring_the_marks_of_what_is_masked() -> None:
    assert masked("\U000f0000 Ada", *name_rules("name", "Ada Exemple")) == "\N{REPLACEMENT CHARACTER} [name]"


@pytest.mark.parametrize("text", ["a.b-c" * 4000, "Z. " * 7000, "Zoe Zoe " * 3000 + "zoex", "m \n" * 7000, "1_" * 9000])
def test_hostile_text_is_masked_in_time_that_grows_with_it(text: str) -> None:
    rules = (*name_rules("name", "Zoë Müller-Lefèvre"), *shape_rules())
    start = time.process_time()
    masked(text, *rules)
    # a rule that tried every way would take minutes
    assert time.process_time() - start < 5
