from __future__ import annotations

import email
import email.policy
import json
import re
from email.message import EmailMessage
from typing import TYPE_CHECKING

import pikepdf

from dsar.mail.parse import parse
from dsar.paper.dossier.bind import Source, bind

from . import made, reading
from .made import Shelf

if TYPE_CHECKING:
    from pathlib import Path

    from dsar.paper.dossier.bind import BoundDossier


def bound(tmp_path: Path, data: bytes) -> BoundDossier:
    shelf = Shelf()
    shelf.put("Courriel", data, "message/rfc822", kind="mail")
    return shelf.bind(tmp_path)


@reading.needs_poppler
def test_the_headers_stand_as_they_came(tmp_path: Path) -> None:
    page = reading.texts(bound(tmp_path, made.mail("Bonjour,")).pdf)[3]
    assert re.search(r"De\s+Agence Droits Clairs <agence@droits\.example>", page)
    assert re.search(r"À\s+Privacy Desk <privacy@clearface\.example>", page)
    assert re.search(r"Date\s+Thu, 05 Mar 2026 10:12:00 \+0100", page)
    assert re.search(r"Objet\s+Demande", page)
    assert re.search(r"Message-ID\s+<20260305101200\.7f3a@droits\.example>", page)
    assert "Copie" not in page


