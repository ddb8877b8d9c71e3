"""The DOCX: real styles, the letter's own numbers, nothing of the library's template, the same bytes."""

from __future__ import annotations

import io
import shutil
import subprocess
import zipfile
from dataclasses import replace
from typing import TYPE_CHECKING

import docx
import pytest
from PIL import Image

from dsar.paper.docx_file import language_tag
from dsar.paper.images import ImageError
from dsar.paper.letter_docx import render_docx

from .docx_reading import all_text, parts, printed
from .letters import FRENCH

if TYPE_CHECKING:
    from pathlib import Path

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


def picture() -> bytes:
    made, place = io.BytesIO(), Image.Exif()
    place[0x010E] = "48.8584 N 2.2945 E"
    Image.new("RGB", (3000, 900), (0, 0, 90)).save(made, "JPEG", exif=place)
    return made.getvalue()


def test_it_says_everything_that_the_letter_says() -> None:
    text = all_text(render_docx(replace(FRENCH, banner="RECONSTITUTION")))
    for said in (*FRENCH.sender, *FRENCH.recipient, *FRENCH.signature, *FRENCH.enclosures, FRENCH.via):
        assert said in text
    for name, value in FRENCH.refs:
        assert f"{name}  {value}" in text
    assert f"Objet\t{FRENCH.subject}" in text
    assert FRENCH.place_date in text
    assert text.count("RECONSTITUTION") == 2  # the first page's header, and the others'
    assert "Page 1 / 1" in text  # both numbers are fields, which the word processor counts


def test_each_item_keeps_the_number_that_it_has_in_the_letter() -> None:
    body = "Voir :\n\n4. quatre\n5. cinq\n   - a\n   - b\n6. six\n\nPuis :\n\n1) un\n2) deux\n\nFin"
    shown = [(number, words) for _, number, words in printed(render_docx(replace(FRENCH, body=body))) if number]
    assert shown[:7] == [
        ("4.", "quatre"),
        ("5.", "cinq"),
        ("–", "a"),
        ("–", "b"),
        ("6.", "six"),
        ("1)", "un"),
        ("2)", "deux"),
    ]
    assert shown[7:] == [("1.", FRENCH.enclosures[0]), ("2.", FRENCH.enclosures[1])]


def test_every_part_of_the_letter_has_a_style_that_is_defined() -> None:
    data = render_docx(replace(FRENCH, posted_from="DE"))
    used = {style for style, _, _ in printed(data)}
    wanted = {"Title", "BodyText", "ListNumber", "ListBullet", "Heading1", "TableText", "Quote", "Recipient", "Sender"}
    assert wanted <= used
    defined = {one.attrib[f"{W}styleId"] for one in parts(data)["word/styles.xml"].iter(f"{W}style")}
    assert used - {""} <= defined


def test_the_table_is_a_table_with_a_row_of_headings() -> None:
    document = docx.Document(io.BytesIO(render_docx(FRENCH)))
    rows = [[cell.text for cell in row.cells] for row in document.tables[1].rows]
    assert rows == [
        ["Date", "Événement", "Délai"],
        ["5 janvier 2026", "Demande envoyée", ""],
        ["6 février 2026", "Délai expiré", "31 jours"],
    ]
    assert len(list(document.tables[1].rows[0]._tr.iter(f"{W}tblHeader"))) == 1  # noqa: SLF001 - the XML is the subject


def test_the_language_the_title_and_the_author_are_those_of_the_letter() -> None:
    data = render_docx(FRENCH)
    core = docx.Document(io.BytesIO(data)).core_properties
    assert (core.title, core.author, core.last_modified_by) == (FRENCH.title, "Cabinet Aubépine", "Cabinet Aubépine")
    assert str(core.created) == str(core.modified) == "2026-04-02 00:00:00+00:00"
    languages = {one.attrib[f"{W}val"] for one in parts(data)["word/styles.xml"].iter(f"{W}lang")}
    assert languages == {"fr-FR"}
    assert [language_tag(lang) for lang in ("en", "de", "nl-BE")] == ["en-GB", "de-DE", "nl-BE"]


def test_nothing_of_the_template_comes_along() -> None:
    with zipfile.ZipFile(io.BytesIO(render_docx(FRENCH))) as archive:
        names = set(archive.namelist())
        whole = b"".join(archive.read(name) for name in names)
    assert {name.rpartition("/")[2] for name in names} == {
        "[Content_Types].xml", ".rels", "core.xml", "document.xml.rels", "document.xml", "footer1.xml", "footer2.xml",
        "header1.xml", "header2.xml", "numbering.xml", "settings.xml", "styles.xml",
    }  # fmt: skip
    assert not [word for word in (b"python-docx", b"Macintosh", b"rsid", b"2013-12-23", b"en-US") if word in whole]


def test_the_same_letter_gives_the_same_bytes_and_no_time_of_day() -> None:
    data = render_docx(FRENCH, signature_image=picture())
    assert data == render_docx(FRENCH, signature_image=picture())
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        assert {one.date_time for one in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        assert archive.namelist()[0] == "[Content_Types].xml"


def test_a_signature_loses_its_place_and_its_size() -> None:
    data = render_docx(FRENCH, signature_image=picture())
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        (media,) = [archive.read(name) for name in archive.namelist() if name.startswith("word/media/")]
    assert b"48.8584" not in media
    with Image.open(io.BytesIO(media)) as shown:
        assert shown.format == "PNG"
        assert max(shown.size) <= 1063
    assert 'descr="Jeanne Martin"' in _document(data)


def test_a_broken_signature_is_one_sentence() -> None:
    with pytest.raises(ImageError, match="signature is not a picture"):
        render_docx(FRENCH, signature_image=b"%PDF-1.7")


def test_the_address_stands_in_the_cell_of_its_side() -> None:
    for country, column in (("FR", 1), ("DE", 0)):
        table = docx.Document(io.BytesIO(render_docx(replace(FRENCH, posted_from=country)))).tables[0]
        assert "Clearface AI, Inc." in table.rows[0].cells[column].text
        assert "12, rue des Églantiers" in table.rows[0].cells[1 - column].text


def test_a_link_is_only_a_link() -> None:
    body = "[ici](https://edpb.example/x) et [là](javascript:alert(1)) ![vue](https://tracker.example/p.png)\n\nFin"
    data = render_docx(replace(FRENCH, body=body))
    links = [one.attrib for one in parts(data)["word/_rels/document.xml.rels"] if one.attrib.get("TargetMode")]
    assert [one["Target"] for one in links] == ["https://edpb.example/x"]
    assert all(one["Type"].endswith("/hyperlink") for one in links)
    assert "ici (https://edpb.example/x) et [là](javascript:alert(1)) vue" in all_text(data)


def _document(data: bytes) -> str:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return archive.read("word/document.xml").decode()


def test_a_word_processor_opens_it(tmp_path: Path) -> None:
    if shutil.which("soffice") is None:
        pytest.skip("LibreOffice is not installed: the DOCX is not opened")
    (tmp_path / "letter.docx").write_bytes(render_docx(FRENCH))
    own = f"-env:UserInstallation=file://{tmp_path}/profile"
    target = str(tmp_path / "letter.docx")
    command = ["soffice", own, "--headless", "--convert-to", "txt:Text", "--outdir", str(tmp_path), target]
    subprocess.run(command, check=True, capture_output=True, timeout=120)
    text = (tmp_path / "letter.txt").read_text(encoding="utf-8-sig")
    assert "4. une copie des données." in " ".join(text.split())
