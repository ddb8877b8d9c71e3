from __future__ import annotations

import hashlib
import re
import subprocess
import zipfile
from datetime import date
from pathlib import Path

import pikepdf
import pytest
from PIL import ImageChops

from dsar.core.dossier import Dossier, Frozen, Paragraph, Section
from dsar.core.letter import Letter
from dsar.paper.dossier.bind import FrozenMismatchError, Source, bind
from dsar.paper.dossier.gather import EvidenceMismatchError

from . import made, reading
from .made import Shelf

BANNER = "Reconstitution, parties fictives."


@pytest.fixture(scope="module")
def shelf() -> Shelf:
    """Exhibits 1 to 5: three pages, a mail with a photo and an archive, a landscape page, a scan, a text."""
    shelf = Shelf()
    shelf.put("Mandat", made.pdf("Mandat", pages=3))
    attached = ("photo.jpg", "image/jpeg", made.scan(300, 400)), ("données.zip", "application/zip", b"PK\3\4")
    letter = made.mail("Bonjour,\n> cité\n", *attached)
    shelf.put("Envoi de la demande", letter, "message/rfc822", kind="mail", on=date(2026, 3, 1))
    shelf.put("Annexe (paysage)", made.pdf("Annexe", size=(842, 595)))
    shelf.put("Avis de réception", made.scan(), "image/jpeg", kind="proof")
    shelf.put("Journal", b"250 Ok\n", "text/plain")
    return shelf


@pytest.fixture(scope="module")
def pdf(shelf: Shelf, tmp_path_factory: pytest.TempPathFactory) -> Path:
    rows = made.table((("5 mars", "Demande", "0"), (1, 2)), (("6 mars", "Appel", "1"), ()))
    facts = Paragraph(text="La demande a été reçue.", exhibits=(4,))
    return shelf.bind(tmp_path_factory.mktemp("bound"), shelf.dossier(facts, rows, banner=BANNER)).pdf


# Counted by hand: cover 1, index 2, facts 3; exhibit 1 on 4-6, 2 on 7, 2.1 on 8, 2.2 on 9, 3 on 10, 4 on 11, 5 on 12.
STARTS = {"1": 4, "2": 7, "2.1": 8, "2.2": 9, "3": 10, "4": 11, "5": 12}
PAGES = 12


@reading.needs_poppler
def test_the_printed_number_is_the_page_label_and_the_viewers_page(pdf: Path) -> None:
    with pikepdf.open(pdf) as bound:
        labels = [str(page.label) for page in bound.pages]
    printed = [re.findall(r"Page (\d+) / (\d+)", text) for text in reading.texts(pdf)]
    assert labels == [str(number) for number in range(1, PAGES + 1)]
    assert printed == [[(str(number), str(PAGES))] for number in range(1, PAGES + 1)]


@reading.needs_poppler
def test_every_page_of_an_exhibit_carries_its_stamp_and_no_other(pdf: Path) -> None:
    texts = reading.texts(pdf)
    stamps = [re.search(r"Pièce n°\s(\S+)", text.splitlines()[2] if BANNER in text else "") for text in texts]
    seen = [stamp[1] if stamp else "" for stamp in stamps[3:]]
    assert seen == ["1", "1", "1", "2", "2.1", "2.2", "3", "4", "5"]


@reading.needs_poppler
def test_the_banner_stands_on_every_page(pdf: Path) -> None:
    assert [BANNER in text for text in reading.texts(pdf)] == [True] * PAGES


def test_each_row_of_the_index_leads_to_the_first_page_of_its_exhibit(pdf: Path) -> None:
    with pikepdf.open(pdf) as bound:
        targets = reading.links(bound, 2)
    # each cell of a row is a link; attachments leave date and parties empty
    assert list(dict.fromkeys(targets)) == list(STARTS.values())