@reading.needs_poppler
def test_quoted_lines_are_grey_and_others_black(tmp_path: Path) -> None:
    made_of = reading.image(bound(tmp_path, made.mail("█████\n\n> █████\n")).pdf, 4, dpi=100)
    body = made_of.crop((made_of.width // 9, 210, made_of.width // 4, 400))
    solid = [min(reading.row(body, y)) for y in range(body.height) if min(reading.row(body, y)) < 150]
    # luma(15%) is 38, luma(38%) is 97
    assert min(solid) < 60
    assert any(85 < level < 110 for level in solid)


@reading.needs_poppler
def test_markup_and_code_in_a_mail_stay_text(tmp_path: Path) -> None:
    hostile = '#import "letter.typ" \\ $x$ *bold* <script>alert(1)</script> https://evil.example #panic()'
    result = bound(tmp_path, made.mail(hostile, subject="#panic() *Objet*"))
    shown = " ".join(reading.texts(result.pdf)[3].split())
    assert hostile in shown
    assert "#panic() *Objet*" in shown
    with pikepdf.open(result.pdf) as pdf:
        assert "evil.example" not in reading.words_in(pdf)


@reading.needs_poppler
def test_characters_without_a_glyph_are_named_and_do_not_stop_the_binding(tmp_path: Path) -> None:
    shown = reading.texts(bound(tmp_path, made.mail("Merci 😀, 漢字.")).pdf)[3]
    assert "Merci [U+1F600], [U+6F22 U+5B57]." in shown


@reading.needs_poppler
def test_a_mail_without_text_says_so(tmp_path: Path) -> None:
    assert "Ce message est sans texte." in reading.texts(bound(tmp_path, made.mail("")).pdf)[3]


@reading.needs_poppler
def test_every_attachment_is_listed_and_follows_its_mail_or_a_slip_does(tmp_path: Path) -> None:
    attached = (
        ("réponse.docx", "application/msword", b"D" * 1500),
        ("photo.jpg", "image/jpeg", made.scan(300, 400)),
        ("conditions.pdf", "application/octet-stream", made.pdf("Conditions", pages=2)),
    )
    result = bound(tmp_path, made.mail("Voir pièces.", *attached))
    pages = reading.texts(result.pdf)[3:]
    assert re.search(r"réponse\.docx\s+2 kB\s+[0-9a-f]{12}\s+Pièce n°\s1\.1", pages[0])
    assert re.search(r"photo\.jpg\s+\d+ kB\s+[0-9a-f]{12}\s+Pièce n°\s1\.2", pages[0])
    stamps = [re.findall(r"Pièce n°\s([\d.]+)", page)[0] for page in pages]
    assert stamps == ["1", "1.1", "1.2", "1.3", "1.3"]
    assert "format non reproductible" in pages[1]
    listed = json.loads(result.manifest.read_bytes())["exhibits"][0]["attachments"]
    assert [(one["name"], one["number"]) for one in listed] == [
        ("réponse.docx", "1.1"),
        ("photo.jpg", "1.2"),
        ("conditions.pdf", "1.3"),
    ]


def test_an_attachment_that_was_shown_before_is_not_shown_twice(tmp_path: Path) -> None:
    logo = ("logo.png", "image/png", made.scan(100, 100, "PNG"))
    shelf = Shelf()
    shelf.put("Premier", made.mail("a", logo), "message/rfc822")
    shelf.put("Second", made.mail("b", logo), "message/rfc822")
    result = shelf.bind(tmp_path)
    second = json.loads(result.manifest.read_bytes())["exhibits"][1]
    assert second["attachments"][0]["number"] == "1.1"
    # cover, index, facts, mail, logo, mail
    assert result.pages == 6


@reading.needs_poppler
def test_names_that_are_too_long_stay_on_the_page(tmp_path: Path) -> None:
    name = "x" * 290 + ".pdf"
    shelf = Shelf()
    shelf.put("y" * 300, b"\x00\x01", "application/x-" + "z" * 200, name=name)
    bound_pdf = shelf.bind(tmp_path).pdf
    # every letter that is kept can be read: the name stands in the slip twice, cut to 159 letters
    assert reading.texts(bound_pdf)[3].count("x") >= 2 * 159
    for number in (2, 4):
        page = reading.image(bound_pdf, number)
        right_edge = b"".join(reading.column(page, x) for x in range(page.width - 15, page.width))
        assert min(right_edge) == 255


@reading.needs_poppler
def test_a_text_too_long_for_paper_is_cut_and_reported(tmp_path: Path) -> None:
    shelf = Shelf()
    shelf.put("Journal", ("une ligne\n" * 30_000).encode(), "text/plain")
    result = shelf.bind(tmp_path)
    assert result.warnings == ("exhibit 1: only the first 200000 characters are printed",)
    assert "[…]" in reading.texts(result.pdf)[-1]


@reading.needs_poppler
def test_a_header_too_long_for_paper_is_cut_and_reported(tmp_path: Path) -> None:
    """A line of megabytes takes minutes to lay out, and is no subject."""
    shelf = Shelf()
    data = made.mail("Bonjour", subject="S" + "x" * 300_000, to=", ".join(["a@a.example"] * 5_000))
    shelf.put("Courriel", data, "message/rfc822", kind="mail")
    result = shelf.bind(tmp_path)
    assert result.warnings == ("exhibit 1: only the first 2000 characters of a header are printed",)
    page = "".join(reading.texts(result.pdf)[3:])
    assert 1_900 < page.count("x") < 7_000
    assert "Bonjour" in page


def test_what_is_called_a_text_and_is_none_is_not_printed(tmp_path: Path) -> None:
    shelf = Shelf()
    shelf.put("Journal", bytes(100_000), "text/plain")
    shelf.put("UTF-16", "déjà vu".encode("utf-16"), "text/plain")
    result = shelf.bind(tmp_path)
    assert result.warnings == ("exhibit 1 is not shown, a slip stands for it: unsupported",)


@reading.needs_poppler
def test_text_in_an_old_encoding_can_be_read(tmp_path: Path) -> None:
    shelf = Shelf()
    shelf.put("Ancien", "déjà répondu".encode("cp1252"), "text/plain")
    shelf.put("UTF-16", "déjà vu".encode("utf-16"), "text/plain")
    pages = reading.texts(shelf.bind(tmp_path).pdf)
    assert "déjà répondu" in pages[3]
    assert "déjà vu" in pages[4]


@reading.needs_poppler
def test_a_long_quotation_is_folded_and_a_short_one_is_not(tmp_path: Path) -> None:
    """Ten quoted lines stay; of eleven the first three, and how many are left out."""
    short, long = ([f"> {name} {n}" for n in range(1, count + 1)] for name, count in (("brève", 10), ("longue", 11)))
    page = reading.texts(bound(tmp_path, made.mail("\n".join(["Oui.", *short, "Non.", *long, ""]))).pdf)[3]
    assert ("brève 10" in page, "longue 3" in page, "longue 4" in page) == (True, True, False)
    assert "[8 lignes citées]" in page


@reading.needs_poppler
def test_a_mail_attached_to_a_mail_is_shown_as_a_mail(tmp_path: Path) -> None:
    outer = EmailMessage(policy=email.policy.SMTP)
    outer["From"], outer["To"], outer["Subject"] = "a@droits.example", "b@clearface.example", "TR: Origine"
    outer.set_content("Pour information.")
    outer.add_attachment(email.message_from_bytes(made.mail("Le message d’origine.", subject="Origine")))
    shelf = Shelf()
    shelf.put("Courriel", outer.as_bytes(), "message/rfc822", kind="mail")
    source = Source(read=shelf.read, parse_mail=parse, helpers=made.NONE)
    result = bind(shelf.dossier(), source=source, out=tmp_path, program="dsar 0.1.0")
    page = reading.texts(result.pdf)[4]
    assert re.search(r"Objet\s+Origine", page)
    assert "Le message d’origine." in page
    assert "1.1" in page
