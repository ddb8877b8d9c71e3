"""`dsar mask`: the copy that may leave, made with and without a case."""

from __future__ import annotations

import stat
import sys
from typing import TYPE_CHECKING

import pikepdf
import pytest
from PIL import Image, ImageDraw

from .papers import pdf

if TYPE_CHECKING:
    from pathlib import Path

    from .office import Office

DAY = "2026-04-20"
SECRET, SHOWN = (12, 200, 34), (250, 250, 210)
PARTIES = ("--for", "Clearface AI, Inc.", "--of", "Zoé Ångström")


@pytest.fixture
def card(tmp_path: Path) -> Path:
    """A card whose left half is a photo that nobody needs."""
    made = Image.new("RGB", (600, 380), SHOWN)
    ImageDraw.Draw(made).rectangle((0, 0, 299, 379), fill=SECRET)
    path = tmp_path / "my card.png"
    made.save(path)
    return path


def secret(path: Path) -> int:
    with Image.open(path) as opened:
        found = opened.convert("RGB").getcolors(10_000_000) or []
    return sum(
        count
        for count, colour in found
        if isinstance(colour, tuple) and colour[1] > colour[0] + 20 and colour[1] > colour[2] + 20
    )


def test_what_was_not_kept_is_gone_and_the_document_stays_as_it_was(office: Office, card: Path, tmp_path: Path) -> None:
    before, made = card.read_bytes(), tmp_path / "copy.png"
    said = office.on(DAY, "mask", card, "--keep", "name=L3:R5", "--out", made, *PARTIES)
    assert secret(card) == 300 * 380
    assert secret(made) == 0
    assert card.read_bytes() == before
    assert "Copy for Clearface AI, Inc. only · 20 April 2026 · to handle the request of Zoé Ångström" in said.out
    assert "photo" in said.err
    with Image.open(made) as opened:
        # cell T20 lies in the lowest third, A1 outside of what was kept: both are black or red, never the card
        assert {opened.getpixel(place) for place in ((599, 379), (0, 0))} <= {(0, 0, 0), (118, 12, 12)}


def test_the_foot_of_the_page_is_hidden_unless_somebody_says_otherwise(
    office: Office, card: Path, tmp_path: Path
) -> None:
    made = tmp_path / "copy.png"
    whole = ("--keep", "other=0,0,100,100", "--out", made, *PARTIES)
    cut = office.json(DAY, "mask", card, *whole)
    assert (cut["mrz"], cut["cut"], cut["kept"], cut["pages"]) == (30.0, ["other"], ["other"], 1)
    with Image.open(made) as opened:
        foot = opened.crop((0, 266, 600, 380)).getcolors(1_000_000) or []
    assert all(green <= red + 20 and green <= 20 for _, (red, green, _) in foot)  # type: ignore[misc] # RGB
    rest = office.json(DAY, "mask", card, *whole, "--mrz", "0")
    assert rest["cut"] == []
    assert secret(made) > 300 * 380 / 2


def test_the_copy_is_a_pdf_of_pictures_and_nobody_else_may_read_it(office: Office, card: Path, tmp_path: Path) -> None:
    office.on(DAY, "mask", card, "--hide", "A1:J20", *PARTIES, "--lang", "fr")
    path = tmp_path / "here" / "my card-masked.pdf"
    with pikepdf.open(path) as opened:
        assert len(opened.pages) == 1
        (image,) = [one for _, one in opened.pages[0].get_images().items()]
        picture = pikepdf.PdfImage(image).as_pil_image().convert("RGB")
        assert "Copie destinée à Clearface AI, Inc. seulement" in str(opened.open_metadata()["dc:title"])
    # a JPEG smears what is seen over the edge of what is hidden, by one block at most, and blurs the red words
    hidden = picture.crop((0, 0, 300 - 16, 380)).getcolors(1_000_000) or []
    assert all(green < 80 for _, (_, green, _) in hidden)  # type: ignore[misc] # RGB
    if sys.platform != "win32":
        assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_a_case_says_for_whom_and_in_which_language(office: Office, card: Path, tmp_path: Path) -> None:
    office.init(DAY, language="fr")
    ref = office.request(DAY)
    made = office.json(DAY, "mask", card, "--keep", "name=L3:R5", "--case", ref, "--out", tmp_path / "copy.pdf")
    assert made["words"].startswith("Copie destinée à Miroir SAS seulement · 20 avril 2026 · pour traiter la demande")
    assert "Ana Agent" in made["words"]
    path = tmp_path / "copy.pdf"
    office.on(DAY, "letter", "access", ref, "--format", "eml", "--out", tmp_path / "out.eml", "--attach", path)
    events = office.json(DAY, "show", ref)["events"]
    assert len(events) == 1  # neither the document nor its copy was stored


