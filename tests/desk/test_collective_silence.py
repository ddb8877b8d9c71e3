"""The copy for one complainant: nothing in it names another, however a mail, a subject or a file name does."""

from __future__ import annotations

import json
import zipfile
from dataclasses import dataclass, replace
from datetime import date
from email.message import EmailMessage
from typing import TYPE_CHECKING

import pypdf
import pytest

from dsar.core.dossier import Redaction
from dsar.desk import collective
from dsar.desk.bundling import Wish
from dsar.desk.collective_copies import copies
from dsar.desk.collective_filing import build, compose
from dsar.desk.collective_groups import Ask
from dsar.desk.collective_silence import Known, Reader, Silence
from dsar.desk.evidence import take_bytes
from dsar.mail.every_word import every_word

from . import many

if TYPE_CHECKING:
    from dsar.core.parties import Evidence
    from dsar.desk.collective_copies import Copied
    from dsar.desk.collective_groups import Group
    from dsar.desk.office import Desk
    from dsar.paper.dossier.bind import BoundDossier

AFTER = date(2026, 6, 1)
ASK = Ask(campaign=many.CAMPAIGN, authority="fr-cnil")
PAGE, OTHER = many.page("The same terms for everybody"), many.page("Data of one")


@dataclass(frozen=True)
class Built:
    whole: BoundDossier
    copies: dict[str, Copied]


def _answer(desk: Desk, subject: str, n: int, *files: bytes, name: str = "answer") -> Evidence:
    message = EmailMessage()
    message["From"] = "privacy@clearface.example"
    message["To"] = f"p{n}@people.example"
    message["Subject"] = subject
    message["Date"] = "Mon, 04 May 2026 09:00:00 +0000"
    message.set_content(f"We hold photographs of you. Number {n}.")
    for place, data in enumerate(files):
        message.add_attachment(data, maintype="application", subtype="pdf", filename=f"file-{place}.pdf")
    return take_bytes(desk, bytes(message), name=f"{name}.eml", media="message/rfc822")


def _group(desk: Desk) -> Group:
    (found,) = collective.choose(desk, ASK).groups
    return found


@pytest.fixture(scope="module")
def built(desk: Desk, tmp_path_factory: pytest.TempPathFactory) -> Built:
    """Anna and Bruno hold one file in mails of their own; Carla's mail says Diego's name in its subject."""
    desk, out = replace(desk, today=AFTER), tmp_path_factory.mktemp("silence")
    told = {
        1: _answer(desk, "Your request", 1, PAGE),
        2: _answer(desk, "Your request", 2, PAGE, OTHER),
        3: _answer(desk, "Your requests: Conti, Duarte Diego", 3),
        4: _answer(desk, "Your request", 4, name="to Carla Conti and Diego Duarte"),
    }
    for n, answer in told.items():
        many.case(desk, n, many.NAMES[n - 1], "FR", *many.answered(answer, date(2026, 5, 4), n=5))
    made = compose(desk, _group(desk), Wish(with_returned=True, ocr=False))
    mail = next(e.number for e in made.everybody[0].exhibits if e.evidence == told[1])
    black = Redaction(
        exhibit=f"{mail}.1",
        page=1,
        left=0,
        top=0,
        width=100,
        height=50,
        reason="face of Greta Groen, and of Diego Duarte",
    )
    wish = Wish(redactions=(black,), with_returned=True, ocr=False)
    whole = build(desk, made, out=out / "whole", wish=wish)
    return Built(whole, {one.ref: one for one in copies(desk, made, whole, out=out / "copies", wish=wish)})


def _pieces(bound: BoundDossier) -> dict[str, bool]:
    """The numbers of the files that came with mails, and whether each is redacted."""
    listing = json.loads(bound.manifest.read_text(encoding="utf-8"))
    return {one["number"]: one["redacted"] for one in listing["pieces"]}


