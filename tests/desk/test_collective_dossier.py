"""The dossier of many as it is bound: annexes among the exhibits, copies that name nobody else, the lodging in each."""

from __future__ import annotations

import json
import zipfile
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING

import pikepdf
import pypdf
import pytest

from dsar.core.events import Escalated
from dsar.desk import body, collective, collective_lodging
from dsar.desk.bundling import Wish
from dsar.desk.collective_copies import copies
from dsar.desk.collective_errors import NotBuiltError, NothingToLodgeError, NotOneOfThemError
from dsar.desk.collective_filing import build, compose
from dsar.desk.collective_groups import Ask
from dsar.desk.errors import FutureDateError
from dsar.desk.evidence import take_bytes
from dsar.paper.dossier.verify import verify

from . import many

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from dsar.desk.collective_copies import Copied
    from dsar.desk.collective_filing import Composed
    from dsar.desk.office import Desk
    from dsar.paper.dossier.bind import BoundDossier

AFTER = date(2026, 6, 1)
ASK = Ask(campaign=many.CAMPAIGN, authority="fr-cnil")
# by exhibit: four mandates, the statutes, the mails to several of them, then request and slip of each
MANDATES, STATUTES, TO_ALL, OWN = range(1, 5), 5, (6, 7), 8


@dataclass(frozen=True)
class Built:
    desk: Desk
    made: Composed
    whole: BoundDossier
    copies: tuple[Copied, ...]


@pytest.fixture(scope="module")
def built(desk: Desk, tmp_path_factory: pytest.TempPathFactory) -> Built:
    """Four people: two silent cases, two that were answered late by the same two mails, one of which names both."""
    out = tmp_path_factory.mktemp("many")
    desk = replace(desk, today=AFTER)
    plain = many.mail("Your requests", "We hold photographs of you.", "undisclosed@clearface.example")
    naming = many.mail("Your requests again", "To Bruno Bianchi and to Carla Conti.", "p2@people.example")
    mails = [take_bytes(desk, data, name=f"{n}.eml", media="message/rfc822") for n, data in enumerate((plain, naming))]
    late = (
        *many.answered(mails[0], date(2026, 5, 4), n=5),
        *many.answered(mails[1], date(2026, 5, 5), n=7),
    )
    for n, more in ((1, ()), (2, late), (3, late), (4, ())):
        many.case(desk, n, many.NAMES[n - 1], "FR", *more)
    statutes = out / "statutes.pdf"
    statutes.write_bytes(many.page("Statutes"))
    body.file_proof(desk, statutes, "statutes")
    (group,) = collective.choose(desk, ASK).groups
    made = compose(desk, group, Wish())
    whole = build(desk, made, out=out / "one", wish=Wish())
    return Built(desk, made, whole, tuple(copies(desk, made, whole, out=out / "copies", wish=Wish())))


def _pages(path: Path) -> list[str]:
    return [page.extract_text() for page in pypdf.PdfReader(path).pages]


def _titles(path: Path) -> list[tuple[int, str]]:
    """The bookmarks with their depth."""

    def walk(items: list[pikepdf.OutlineItem], depth: int) -> Iterator[tuple[int, str]]:
        for item in items:
            yield depth, str(item.title)
            yield from walk(item.children, depth + 1)

    with pikepdf.open(path) as pdf, pdf.open_outline() as outline:
        return list(walk(outline.root, 0))


def _manifest(path: Path) -> dict[str, list[dict[str, object]]]:
    loaded: dict[str, list[dict[str, object]]] = json.loads(path.read_text(encoding="utf-8"))
    return loaded


def test_the_whole_dossier_and_every_copy_pass_the_check(built: Built) -> None:
    for bound in (built.whole, *(one.bound for one in built.copies)):
        found = verify(bound.zip)
        assert found.problems == ()
        assert found.files > 15


