"""The scheme holds judgments only, an organisation adds to it and changes nothing, and its files are read strictly."""

from __future__ import annotations

import csv
import io
from dataclasses import fields
from typing import TYPE_CHECKING

import pytest

from dsar.core.casefacts import CaseFacts
from dsar.study.scheme import NoSchemeFileError, SchemeFileError, joined, scheme
from dsar.study.scheme_book import as_csv, as_markdown
from dsar.study.scheme_facts import CHECKLIST, reserved
from dsar.study.scheme_values import (
    BadValueError,
    FactTypedError,
    UnknownVariableError,
    asked,
    flat,
    folded,
    read_value,
    variable,
)

if TYPE_CHECKING:
    from pathlib import Path

    from dsar.core.coding import Code

OWN = """
[[code]]
id = "x-language-barrier"
group = "answer"
title = "Language was in the way"
kind = "choice"
scale = "yes-no"
when = "answered=yes"
"""


TEN = 'values = { a="1", b="2", c="3", d="4", e="5", f="6", g="7", h="8", i="9", j="10" }'


def own(text: str, facts: frozenset[str] | None = None) -> tuple[str, ...]:
    """The ids that an own file adds."""
    whole = joined((("own.toml", text.encode()),), reserved() if facts is None else facts)
    return tuple(code.id for code in whole.codes if code.id.startswith("x-"))


def code(name: str) -> Code:
    found = scheme().code(name)
    assert found is not None
    return found


def test_no_variable_of_the_scheme_is_a_fact() -> None:
    ids = {one.id for one in scheme().codes}
    computed = {field.name.replace("_", "-") for field in fields(CaseFacts)}
    assert not ids & computed
    assert not ids & set(CHECKLIST)
    assert {"outcome", "sent-on", "first-answer", "purposes", "copy"} <= reserved()


def test_the_scheme_asks_what_the_field_asks() -> None:
    ids = {one.id for one in scheme().codes}
    types = ("volunteered", "observed", "derived", "acquired", "metadata")
    sides = ("returned", "complete", "accurate", "understandable", "meaningful", "usable", "useful")
    assert {f"{one}-{side}" for one in types for side in sides} <= ids
    assert ids >= {
        *("no-data-credible", "machine-readable", "encryption", "password-channel", "third-party-included"),
        *("id-doubt-explained", "id-already-known", "id-complied", "authentication", "insecure-channel"),
        *("wrong-person", "policy-promised", "outcome-judged", "effort-minutes", "search-hours", "size-class"),
    }
    assert len(ids) == len(scheme().codes)
    assert all(len(one.values) <= 9 for one in scheme().codes)
    assert all((one.kind in {"choice", "several"}) is bool(one.values) for one in scheme().codes)


def test_an_own_file_adds_variables_and_changes_the_version() -> None:
    assert own(OWN) == ("x-language-barrier",)
    whole = joined((("own.toml", OWN.encode()),))
    assert whole.version != scheme().version
    assert whole.version.split("-")[0] == scheme().version.split("-")[0]
    # it stands with its group, after the shipped ones
    answers = [one.id for one in whole.codes if one.group == "answer"]
    assert answers[-1] == "x-language-barrier"


def test_a_comment_does_not_change_the_version() -> None:
    plain = joined((("own.toml", OWN.encode()),))
    assert joined((("own.toml", f"# why\n{OWN}".encode()),)).version == plain.version


def test_the_same_definition_again_is_no_other_one_and_another_is_refused() -> None:
    more = OWN + OWN.replace("x-language-barrier", "x-second")
    both = joined((("a.toml", OWN.encode()), ("b.toml", more.encode())))
    assert [one.id for one in both.codes if one.id.startswith("x-")] == ["x-language-barrier", "x-second"]
    other = OWN.replace("Language was", "Words were").encode()
    with pytest.raises(SchemeFileError, match=r"b\.toml: code\[0\]\.id: .*never redefined"):
        joined((("a.toml", OWN.encode()), ("b.toml", other)))


@pytest.mark.parametrize(
    ("change", "place", "why"),
    [
        (('id = "x-language-barrier"', 'id = "language-barrier"'), r"code\[0\]\.id", "must begin with x-"),
        (('id = "x-language-barrier"', 'id = "x-sent-on"'), r"code\[0\]\.id", "fact of the log"),
        (('id = "x-language-barrier"', 'id = "x-purposes"'), r"code\[0\]\.id", "fact of the log"),
        (('id = "x-language-barrier"', 'id = "X Y"'), r"code\[0\]\.id", "small letters"),
        (('id = "x-language-barrier"', "id = 3"), r"code\[0\]\.id", "small letters"),
        (('group = "answer"', 'group = "nowhere"'), r"code\[0\]\.group", "no group"),
        (('title = "Language was in the way"', ""), r"code\[0\]\.title", "text on one line"),
        (('title = "Language was in the way"', 'title = "a\\u001b[2Jb"'), r"code\[0\]\.title", "text on one line"),
        (('kind = "choice"', 'kind = "likert"'), r"code\[0\]\.kind", "one of choice"),
        (('kind = "choice"', 'kind = "text"'), r"code\[0\]\.values", "has none"),
        (('scale = "yes-no"', ""), r"code\[0\]\.values", "has values, or a scale"),
        (('scale = "yes-no"', 'scale = "likert"'), r"code\[0\]\.scale", "no scale"),
        (('scale = "yes-no"', "values = {}"), r"code\[0\]\.values", "table of names"),
        (('scale = "yes-no"', TEN), "values", "9 keys"),
        (('when = "answered=yes"', 'when = "answered"'), r"code\[0\]\.when", "variable=value"),
        (('when = "answered=yes"', 'when = "nothing=yes"'), r"code\[0\]\.when", "neither a variable"),
        (('when = "answered=yes"', 'when = "carrier=pigeon"'), r"code\[0\]\.when", "cannot be “pigeon”"),
        (('when = "answered=yes"', 'when = "outcome-judged=silent"'), r"code\[0\]\.when", "asked later"),
        (('kind = "choice"', 'kind = "choice"\nweight = 2'), r"code\[0\]\.weight", "unknown key"),
        (("[[code]]", 'version = "2"\n[[code]]'), "version", "unknown key"),
        (("[[code]]", "[code]"), "code", "list of tables"),
        (("[[code]]", '[scale]\nyes-no = { ja = "ja" }\n[[code]]'), r"scale\.yes-no", "already"),
        (("[[code]]", '[[group]]\nid = "mine"\ntitle = "Mine"\n[[code]]'), r"group\[0\]\.id", "must begin with x-"),
        (("[[code]]", '[[group]]\nid = "x-mine"\n[[code]]'), r"group\[0\]\.title", "text on one line"),
    ],
)
def test_an_error_names_the_file_and_the_key(change: tuple[str, str], place: str, why: str) -> None:
    with pytest.raises(SchemeFileError, match=rf"own\.toml: .*{place}: .*{why}"):
        own(OWN.replace(*change))


