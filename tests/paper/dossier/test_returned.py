"""Personal data that the controller sent stays out: its letter is shown, and a list stands for its files."""

from __future__ import annotations

import json
import zipfile
from dataclasses import replace
from typing import TYPE_CHECKING

from dsar.core.dossier import Listed

from . import made, reading
from .made import Shelf

if TYPE_CHECKING:
    from pathlib import Path

    from dsar.core.dossier import Dossier

ROWS = (
    Listed(name="données.zip", size=5_000, media="application/zip", sha256="a" * 64),
    Listed(name="profil.json", size=1_200, media="application/json", sha256="b" * 64, within=("données.zip",)),
)


def returned(shelf: Shelf, **more: object) -> Dossier:
    """All exhibits as answers that hold data."""
    changed = tuple(replace(one, returned=True, inventory=ROWS, **more) for one in shelf.exhibits)  # type: ignore[arg-type]  # by name
    return replace(shelf.dossier(), exhibits=changed)


def names(archive: Path) -> list[str]:
    with zipfile.ZipFile(archive) as opened:
        return opened.namelist()


@reading.needs_poppler
def test_the_letter_is_shown_and_its_files_are_only_listed(tmp_path: Path) -> None:
    shelf = Shelf()
    attached = (("données.zip", "application/zip", b"PK\3\4"), ("photo.jpg", "image/jpeg", made.scan(200, 200)))
    shelf.put("Réponse", made.mail("Voici vos données.", *attached), "message/rfc822", kind="mail")
    bound = shelf.bind(tmp_path, returned(shelf))
    page = reading.texts(bound.pdf)[3]
    assert "Voici vos données." in page
    assert "Fichiers non reproduits" in page
    assert "données.zip > profil.json" in page
    assert ("bbbbbbbbbbbb" in page, "1.1" in page) == (True, False)
    assert not [name for name in names(bound.zip) if name.startswith(("originals/", "exhibits/01-"))]
    listing = json.loads(bound.manifest.read_bytes())["exhibits"][0]
    assert [one["number"] for one in listing["attachments"]] == ["", ""]
    assert [(one["name"], one["within"]) for one in listing["inventory"]][1] == ("profil.json", ["données.zip"])


@reading.needs_poppler
def test_an_archive_has_a_slip_with_its_list(tmp_path: Path) -> None:
    shelf = Shelf()
    shelf.put("Réponse", b"PK\3\4 personal", "application/zip")
    bound = shelf.bind(tmp_path, returned(shelf))
    page = reading.texts(bound.pdf)[3]
    assert "fichier non communiqué" in page
    assert "données.zip > profil.json" in page
    assert b"PK\3\4 personal" not in bound.zip.read_bytes()
    assert bound.warnings == ("exhibit 1 is not shown, a slip stands for it: withheld",)


def test_one_file_can_be_shown_under_the_number_that_it_always_has(tmp_path: Path) -> None:
    shelf = Shelf()
    attached = (("a.jpg", "image/jpeg", made.scan(200, 200)), ("b.jpg", "image/jpeg", made.scan(300, 200)))
    shelf.put("Réponse", made.mail("Voici.", *attached), "message/rfc822", kind="mail")
    whole = json.loads(shelf.bind(tmp_path / "whole").manifest.read_bytes())
    some = json.loads(shelf.bind(tmp_path / "some", returned(shelf, shows=("1.2",))).manifest.read_bytes())
    assert [one["number"] for one in whole["exhibits"][0]["attachments"]] == ["1.1", "1.2"]
    assert [one["number"] for one in some["exhibits"][0]["attachments"]] == ["", "1.2"]
    assert some["exhibits"][0]["original"] == ""