def test_an_annex_opens_the_exhibits_of_its_person_and_they_hang_below_it(built: Built) -> None:
    titles = [(depth, title.rpartition(" · ")[0]) for depth, title in _titles(built.whole.pdf)]
    at = titles.index((1, "Annexe 2 · Bruno Bianchi"))
    assert [depth for depth, _ in titles[at : at + 4]] == [1, 2, 2, 1]
    assert titles[at + 3][1] == "Annexe 3 · Carla Conti"
    assert next(title for depth, title in titles if depth == 1) == "Pièce n° 1 · N° 1 · Mandat · Anna Aalto"


def test_the_printed_page_numbers_are_those_of_the_labels_and_of_the_manifest(built: Built) -> None:
    pages, listing = _pages(built.whole.pdf), _manifest(built.whole.manifest)
    with pikepdf.open(built.whole.pdf) as pdf:
        labels = [str(page.label) for page in pdf.pages]
        assert labels == [str(n + 1) for n in range(len(pages))]
    for annex in listing["annexes"]:
        first = int(str(annex["first_page"]))
        assert str(annex["title"]) in pages[first - 1]
        assert f"Page {first} / {len(pages)}" in pages[first - 1].replace("\xa0", " ")
    assert [annex["number"] for annex in listing["annexes"]] == [1, 2, 3, 4]
    assert [exhibit["number"] for exhibit in listing["exhibits"]] == [str(n) for n in range(1, 16)]


def test_an_annex_shows_its_own_deadlines_grievances_and_exhibits_and_nobody_else(built: Built) -> None:
    listing = _manifest(built.whole.manifest)
    pages = _pages(built.whole.pdf)
    annex = listing["annexes"][1]
    first = int(str(annex["first_page"]))
    text = "\n".join(pages[first - 1 : first - 1 + int(str(annex["pages"]))])
    assert "7 avril 2026" in text
    assert "2. Réponse tardive" in text or "1. Réponse tardive" in text
    assert "Absence de réponse" not in text
    assert "Anna" not in text
    assert "Carla" not in text


def test_the_original_bytes_of_a_mail_to_many_are_in_the_archive_once(built: Built) -> None:
    with zipfile.ZipFile(built.whole.zip) as archive:
        mails = [name for name in archive.namelist() if name.endswith(".eml")]
        assert len(mails) == 2
        assert len([name for name in archive.namelist() if name.startswith("annexes/")]) == 4
        assert all(name.isascii() for name in archive.namelist())


def test_a_copy_for_one_names_nobody_else_in_any_of_its_files(built: Built) -> None:
    people = {one.joining.ref: one.joining.subject for one in built.made.everybody}
    assert len(built.copies) == 4
    for one in built.copies:
        others = [person for ref, person in people.items() if ref != one.ref]
        text = "\n".join(_pages(one.bound.pdf))
        assert people[one.ref].name in text
        with zipfile.ZipFile(one.bound.zip) as archive:
            data = b"".join(archive.read(name) for name in archive.namelist()) + "\n".join(archive.namelist()).encode()
        for other in others:
            for word in (*other.name.split(), other.email):
                assert word not in text
                assert word.encode() not in data


def test_a_mail_that_several_have_is_in_a_copy_only_if_it_names_nobody_else(built: Built) -> None:
    numbers = {
        one.ref: [int(str(exhibit["number"])) for exhibit in _manifest(one.bound.manifest)["exhibits"]]
        for one in built.copies
    }
    # under the numbers of the whole; the second mail, which names two people, is in none of the copies
    assert numbers == {
        "2026-C0001": [1, 5, 8, 9],
        "2026-C0002": [2, 5, 6, 10, 11],
        "2026-C0003": [3, 5, 6, 12, 13],
        "2026-C0004": [4, 5, 14, 15],
    }
    text = "\n".join(_pages(built.copies[1].bound.pdf))
    assert "ne figurent donc pas dans cet exemplaire : 7" in text.replace("\xa0", " ")


def test_a_copy_for_somebody_else_is_refused(built: Built, tmp_path: Path) -> None:
    with pytest.raises(NotOneOfThemError):
        list(copies(built.desk, built.made, built.whole, out=tmp_path, wish=Wish(), only="p99"))


