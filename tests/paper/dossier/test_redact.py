"""What is blacked out is gone: from the pages, from every object of the files, from the originals in the archive."""

from __future__ import annotations

import json
import zipfile
from dataclasses import replace
from io import BytesIO
from typing import TYPE_CHECKING

import pikepdf
import pytest
from PIL import Image

from dsar.core.dossier import Redaction
from dsar.paper.dossier.bind import Source
from dsar.paper.dossier.grid import draw
from dsar.paper.dossier.redact import NothingToRedactError

from . import made, reading
from .made import Shelf

if TYPE_CHECKING:
    from pathlib import Path

    from dsar.paper.dossier.bind import BoundDossier

HIDDEN = "MARGUERITE-DUPONT-19840517"


def hides(exhibit: str, page: int = 1, area: tuple[float, float, float, float] = (0, 0, 100, 50)) -> Redaction:
    left, top, width, height = area
    return Redaction(
        exhibit=exhibit, page=page, left=left, top=top, width=width, height=height, reason="donnée d’un tiers"
    )


def bind(shelf: Shelf, out: Path, *redactions: Redaction) -> BoundDossier:
    return shelf.bind(out, replace(shelf.dossier(), redactions=redactions))


def everything_in(bound: BoundDossier, tmp_path: Path) -> bytes:
    """Every byte that leaves: the files themselves, and each stream of each PDF unpacked."""
    with zipfile.ZipFile(bound.zip) as archive:
        archive.extractall(tmp_path / "all")
    found = [path.read_bytes() for path in (tmp_path / "all").rglob("*") if path.is_file()]
    for path in (tmp_path / "all").rglob("*.pdf"):
        with pikepdf.open(path) as pdf:
            found.append(reading.words_in(pdf).encode("latin-1", "replace"))
            streams = (thing for thing in pdf.objects if isinstance(thing, pikepdf.Stream))
            found += [thing.read_bytes() for thing in streams if thing.get("/Subtype") != "/Image"]
    return b"\n".join(found)


@reading.needs_poppler
def test_no_text_survives_under_an_area_nor_beside_it(tmp_path: Path) -> None:
    """Pixels have no text: not the hidden line, and not the one that may be seen."""
    shelf = Shelf()
    shelf.put("Réponse", made.pdf(HIDDEN, pages=2))
    shelf.put("Autre", made.pdf("untouched"))
    bound = bind(shelf, tmp_path / "out", hides("1"))
    texts = reading.texts(bound.pdf)
    assert HIDDEN not in "".join(texts)
    assert "untouched" in texts[5]
    assert HIDDEN.encode() not in everything_in(bound, tmp_path)


@reading.needs_poppler
def test_no_pixel_survives_under_an_area(tmp_path: Path) -> None:
    """A picture red in its upper half and green below: the upper half is hidden, and no red is left in any file."""
    picture = Image.new("RGB", (600, 800), (0, 160, 0))
    picture.paste((255, 0, 0), (0, 0, 600, 400))
    data = BytesIO()
    picture.save(data, "PNG")
    shelf = Shelf()
    shelf.put("Photo", data.getvalue(), "image/png")
    bound = bind(shelf, tmp_path / "out", hides("1"))
    with zipfile.ZipFile(bound.zip) as archive:
        inside = {name: archive.read(name) for name in archive.namelist()}
    assert not [name for name in inside if name.startswith("originals/")]
    seen = 0
    for name in (name for name in inside if name.endswith(".pdf")):
        with pikepdf.open(BytesIO(inside[name])) as pdf:
            for thing in pdf.objects:
                if isinstance(thing, pikepdf.Stream) and thing.get("/Subtype") == "/Image":
                    pixels = pikepdf.PdfImage(thing).as_pil_image().convert("RGB")
                    red, green, _ = pixels.split()
                    assert max(red.crop((0, 0, *red.size)).tobytes()) < 90
                    assert max(green.tobytes()) > 120
                    seen += 1
    # the whole dossier and the piece on its own
    assert seen == 2


@reading.needs_poppler
def test_the_area_is_the_one_that_was_named_and_the_rest_is_seen(tmp_path: Path) -> None:
    shelf = Shelf()
    shelf.put("Page", made.pdf("left in sight"))
    bound = bind(shelf, tmp_path, hides("1", area=(0, 50, 50, 50)))
    page = reading.image(bound.pdf, 4, dpi=72)
    # the sheet fills its frame: 10 mm at the sides, 19 above, 15 below
    assert max(page.crop((60, 470, 280, 760)).tobytes()) < 40
    assert min(page.crop((320, 470, 540, 760)).tobytes()) > 200
    assert min(page.crop((60, 60, 540, 200)).tobytes()) < 120


