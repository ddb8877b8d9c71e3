"""A dossier in parts: whole exhibits, one numbering, one index that says where each exhibit is."""

from __future__ import annotations

import json
import re
import subprocess
import zipfile
from typing import TYPE_CHECKING

import pikepdf
import pytest

from . import made, reading
from .made import Shelf

if TYPE_CHECKING:
    from pathlib import Path

    from dsar.paper.dossier.bind import BoundDossier

MOST = 700_000


@pytest.fixture(scope="module")
def bound(tmp_path_factory: pytest.TempPathFactory) -> BoundDossier:
    """Five exhibits of about 250 kB, one with an attachment, and a short one."""
    shelf = Shelf()
    for number in range(1, 5):
        shelf.put(f"Relevé {number}", made.noise(250_000, seed=number), "image/jpeg")
    letter = made.mail("Voir.", ("annexe.jpg", "image/jpeg", made.noise(250_000, seed=9)))
    shelf.put("Envoi", letter, "message/rfc822", kind="mail")
    shelf.put("Journal", b"250 Ok\n", "text/plain")
    return shelf.bind(tmp_path_factory.mktemp("parts"), max_part=MOST)


def test_each_part_keeps_within_the_size_and_is_named_in_ascii(bound: BoundDossier) -> None:
    names = [path.name for path in bound.parts]
    assert names == [f"dossier-2026-7QX2M-part-{n}-of-{len(names)}.pdf" for n in range(1, len(names) + 1)]
    assert len(names) >= 3
    assert all(path.stat().st_size <= MOST for path in bound.parts)
    assert bound.warnings == tuple(
        f"exhibit {n} is a scan without text: it cannot be searched (install tesseract)"
        for n in ("1", "2", "3", "4", "5.1")
    )


def test_the_parts_hold_every_page_once_and_no_exhibit_is_split(bound: BoundDossier) -> None:
    parts = json.loads(bound.manifest.read_bytes())["parts"]
    pages = [range(part["first_page"], part["first_page"] + part["pages"]) for part in parts]
    assert [page for some in pages for page in some] == list(range(1, bound.pages + 1))
    held = [part["exhibits"] for part in parts]
    assert [number for numbers in held for number in numbers] == ["1", "2", "3", "4", "5", "5.1", "6"]
    assert [("5" in numbers, "5.1" in numbers) for numbers in held].count((True, True)) == 1


@reading.needs_poppler
def test_labels_and_printed_numbers_run_through_all_parts(bound: BoundDossier) -> None:
    labels: list[str] = []
    printed: list[str] = []
    for path in bound.parts:
        with pikepdf.open(path) as pdf:
            labels += [str(page.label) for page in pdf.pages]
        printed += [re.findall(rf"Page (\d+) / {bound.pages}", text)[0] for text in reading.texts(path)]
    expected = [str(number) for number in range(1, bound.pages + 1)]
    assert (labels, printed) == (expected, expected)


@reading.needs_poppler
def test_each_part_opens_with_its_note_and_the_index_says_in_which_part_an_exhibit_is(bound: BoundDossier) -> None:
    total = len(bound.parts)
    first = reading.texts(bound.parts[0])
    assert f"Partie 1 sur {total}" in first[1]
    for number, path in enumerate(bound.parts[1:], start=2):
        opening = reading.texts(path)[0]
        assert [f"Partie {n} sur {total}" in opening for n in range(1, total + 1)] == [True] * total
        assert opening.index(f"Partie {number} sur {total}") < opening.index(f"Partie 1 sur {total}")
    parts = json.loads(bound.manifest.read_bytes())["parts"]
    where = {number: n for n, part in enumerate(parts, start=1) for number in part["exhibits"]}
    index = first[2]
    for exhibit in ("1", "4", "6"):
        assert re.search(rf"^\s*{exhibit}\s+\w+.*\s{where[exhibit]}\s+[0-9a-f]{{12}}$", index, re.MULTILINE)


def test_bookmarks_and_links_of_a_part_stay_within_it(bound: BoundDossier) -> None:
    with pikepdf.open(bound.parts[1]) as pdf:
        found = reading.bookmarks(pdf)
        numbers = [int(str(page.label)) for page in pdf.pages]
        targets = [target for page in range(1, len(pdf.pages) + 1) for target in reading.links(pdf, page)]
    assert found[0][1].startswith("Partie 2 sur")
    assert [int(title.rpartition("· ")[2]) for _, title, _, _ in found] == [
        numbers[page - 1] for _, _, page, _ in found
    ]
    assert all(1 <= target <= len(numbers) for target in targets)


def test_the_archive_holds_the_parts_and_ordinary_tools_find_nothing(bound: BoundDossier, tmp_path: Path) -> None:
    with zipfile.ZipFile(bound.zip) as archive:
        archive.extractall(tmp_path)
    for path in bound.parts:
        assert (tmp_path / "parts" / path.name).read_bytes() == path.read_bytes()
        done = subprocess.run(["qpdf", "--check", str(path)], capture_output=True, check=False)
        assert done.returncode == 0, done.stdout


def test_an_exhibit_that_no_part_can_hold_is_a_part_of_its_own_and_reported(tmp_path: Path) -> None:
    shelf = Shelf()
    shelf.put("Petit", made.pdf("Petit"))
    shelf.put("Grand", made.noise(900_000, seed=3), "image/jpeg")
    shelf.put("Encore", made.pdf("Encore"))
    bound = shelf.bind(tmp_path, max_part=MOST)
    held = [part["exhibits"] for part in json.loads(bound.manifest.read_bytes())["parts"]]
    assert held == [["1"], ["2"], ["3"]]
    assert re.fullmatch(r"Partie 2 sur 3 has (0\.9|1\.0) MB, more than a part may: .*", bound.warnings[-1])


def test_a_dossier_that_fits_is_not_split(tmp_path: Path) -> None:
    shelf = Shelf()
    shelf.put("Petit", made.pdf("Petit"))
    bound = shelf.bind(tmp_path, max_part=MOST)
    assert bound.parts == ()
    assert "Partie" not in "".join(reading.bookmarks_of(bound.pdf))


def test_the_same_parts_twice_are_the_same_bytes(tmp_path: Path) -> None:
    shelf = Shelf()
    for number in range(1, 5):
        shelf.put(f"Relevé {number}", made.noise(250_000, seed=number), "image/jpeg")
    one, two = (shelf.bind(tmp_path / name, max_part=MOST) for name in ("a", "b"))
    assert len(one.parts) > 1
    assert [path.read_bytes() for path in (one.zip, *one.parts)] == [
        path.read_bytes() for path in (two.zip, *two.parts)
    ]