def test_the_same_dossier_has_the_same_bytes(built: Built, tmp_path: Path) -> None:
    (group,) = collective.choose(built.desk, ASK).groups
    again = build(built.desk, compose(built.desk, group, Wish()), out=tmp_path, wish=Wish())
    assert again.zip.read_bytes() == built.whole.zip.read_bytes()
    assert again.pdf.read_bytes() == built.whole.pdf.read_bytes()


def test_parts_hold_whole_people_under_one_index(built: Built, tmp_path: Path) -> None:
    for n, name in ((11, "Ugo Unger"), (12, "Vera Vogel"), (13, "Walter Wolf")):
        scan = many.page(f"Scan for {name}", ballast=700_000)
        held = take_bytes(built.desk, scan, name="scan.pdf", media="application/pdf")
        many.case(built.desk, n, name, "IT", *many.answered(held, date(2026, 5, 6), n=5))
    (group,) = collective.choose(built.desk, replace(ASK, authority="it-garante")).groups
    wish = Wish(max_part=600_000)
    bound = build(built.desk, compose(built.desk, group, wish), out=tmp_path, wish=wish)
    assert verify(bound.zip).ok
    assert len(bound.parts) >= 3
    assert all(part.stat().st_size <= 600_000 for part in bound.parts)
    listing = _manifest(bound.manifest)
    spans = [
        range(int(str(one["first_page"])), int(str(one["first_page"])) + int(str(one["pages"])))
        for one in listing["parts"]
    ]
    pages = {str(one["number"]): int(str(one["first_page"])) for one in listing["exhibits"]}
    for annex, own in zip(listing["annexes"], (("5", "6", "7"), ("8", "9", "10"), ("11", "12", "13")), strict=True):
        where = {
            next(n for n, span in enumerate(spans) if page in span)
            for page in (annex["first_page"], *(pages[n] for n in own))
        }
        assert len(where) == 1
    first = "\n".join(_pages(bound.parts[0]))
    assert all(f"Scheda {n} · {name}" in first for n, name in ((1, "Ugo Unger"), (2, "Vera Vogel"), (3, "Walter Wolf")))


def test_lodging_writes_one_fact_into_each_case_and_leaves_the_complaint_as_it_was(
    built: Built, tmp_path: Path
) -> None:
    desk = replace(built.desk, today=date(2026, 6, 3))
    slip = tmp_path / "slip.pdf"
    slip.write_bytes(many.page("Receipt of the authority"))
    with pytest.raises(NotBuiltError):
        collective_lodging.lodging(desk, many.CAMPAIGN, "at-dsb", on=date(2026, 6, 2))
    with pytest.raises(NotBuiltError, match="by 2026-05-31"):
        collective_lodging.lodging(desk, "faces26", "fr-cnil", on=date(2026, 5, 31))
    with pytest.raises(FutureDateError):
        collective_lodging.lodging(desk, "faces26", "fr-cnil", on=date(2026, 6, 4))
    made = collective_lodging.lodging(desk, "faces26", "fr-cnil", on=date(2026, 6, 2))
    assert made.refs == tuple(f"2026-C{n:04}" for n in range(1, 5))
    collective_lodging.lodge(desk, made, reference="SAI-7", proof=slip)
    facts = [desk.vault.log(ref)[-1].event for ref in made.refs]
    assert {(fact.authority, fact.reference, fact.on) for fact in facts if isinstance(fact, Escalated)} == {
        ("fr-cnil", "SAI-7", date(2026, 6, 2))
    }
    assert len(facts) == 4
    with pytest.raises(NothingToLodgeError):
        collective_lodging.lodging(desk, many.CAMPAIGN, "fr-cnil", on=date(2026, 6, 2))
    (group,) = collective.choose(desk, ASK).groups
    later = compose(desk, group, Wish())
    bound = build(desk, later, out=tmp_path, wish=Wish())
    # what was lodged is shown as it was; its receipt, the same for all, is one more exhibit at the end
    assert "1er juin 2026" in "\n".join(_pages(bound.pdf)[2:6])
    before, after = (
        {exhibit["sha256"]: exhibit["number"] for exhibit in _manifest(path)["exhibits"]}
        for path in (built.whole.manifest, bound.manifest)
    )
    assert before.items() <= after.items()
    assert set(after.values()) - set(before.values()) == {"16"}