@reading.needs_poppler
def test_the_index_names_pages_and_hashes(pdf: Path, shelf: Shelf) -> None:
    index = reading.texts(pdf)[1]
    assert re.search(rf"1\s+Mandat\s+5 mars 2026\s.*4–6\s+{shelf.exhibits[0].evidence.sha256[:12]}", index)
    assert re.search(r"2\.1\s+photo\.jpg\s+8\s", index)
    assert "1er mars 2026" in index


def test_references_in_the_sections_lead_to_the_exhibits(pdf: Path) -> None:
    with pikepdf.open(pdf) as bound:
        assert reading.links(bound, 3) == [STARTS["4"], STARTS["1"], STARTS["2"]]


def test_the_mail_leads_to_its_attachment(pdf: Path) -> None:
    with pikepdf.open(pdf) as bound:
        assert reading.links(bound, STARTS["2"]) == [STARTS["2.1"], STARTS["2.2"]]


def test_bookmarks_follow_the_binding_and_are_open(pdf: Path) -> None:
    with pikepdf.open(pdf) as bound:
        assert reading.bookmarks(bound) == [
            (0, "Dossier de réclamation · 1", 1, False),
            (0, "Bordereau des pièces · 2", 2, False),
            (0, "Exposé des faits · 3", 3, False),
            (0, "Pièces · 4", 4, False),
            (1, "Pièce n° 1 · Mandat · 4", 4, False),
            (1, "Pièce n° 2 · Envoi de la demande · 7", 7, False),
            (2, "Pièce n° 2.1 · photo.jpg · 8", 8, False),
            (2, "Pièce n° 2.2 · données.zip · 9", 9, False),
            (1, "Pièce n° 3 · Annexe (paysage) · 10", 10, False),
            (1, "Pièce n° 4 · Avis de réception · 11", 11, False),
            (1, "Pièce n° 5 · Journal · 12", 12, False),
        ]
        assert bound.Root.PageMode == "/UseOutlines"


def test_the_pdf_says_its_title_and_language_and_promises_no_standard(pdf: Path) -> None:
    with pikepdf.open(pdf) as bound:
        assert str(bound.docinfo["/Title"]) == "Ada Exemple c. Clearface AI, Inc. · 2026-7QX2M"
        assert str(bound.Root.Lang) == "fr"
        with bound.open_metadata() as metadata:
            assert metadata.pdfa_status == ""


def test_the_combined_pdf_and_each_piece_are_sound(pdf: Path, tmp_path: Path) -> None:
    with zipfile.ZipFile(pdf.with_suffix(".zip")) as archive:
        archive.extractall(tmp_path)
    for one in (pdf, *(tmp_path / "exhibits").iterdir()):
        done = subprocess.run(["qpdf", "--check", str(one)], capture_output=True, check=False)
        assert done.returncode == 0, done.stdout


@reading.needs_poppler
def test_a_piece_on_its_own_keeps_its_stamp_its_pages_and_their_labels(pdf: Path, tmp_path: Path) -> None:
    with zipfile.ZipFile(pdf.with_suffix(".zip")) as archive:
        alone = Path(archive.extract("exhibits/01_Mandat.pdf", tmp_path))
    with pikepdf.open(alone) as piece:
        assert [str(page.label) for page in piece.pages] == ["4", "5", "6"]
        assert str(piece.docinfo["/Title"]) == "Pièce n° 1 · Mandat · 2026-7QX2M"
    assert ["Page 5 / 12" in text for text in reading.texts(alone)] == [False, True, False]
    ours = reading.image(alone, 2)
    assert ImageChops.difference(ours, reading.image(pdf, 5)).getbbox() is None