def test_a_file_in_mails_of_two_people_is_redacted_in_the_copy_of_the_second_too(built: Built) -> None:
    shown = _pieces(built.whole)
    first, second = sorted(shown, key=lambda name: [int(part) for part in name.split(".")])
    assert shown == {first: True, second: False}
    assert (first[-2:], second[-2:]) == (".1", ".2")
    # in the whole Bruno's first file stands with Anna's mail; his own copy shows it, as black as there
    mail = second.partition(".")[0]
    assert _pieces(built.copies["2026-C0002"].bound) == {f"{mail}.1": True, f"{mail}.2": False}
    text = "\n".join(page.extract_text() for page in pypdf.PdfReader(built.copies["2026-C0002"].bound.pdf).pages)
    assert "The same terms" not in text
    assert "Data of one" in text
    (black,) = json.loads(built.copies["2026-C0002"].bound.manifest.read_text(encoding="utf-8"))["redactions"]
    assert (black["exhibit"], black["reason"]) == (f"{mail}.1", "[…]")


@pytest.mark.parametrize(("ref", "other"), [("2026-C0003", ("Diego", "Duarte")), ("2026-C0004", ("Carla", "Conti"))])
def test_a_subject_or_a_file_name_that_names_another_one_is_in_no_file_of_the_copy(
    built: Built, ref: str, other: tuple[str, ...]
) -> None:
    bound = built.copies[ref].bound
    text = "\n".join(page.extract_text() for page in pypdf.PdfReader(bound.pdf).pages)
    with zipfile.ZipFile(bound.zip) as archive:
        data = b"".join(archive.read(name) for name in archive.namelist())
    for word in other:
        assert word not in text
        assert word.encode() not in data


def _said(desk: Desk, text: str, *, shown_to: int = 0) -> bool:
    known = [Known(one) for one in _group(replace(desk, today=AFTER)).members]
    return Silence(Reader(desk), known[shown_to], known).text(text)


@pytest.mark.parametrize(
    "text",
    [
        "BRUNO  BIANCHI",
        "Bianchi, Bruno",
        "b. bianchi",
        "Brúno Biänchi",
        "Sehr geehrte Frau Conti",
        "Signor Bianchi",
        "to p2@people.example",
        "your case 2026-C0003",
        "mandate M-P2",
    ],
)
def test_another_one_is_known_in_whatever_way_they_are_written(built: Built, desk: Desk, text: str) -> None:
    assert built.copies
    assert not _said(desk, text)


@pytest.mark.parametrize(
    "text", ["Anna Aalto", "Aalto, Anna", "p1@people.example", "two contiguous files", "Ms Marchetti of Halcyon", ""]
)
def test_what_names_only_oneself_or_nobody_stays(built: Built, desk: Desk, text: str) -> None:
    assert built.copies
    assert _said(desk, text)


def test_every_word_of_a_mail_is_read_also_what_a_reader_never_shows() -> None:
    message = EmailMessage()
    message["Subject"] = "Söme subject"
    message["X-Original-To"] = "p2@people.example"
    message.set_content("the plain one")
    message.add_alternative("<p>the <b>other</b> one</p>", subtype="html")
    inner = EmailMessage()
    inner["Subject"] = "forwarded"
    inner.set_content("words inside")
    message.add_attachment(inner)
    said = every_word(bytes(message))
    assert said is not None
    for words in ("Söme subject", "p2@people.example", "the plain one", "other", "forwarded", "words inside"):
        assert words in said


def test_a_line_whose_proof_stayed_out_does_not_read_as_if_it_were_there(built: Built) -> None:
    """Diego's mail is kept back for the name of its file: the line that says that it came has no exhibit."""
    bound = built.copies["2026-C0004"].bound
    text = " ".join(" ".join(page.extract_text() for page in pypdf.PdfReader(bound.pdf).pages).split())
    assert "pièce absente de cet exemplaire" in text
    whole = " ".join(" ".join(page.extract_text() for page in pypdf.PdfReader(built.whole.pdf).pages).split())
    assert "absente de cet exemplaire" not in whole


def test_the_table_of_complainants_names_the_annex_by_its_name_and_not_as_proof(built: Built) -> None:
    """The last column of a table of facts is that of what proves them; an annex proves nothing."""
    text = [page.extract_text().replace("\xa0", " ") for page in pypdf.PdfReader(built.whole.pdf).pages]
    table = next(page for page in text if "Tableau" in page and "Anna Aalto" in page and "Annexe 1" in page)
    assert "Preuve" not in table
    assert "Annexe\n" in table