def test_the_grid_shows_everything_to_its_owner_only(office: Office, card: Path, tmp_path: Path) -> None:
    said = office.on(DAY, "mask", card, "--grid")
    path = tmp_path / "here" / "my card-grid.png"
    assert secret(path) > 0
    assert "delete" in said.err
    if sys.platform != "win32":
        assert stat.S_IMODE(path.stat().st_mode) == 0o600
    office.on(DAY, "mask", card, "--grid", "--keep", "name=B2", code=2)


@pytest.mark.parametrize(
    ("more", "code", "names"),
    [
        ((), 2, "--grid"),
        (("--keep", "photo=A1:C5"), 2, "name, authority, issued, expires"),
        (("--keep", "A1:C5"), 2, "FIELD=AREA"),
        (("--hide", "Z1"), 2, "Z1"),
        (("--hide", "A21"), 2, "A21"),
        (("--hide", "90,0,20,10"), 2, "per cent"),
        (("--hide", "10,10,0,5"), 2, "per cent"),
        (("--hide", "B2@0"), 2, "B2@0"),
        (("--hide", "B2@2"), 2, "no page 2"),
        (("--hide", "B2", "--out", "copy.docx"), 2, ".pdf"),
    ],
)
def test_what_is_not_meant_is_one_sentence(
    office: Office, card: Path, more: tuple[str, ...], code: int, names: str
) -> None:
    refused = office.on(DAY, "mask", card, *more, *PARTIES, code=code)
    assert names in refused.err
    assert len(refused.err.strip().splitlines()) == 1


def test_the_copy_never_takes_the_place_of_the_document(office: Office, card: Path) -> None:
    before = card.read_bytes()
    assert "--out" in office.on(DAY, "mask", card, "--hide", "B2", *PARTIES, "--out", card, code=2).err
    assert "--out" in office.on(DAY, "mask", card, "--grid", "--out", card, code=2).err
    assert card.read_bytes() == before


def test_without_a_company_or_a_name_there_is_no_copy(office: Office, card: Path, tmp_path: Path) -> None:
    assert "--for" in office.on(DAY, "mask", card, "--hide", "B2", "--of", "Zoé", code=2).err
    assert "--of" in office.on(DAY, "mask", card, "--hide", "B2", "--for", "Miroir SAS", code=2).err
    assert list((tmp_path / "here").iterdir()) == []


def test_hostile_documents_are_one_sentence_and_leave_nothing(office: Office, tmp_path: Path) -> None:
    hostile = {"no.png": b"no picture", "broken.pdf": b"%PDF-1.7 broken", "locked.pdf": pdf("x", password="y")}  # noqa: S106 - it opens nothing
    for name, data in hostile.items():
        (tmp_path / name).write_bytes(data)
        refused = office.on(DAY, "mask", tmp_path / name, "--hide", "B2", *PARTIES, code=5)
        assert len(refused.err.strip().splitlines()) == 1
    office.on(DAY, "mask", tmp_path / "gone.png", "--hide", "B2", *PARTIES, code=3)
    assert list((tmp_path / "here").iterdir()) == []
    assert list((tmp_path / "temp").iterdir()) == []