def test_the_archive_holds_pieces_and_untouched_originals(pdf: Path, shelf: Shelf) -> None:
    with zipfile.ZipFile(pdf.with_suffix(".zip")) as archive:
        names = archive.namelist()
        originals = {name: archive.read(name) for name in names if name.startswith("originals/")}
        dates = {info.date_time[:3] for info in archive.infolist()}
    assert [name for name in names if name.startswith("exhibits/")] == [
        "exhibits/01_Mandat.pdf",
        "exhibits/02_Envoi-de-la-demande.pdf",
        "exhibits/02-1_photo-jpg.pdf",
        "exhibits/02-2_donnees-zip.pdf",
        "exhibits/03_Annexe-paysage.pdf",
        "exhibits/04_Avis-de-reception.pdf",
        "exhibits/05_Journal.pdf",
    ]
    hashes = [exhibit.evidence.sha256 for exhibit in shelf.exhibits]
    assert [hashlib.sha256(data).hexdigest() for data in originals.values()] == hashes
    endings = [name.rpartition(".")[2] for name in originals]
    assert endings == ["pdf", "eml", "pdf", "jpg", "txt"]
    assert dates == {(2026, 7, 15)}


def test_ordinary_tools_check_the_archive(pdf: Path, tmp_path: Path) -> None:
    with zipfile.ZipFile(pdf.with_suffix(".zip")) as archive:
        archive.extractall(tmp_path)
    done = subprocess.run(["sha256sum", "-c", "SHA256SUMS"], cwd=tmp_path, capture_output=True, check=False)
    assert done.returncode == 0
    unlisted = {path.name for path in tmp_path.iterdir() if path.is_file()}
    assert unlisted == {pdf.name, "README.txt", "SHA256SUMS", "manifest.json"}


def test_the_same_dossier_gives_the_same_bytes(pdf: Path, shelf: Shelf, tmp_path: Path) -> None:
    rows = made.table((("5 mars", "Demande", "0"), (1, 2)), (("6 mars", "Appel", "1"), ()))
    facts = Paragraph(text="La demande a été reçue.", exhibits=(4,))
    again = shelf.bind(tmp_path, shelf.dossier(facts, rows, banner=BANNER))
    assert again.pdf.read_bytes() == pdf.read_bytes()
    assert again.zip.read_bytes() == pdf.with_suffix(".zip").read_bytes()


def test_numbers_and_names_stay_when_exhibits_are_added(tmp_path: Path) -> None:
    shelf = Shelf()
    shelf.put("Demande", made.mail("a", ("a.pdf", "application/pdf", made.pdf("a"))), "message/rfc822")
    before = shelf.bind(tmp_path / "before").zip
    shelf.put("Annexe", made.pdf("a"))
    after = shelf.bind(tmp_path / "after").zip
    named = [[name for name in zipfile.ZipFile(one).namelist() if "/" in name] for one in (before, after)]
    assert set(named[0]) < set(named[1])


def test_the_bytes_of_the_sources_are_not_touched(shelf: Shelf, tmp_path: Path) -> None:
    shelf.bind(tmp_path)
    for sha256, data in shelf.bytes_of.items():
        assert hashlib.sha256(data).hexdigest() == sha256


def test_wrong_bytes_for_an_exhibit_stop_the_binding_and_write_nothing(tmp_path: Path) -> None:
    shelf = Shelf()
    shelf.put("Mandat", made.pdf("Mandat"))
    other = Source(read=lambda _: (b"other",), parse_mail=made.parse, helpers=made.NONE)
    with pytest.raises(EvidenceMismatchError, match="exhibit 1"):
        bind(shelf.dossier(), source=other, out=tmp_path / "out", program="dsar")
    assert not (tmp_path / "out").exists()


