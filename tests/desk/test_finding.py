"""Finding again: whatever comes into a case can be found by its words, at once, wherever in it they stand."""

from __future__ import annotations

import dataclasses
import zipfile
from datetime import date
from typing import TYPE_CHECKING, get_args

import pytest

from cli.papers import pdf
from dsar.core.events import Fact
from dsar.core.parties import Address, Person
from dsar.desk import acts, finding, inbox, people
from dsar.desk.evidence import take_bytes
from dsar.desk.finding import FREE, find
from dsar.desk.incoming import received
from dsar.desk.mailing import take_in
from dsar.desk.opening import Ask, open_case, own_controller
from dsar.errors import NotFoundError

if TYPE_CHECKING:
    from pathlib import Path

    from dsar.desk.office import Desk

REFS = iter(range(22222, 99999))
DAY = date(2026, 12, 31)
# names, codes and numbers: what is found by its words is a person's own, or a text of the other side
CODES = {
    "about", "act", "address", "answers", "at", "authority", "basis", "by", "channel", "claims", "demand", "demands",
    "discloses", "form", "id", "items", "kind", "lang", "language", "law", "leaves_out", "letter", "media", "name",
    "outcome", "regime", "right", "rights", "rule", "sender", "sha256", "status", "subject", "template", "to", "via",
    "breach", "campaign", "on_theirs",
}  # fmt: skip


def case(desk: Desk) -> str:
    address = Address(lines=("1 rue X",), country="FR")
    people.set_self(desk.vault, Person(id="me", name="Zoé", email="z@p.example", address=address, language="en"))
    theirs = own_controller(name="Miroir SAS", email="p@miroir.example", address=(), country="FR", sector="general")
    ask = Ask(rights=("access",), subject="me", questions=("Where is my Xylophon?",))
    return open_case(desk, theirs, ask, ref=f"2026-{next(REFS)}").case.ref


def came(desk: Desk, ref: str, path: Path, data: bytes) -> None:
    path.write_bytes(data)
    received(desk, ref, path=path, on=DAY, kinds=(), note="")


def places(desk: Desk, ref: str, text: str) -> list[tuple[str, int]]:
    return [(hit.kind, hit.n) for hit in find(desk, text, ref=ref).hits]


def test_what_a_person_wrote_is_found(desk: Desk) -> None:
    ref = case(desk)
    acts.note(desk, ref, "They promised the Möbelwagen by phone")
    assert places(desk, ref, "mobelwagen") == [("notes", 2)]
    assert places(desk, ref, "xylophon") == [("notes", 1)]
    assert places(desk, ref, "miroir") == [("notes", 1)]


def test_a_mail_its_attachments_and_their_names_are_found(desk: Desk, tmp_path: Path) -> None:
    ref = case(desk)
    mail = (
        b"From: p@miroir.example\r\nTo: z@p.example\r\nSubject: =?utf-8?q?R=C3=A9ponse?=\r\nMIME-Version: 1.0\r\n"
        b"Date: Thu, 31 Dec 2026 10:00:00 +0100\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n"
        b"--b\r\n\r\nBonjour\r\n"
        b'--b\r\nContent-Type: text/csv; name="liste-noire.csv"\r\n\r\nnom;Grenouille\r\n--b--\r\n'
    )
    came(desk, ref, tmp_path / "m.eml", mail)
    assert places(desk, ref, "reponse") == [("messages", 2)]
    assert places(desk, ref, "p@miroir.example bonjour") == [("messages", 2)]
    assert places(desk, ref, "grenouille") == [("files", 2)]
    assert places(desk, ref, "liste-noire") == [("files", 2)]


@pytest.mark.parametrize(
    ("name", "data", "word"),
    [
        ("a.pdf", pdf("Halibut in a text layer"), "halibut"),
        ("a.html", b"<html><body><p>Hal<b>ibut</b> &amp; co</p><script>secretword</script></body></html>", "halibut"),
        ("a.json", b'{"x": "H\\u00e4libut"}', "halibut"),
        ("a.csv", b"\xef\xbb\xbfa,b\nHalibut,2\n", "halibut"),
    ],
)
def test_the_text_of_an_answer_is_found(desk: Desk, tmp_path: Path, name: str, data: bytes, word: str) -> None:
    ref = case(desk)
    came(desk, ref, tmp_path / name, data)
    assert places(desk, ref, word) == [("messages", 2)]
    assert places(desk, ref, "secretword") == []