@reading.needs_poppler
def test_a_mail_is_redacted_as_it_is_printed_and_its_original_stays_in_the_vault(tmp_path: Path) -> None:
    shelf = Shelf()
    letter = made.mail(f"Bonjour {HIDDEN}", ("photo.jpg", "image/jpeg", made.scan(200, 200)), subject=HIDDEN)
    shelf.put("Courriel", letter, "message/rfc822", kind="mail")
    bound = bind(shelf, tmp_path / "out", hides("1", area=(0, 0, 100, 100)))
    shown = reading.texts(bound.pdf)[3]
    assert "occulté" in shown
    assert HIDDEN not in shown
    assert HIDDEN.encode() not in everything_in(bound, tmp_path)


@reading.needs_poppler
@pytest.mark.parametrize("area", [(0, 0, 100, 100), (40, 40, 10, 10)])
def test_the_picture_of_a_mail_covers_neither_stamp_nor_number(
    area: tuple[float, float, float, float], tmp_path: Path
) -> None:
    shelf = Shelf()
    shelf.put("Courriel", made.mail("Bonjour"), "message/rfc822", kind="mail")
    before = reading.image(shelf.bind(tmp_path / "a").pdf, 4, dpi=100)
    after = reading.image(bind(shelf, tmp_path / "b", hides("1", area=area)).pdf, 4, dpi=100)
    # the bands: 19 mm above, 15 below; the stamp is at the right of the upper one
    stamp, foot = (600, 0, 827, 74), (0, 1112, 827, 1169)
    for band in (stamp, foot):
        assert min(before.crop(band).tobytes()) < 120
        assert after.crop(band).tobytes() == before.crop(band).tobytes()


def test_a_mail_whose_attachment_is_redacted_stays_in_the_vault_too(tmp_path: Path) -> None:
    attached = made.pdf(HIDDEN)
    shelf = Shelf()
    shelf.put("Courriel", made.mail("Voir.", ("carte.pdf", "application/pdf", attached)), "message/rfc822", kind="mail")
    shelf.put("Encore la carte", attached)
    shelf.put("Autre", made.pdf("untouched"))
    bound = bind(shelf, tmp_path / "out", hides("1.1"))
    with zipfile.ZipFile(bound.zip) as archive:
        originals = [name for name in archive.namelist() if name.startswith("originals/")]
    # the same bytes stand in the dossier twice: neither leaves
    assert [name[:12] for name in originals] == ["originals/03"]
    assert HIDDEN.encode() not in everything_in(bound, tmp_path)


def test_the_manifest_says_what_was_blacked_out_and_why(tmp_path: Path) -> None:
    shelf = Shelf()
    exhibit = shelf.put("Page", made.pdf("a", pages=2))
    listing = json.loads(bind(shelf, tmp_path, hides("1", 2, (10, 20, 30, 5))).manifest.read_bytes())
    assert listing["redactions"] == [
        {"exhibit": "1", "page": 2, "area": [10, 20, 30, 5], "reason": "donnée d’un tiers"}
    ]
    shown = listing["exhibits"][0]
    assert (shown["redacted"], shown["original"], shown["sha256"]) == (True, "", exhibit.evidence.sha256)


@pytest.mark.parametrize("redaction", [hides("2"), hides("1", 3), hides("1.1")])
def test_what_is_not_there_cannot_be_redacted_and_nothing_is_written(redaction: Redaction, tmp_path: Path) -> None:
    shelf = Shelf()
    shelf.put("Page", made.pdf("a", pages=2))
    with pytest.raises(NothingToRedactError):
        bind(shelf, tmp_path / "out", redaction)
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize(("number", "pages"), [("1", 2), ("2", 1), ("2.1", 1)])
def test_the_grid_draws_each_page_of_an_exhibit(number: str, pages: int, tmp_path: Path) -> None:
    shelf = Shelf()
    shelf.put("Page", made.pdf("a", pages=2))
    shelf.put("Courriel", made.mail("b", ("c.jpg", "image/jpeg", made.scan(200, 300))), "message/rfc822", kind="mail")
    source = Source(read=shelf.read, parse_mail=made.parse, helpers=made.NONE)
    found = draw(shelf.dossier(), number, source=source, out=tmp_path)
    stem = number.replace(".", "-")
    assert [path.name for path in found] == [f"exhibit-{stem}-page-{n}-grid.png" for n in range(1, pages + 1)]
    assert sorted(tmp_path.iterdir()) == sorted(found)
    red, green, _ = Image.open(found[0]).convert("RGB").split()
    # lines of the grid are red
    assert any(r > 180 and g < 90 for r, g in zip(red.tobytes(), green.tobytes(), strict=True))