def test_a_name_that_is_taken_by_a_folder_leaves_no_half_written_file(tmp_path: Path) -> None:
    (tmp_path / "dossier-2026-7QX2M.pdf").mkdir()
    with pytest.raises(OSError, match="dossier"):
        Shelf().bind(tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == ["dossier-2026-7QX2M.pdf"]


def test_a_reference_to_an_exhibit_that_is_not_there_is_refused(tmp_path: Path) -> None:
    shelf = Shelf()
    with pytest.raises(ValueError, match=r"\[7\]"):
        shelf.bind(tmp_path, shelf.dossier(Paragraph(text="Preuve.", exhibits=(7,))))


def test_two_exhibits_with_the_same_bytes_are_reported(tmp_path: Path) -> None:
    shelf = Shelf()
    shelf.put("Une fois", made.pdf("same"))
    shelf.put("Deux fois", made.pdf("same"))
    assert shelf.bind(tmp_path).warnings == ("exhibits 1 and 2 are the same file",)


def test_the_case_travels_as_json_when_it_is_given(tmp_path: Path) -> None:
    bound = Shelf().bind(tmp_path, facts=b'{"ref": "2026-7QX2M"}')
    with zipfile.ZipFile(bound.zip) as archive:
        assert archive.read("case.json") == b'{"ref": "2026-7QX2M"}'


@reading.needs_poppler
def test_a_letter_in_a_section_is_shown_as_its_pages_with_one_banner(tmp_path: Path) -> None:
    letter = Letter(
        kind="complaint",
        lang="fr",
        title="Réclamation",
        subject="Réclamation au titre de l’article 77",
        body="\n\n".join(["Le responsable n’a pas répondu."] * 60),
        sender=("Agence Droits Clairs", "12 rue des Exemples", "75011 Paris"),
        recipient=("CNIL", "3 place de Fontenoy", "75007 Paris"),
        sender_email="agence@droits.example",
        recipient_email="",
        on=date(2026, 7, 15),
        place_date="Paris, le 15 juillet 2026",
        refs=(),
        via="",
        signature=("Camille Modèle",),
        enclosures=(),
        labels=(("subject", "Objet :"), ("enclosures", "Pièces jointes :"), ("page", "Feuille {n} sur {total}")),
        banner=BANNER,
    )
    shelf = Shelf()
    sections = (Section(id="complaint", title="Réclamation", blocks=(letter,)),)
    bound = shelf.bind(tmp_path, shelf.dossier(banner=BANNER, sections=sections))
    shown = reading.texts(bound.pdf)[2:]
    assert len(shown) >= 2
    assert [text.count(BANNER) for text in shown] == [1] * len(shown)
    assert [f"Feuille {n} sur {len(shown)}" in text for n, text in enumerate(shown, start=1)] == [True] * len(shown)
    with pikepdf.open(bound.pdf) as pdf:
        assert (0, "Réclamation · 3", 3, False) in reading.bookmarks(pdf)


def frozen(data: bytes) -> tuple[Shelf, Dossier]:
    """A dossier that opens with a stored PDF."""
    shelf = Shelf()
    evidence = shelf.put("Réclamation", data).evidence
    shelf.exhibits.clear()
    sections = (Section(id="complaint", title="Réclamation", blocks=(Frozen(evidence=evidence),)),)
    return shelf, shelf.dossier(sections=sections)


@reading.needs_poppler
def test_a_frozen_letter_is_shown_as_its_stored_pages(tmp_path: Path) -> None:
    shelf, dossier = frozen(made.pdf("crocodile", pages=2))
    shown = reading.texts(shelf.bind(tmp_path, dossier).pdf)[2:]
    assert ["crocodile" in text for text in shown] == [True, True]


def test_a_frozen_letter_whose_bytes_were_changed_is_refused(tmp_path: Path) -> None:
    shelf, dossier = frozen(made.pdf("crocodile"))
    shelf.bytes_of = dict.fromkeys(shelf.bytes_of, made.pdf("another"))
    with pytest.raises(FrozenMismatchError):
        shelf.bind(tmp_path, dossier)
    assert list(tmp_path.iterdir()) == []


def test_a_dossier_without_exhibits_can_be_bound(tmp_path: Path) -> None:
    assert Shelf().bind(tmp_path).pages == 3