def test_an_archive_is_found_by_its_names_and_by_its_texts(desk: Desk, tmp_path: Path) -> None:
    ref, path = case(desk), tmp_path / "a.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("photos/seepferd.jpg", b"\xff\xd8\xff")
        archive.writestr("ads/interests.json", '["Angelrute"]')
    received(desk, ref, path=path, on=DAY, kinds=(), note="")
    assert places(desk, ref, "seepferd") == [("messages", 2)]
    assert places(desk, ref, "angelrute") == [("files", 2)]


@pytest.mark.parametrize(
    "data", [b"%PDF-1.7 broken", b"PK\x03\x04 broken", b"\x00\x01\x02" * 500, b"\xff" * 500, b"%PDF-" + b"[" * 100_000]
)
def test_what_cannot_be_read_is_kept_and_breaks_nothing(desk: Desk, tmp_path: Path, data: bytes) -> None:
    ref = case(desk)
    came(desk, ref, tmp_path / "x.bin", data)
    assert places(desk, ref, "x.bin") == [("messages", 2)]


def test_a_message_is_found_in_the_inbox_then_in_its_case_and_back(desk: Desk, tmp_path: Path) -> None:
    ref, path = case(desk), tmp_path / "w.eml"
    path.write_bytes(
        b"From: q@nobody.example\r\nTo: z@p.example\r\nSubject: Walrus\r\nDate: Thu, 31 Dec 2026 09:00:00 +0100\r\n"
        b"Message-ID: <w@nobody.example>\r\n\r\nHello\r\n" + b"word " * 5_000 + b" Zwetschge\r\n"
    )
    take_in(desk, [path])
    (waits,) = find(desk, "walrus").hits
    assert waits.ref == ""
    assert find(desk, "zwetschge").hits == ()
    inbox.assign(desk, waits.n, (ref,))
    assert [hit.ref for hit in find(desk, "walrus").hits] == [ref]
    assert places(desk, ref, "zwetschge") == [("messages", 2)]
    inbox.undo(desk, waits.n)
    assert {hit.ref for hit in find(desk, "walrus").hits} == {ref, ""}


def test_an_index_made_anew_finds_the_same(desk: Desk, tmp_path: Path) -> None:
    ref = case(desk)
    acts.note(desk, ref, "Regenschirm")
    came(desk, ref, tmp_path / "r.csv", b"Regenschirm,1")
    before = places(desk, ref, "regenschirm")
    assert len(before) == 2
    finding.rebuild(desk)
    assert sorted(places(desk, ref, "regenschirm")) == sorted(before)


def test_a_letter_is_found(desk: Desk) -> None:
    from dsar.core.events import Issued  # noqa: PLC0415 - one fact
    from dsar.desk.office import read  # noqa: PLC0415 - as above
    from dsar.desk.recording import append  # noqa: PLC0415 - as above

    ref = case(desk)
    text = take_bytes(desk, b"Nous exigeons la Citrouille", name="l.md", media="text/markdown")
    issued = Issued(on=DAY, kind="access", lang="fr", subject="Demande", text=text, pdf=text, template="t", law="l")
    append(desk, read(desk, ref), issued)
    assert places(desk, ref, "citrouille") == [("letters", 2)]


def test_a_case_that_is_not_there_is_an_error(desk: Desk) -> None:
    case(desk)
    with pytest.raises(NotFoundError):
        find(desk, "x", ref="2026-NOBODY")


def test_every_field_of_every_fact_is_free_text_or_known_not_to_be() -> None:
    """A new fact must say here which of its words a person will look for."""
    texts = {
        field.name
        for kind in get_args(Fact)
        for field in dataclasses.fields(kind)
        if field.type in {"str", "str | None"}
    }
    assert texts - FREE <= CODES
    assert {"text", "because", "note", "reason"} <= texts
