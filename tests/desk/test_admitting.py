"""The check and the form of an authority, in words."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import get_args

import pytest

from dsar.core import admissibility
from dsar.core.admissibility import Point
from dsar.core.law import IdentityCopy, SignatureClass
from dsar.desk import admitting
from dsar.lawbook.load import forms, law
from dsar.lawbook.records import FormValue

SOURCE = Path(admissibility.__file__).read_text(encoding="utf-8")


def test_every_thing_that_a_profile_asks_for_has_words() -> None:
    wanted = {name for one in law().authorities.values() for name in one.contents}
    assert wanted <= admitting.CONTENT.keys()


@pytest.mark.parametrize("name", sorted(set(get_args(SignatureClass)) - {"", "none"}))
def test_every_kind_of_signature_has_words(name: str) -> None:
    point = Point(id=f"signature-{name}", verdict="by-hand")
    assert admitting.in_words(point).text.startswith("Sign")


def test_every_copy_of_an_identity_document_that_is_asked_for_has_words() -> None:
    for name in set(get_args(IdentityCopy)) & {"required", "with-handwritten"}:
        assert "identity document" in admitting.in_words(Point(id=f"identity-copy-{name}", verdict="by-hand")).text


def test_what_is_said_is_said_by_the_core() -> None:
    """No sentence is left over that nothing raises; those with a variable end are tested above."""
    for name in admitting.SAID.keys() - {"bounced", "refused"}:
        stem = name.rpartition("-")[0]
        assert f'"{name}"' in SOURCE or f'"{stem}-{{' in SOURCE or 'f"signature-' in SOURCE, name


def test_the_fields_of_the_forms_are_those_that_somebody_saw() -> None:
    """From the table of forms: the ICO has 10 steps, the summary 2,000 characters; § 24(2) DSG has six items."""
    ico = forms()["uk-ico"]
    assert [(one.value, one.limit) for one in ico.field if one.limit] == [("grievances", 2000)]
    assert ico.field[0].label == "Your name"
    assert [one.label[:2] for one in forms()["at-dsb"].field[:6]] == ["1.", "2.", "3.", "4.", "5.", "6."]
    unseen = {name for name, one in forms().items() if not one.checked}
    assert unseen == {"es-aepd", "eu-edps", "fr-cnil", "ie-dpc"}


def test_every_value_that_a_form_may_ask_for_is_used_or_by_hand() -> None:
    used = {one.value for form in forms().values() for one in form.field}
    assert used == set(get_args(FormValue))


def test_no_form_names_an_authority_twice() -> None:
    path = Path(admissibility.__file__).parents[1] / "law" / "forms.toml"
    named = [one["authority"] for one in tomllib.loads(path.read_text(encoding="utf-8"))["form"]]
    assert len(named) == len(set(named)) == 8


@pytest.mark.parametrize("name", ["prior-contact-required", "prior-contact-expected"])
def test_what_is_there_is_not_said_as_what_is_asked_for(name: str) -> None:
    """A clerk reads under "What is there" that the request arrived, not that the authority wants it."""
    there = admitting.in_words(Point(id=name, verdict="there")).text
    against = admitting.in_words(Point(id=name, verdict="against")).text
    assert "first" in there
    assert "nothing" not in there
    assert "nothing here shows" in against