def test_what_was_accepted_once_stays_whatever_is_computed_later() -> None:
    text = OWN.replace("x-language-barrier", "x-sent-on")
    assert own(text, frozenset()) == ("x-sent-on",)


@pytest.mark.parametrize("text", [b"\xff\xfe", b"[[code", b"x = " + b"[" * 100_000, b"#" * 1_000_001])
def test_what_is_no_toml_is_refused(text: bytes, tmp_path: Path) -> None:
    path = tmp_path / "own.toml"
    path.write_bytes(text)
    with pytest.raises(NoSchemeFileError, match=r"own\.toml"):
        scheme(path)


def test_a_file_that_is_missing_is_named(tmp_path: Path) -> None:
    with pytest.raises(NoSchemeFileError, match=r"none\.toml: No such file"):
        scheme(tmp_path / "none.toml")


def test_a_fact_cannot_be_typed_however_it_is_spelled() -> None:
    for name in ("sent_on", "Sent-On", "outcome", "strict", "identity-demand", "answered"):
        with pytest.raises(FactTypedError, match="dsar correct"):
            variable(scheme(), name)
    with pytest.raises(FactTypedError, match="dsar review"):
        variable(scheme(), "recipients")
    with pytest.raises(UnknownVariableError, match="did you mean encryption"):
        variable(scheme(), "encription")


@pytest.mark.parametrize(
    ("name", "text", "values"),
    [
        ("size-class", "Public body", ("public",)),
        ("size-class", "PUBLIC", ("public",)),
        ("size-class", "  ", ()),
        ("formats", "structured, pdf,pdf", ("pdf", "structured")),
        ("effort-minutes", "007", ("7",)),
        ("effort-minutes", "12,50", ("12.5",)),
        ("policy-missing", " a\x1b[2J\n b ", ("a [2J b",)),
    ],
)
def test_values_are_kept_in_one_spelling(name: str, text: str, values: tuple[str, ...]) -> None:
    assert read_value(code(name), text) == values


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("size-class", "huge"), ("formats", "pdf,wax"), ("effort-minutes", "-1"), ("effort-minutes", "١٢"),
        ("effort-minutes", "1e9"), ("contact-obstacles", "none,account"), ("policy-missing", "x" * 2001),
    ],
)  # fmt: skip
def test_a_value_that_cannot_be_is_refused(name: str, text: str) -> None:
    with pytest.raises(BadValueError, match=name):
        read_value(code(name), text)


def test_what_hangs_on_a_value_is_asked_only_with_it() -> None:
    gates = {"answered": "yes", "identity-demand": "no", "no-data": "no", "refusal": "no"}

    def names(**values: str) -> set[str]:
        said = {name.replace("_", "-"): (value,) for name, value in values.items()}
        return {one.id for one in asked(scheme(), said, gates)}

    assert "password-channel" not in names()
    assert "password-channel" in names(encryption="password")
    assert "link-days" in names(encryption="portal")
    assert "observed-useful" not in names(observed_returned="no")
    assert "observed-useful" in names(observed_returned="partly")
    assert "id-complied" not in names()
    # what it hangs on is not asked itself: the answer that is gone takes its consequences with it
    gates = {"answered": "no"}
    assert "password-channel" not in names(encryption="password")


def test_pairs_keep_several_values_of_one_variable() -> None:
    values = {"formats": ("pdf", "table"), "encryption": ("none",)}
    assert flat(values) == (("formats", "pdf"), ("formats", "table"), ("encryption", "none"))
    assert folded(flat(values)) == values


def test_the_code_book_names_every_variable_once_and_no_cell_is_a_formula() -> None:
    text = OWN.replace("Language was in the way", "=HYPERLINK(1)") + 'help = "*bold* <b> [a](b)"\n'
    whole = joined((("own.toml", text.encode()),))
    rows = list(csv.DictReader(io.StringIO(as_csv(whole))))
    assert [row["variable"] for row in rows] == [one.id for one in whole.codes]
    row = next(row for row in rows if row["variable"] == "x-language-barrier")
    assert row["title"] == "'=HYPERLINK(1)"
    assert row["values"] == "yes: yes; no: no; unclear: cannot be told"
    assert (row["asked_when"], row["scheme"]) == ("answered=yes", whole.version)
    assert next(row for row in rows if row["variable"] == "authentication")["source"].startswith("Boniface")
    page = as_markdown(whole)
    assert page.count("\n### `") == len(whole.codes)
    assert "\\*bold\\* \\<b\\> \\[a\\](b)" in page
