"""Which letter a request becomes: decided by the front matter of the letters."""

from __future__ import annotations

import pytest

from dsar.desk.choosing import (
    NoRequestLetterError,
    NotARequestError,
    Occasion,
    OtherLawError,
    OtherRightsError,
    first_request,
)
from dsar.desk.errors import UnknownItemError
from dsar.letters.find import roots


def chosen(*rights: str, regime: str = "gdpr", sector: str = "general", ids: str = "", letter: str = "") -> str:
    occasion = Occasion(rights=rights, regime=regime, sector=sector, identifiers=tuple(ids.split()), letter=letter)
    return first_request(roots(), "fr" if regime.startswith("led") else "en", occasion)[0].kind


@pytest.mark.parametrize(
    ("rights", "kind"),
    [
        ("", "access"),
        ("access", "access"),
        ("access erasure", "access-erasure"),
        ("erasure access", "access-erasure"),
        ("erasure", "erasure"),
        ("rectification", "rectification"),
        ("restriction", "restriction"),
        ("portability", "portability"),
        ("objection", "objection"),
        ("marketing-objection", "marketing-objection"),
        ("automated-decision", "automated-decision"),
        ("consent-withdrawal", "consent-withdrawal"),
        ("erasure consent-withdrawal", "consent-withdrawal"),
        ("erasure restriction objection", "cease-and-desist"),
        ("access portability", "request"),
        ("access erasure rectification", "request"),
        ("questions", "questionnaire"),
    ],
)
def test_the_rights_choose_the_letter(rights: str, kind: str) -> None:
    assert chosen(*rights.split()) == kind


@pytest.mark.parametrize(
    ("sector", "ids", "kind"),
    [
        ("employer", "", "access-employer"),
        ("general", "cookie-id", "access-tracking"),
        ("general", "cookie-id advertising-id", "access-tracking"),
        ("general", "cookie-id email", "access"),
        ("face-search", "photo", "access-face"),
        ("face-search", "photo email", "access"),
        ("general", "photo", "access"),
    ],
)
def test_the_controller_and_what_identifies_the_person_choose_among_the_requests_for_access(
    sector: str, ids: str, kind: str
) -> None:
    assert chosen("access", sector=sector, ids=ids) == kind


@pytest.mark.parametrize(
    ("regime", "sector", "kind"),
    [
        ("eudpr", "public", "access-institution"),
        ("uk-gdpr", "general", "access-uk"),
        ("uk-gdpr", "employer", "access-uk"),
        ("ch-fadp", "general", "access-ch"),
        ("led-fr", "police", "access-police"),
    ],
)
def test_the_law_chooses_first(regime: str, sector: str, kind: str) -> None:
    assert chosen("access", regime=regime, sector=sector) == kind


def test_a_letter_that_is_named_is_taken_with_its_rights() -> None:
    occasion = Occasion(rights=(), regime="gdpr", sector="general", identifiers=(), letter="cease-and-desist")
    assert first_request(roots(), "en", occasion)[1] == ("objection", "restriction", "erasure")
    assert chosen("access", letter="access-employer") == "access-employer"
    assert chosen("access", letter="request") == "request"


def test_a_letter_that_does_not_do_is_refused_with_the_reason() -> None:
    with pytest.raises(NotARequestError, match="“notice” is no first request"):
        chosen(letter="notice")
    with pytest.raises(OtherRightsError, match="exercises erasure, not access"):
        chosen("access", letter="erasure")
    with pytest.raises(OtherLawError, match="under uk-gdpr, not under gdpr"):
        chosen("access", letter="access-uk")
    with pytest.raises(UnknownItemError, match="automated-decision, erasure, questions"):
        chosen("wealth")


def test_a_language_without_a_letter_for_it_says_so(tmp_path) -> None:  # type: ignore[no-untyped-def]  # noqa: ANN001 - pytest's own
    (tmp_path / "xx").mkdir()
    (tmp_path / "xx" / "_lang.toml").write_text("", encoding="utf-8")
    occasion = Occasion(rights=("erasure",), regime="gdpr", sector="general", identifiers=())
    with pytest.raises(NoRequestLetterError, match="no letter for erasure under gdpr in “xx”"):
        first_request((tmp_path,), "xx", occasion)
