# ruff: noqa: RUF001 - the Greek and Cyrillic letters are meant
import io
from dataclasses import replace
from pathlib import Path

import pikepdf
import pytest
from PIL import Image

from dsar.paper.images import ImageError, as_png
from dsar.paper.letter_pdf import render_pdf

from .letters import FRENCH, HOSTILE, LONG_NAME
from .reading import text_of, words_of


def picture(mode: str, kind: str, colour: object) -> bytes:
    made = io.BytesIO()
    Image.new(mode, (60, 20), colour).save(made, kind)  # type: ignore[arg-type] # the colour of any mode
    return made.getvalue()


def flat(text: str) -> str:
    return " ".join(text.split())


def test_the_page_says_everything_that_the_letter_says(tmp_path: Path) -> None:
    text = flat(text_of(render_pdf(FRENCH), tmp_path))
    for said in (*FRENCH.sender, *FRENCH.recipient, *FRENCH.signature, *FRENCH.enclosures):
        assert said in text
    for name, value in FRENCH.refs:
        assert name in text
        assert value in text
    assert FRENCH.subject in text
    assert FRENCH.via in text
    assert FRENCH.place_date in text
    assert FRENCH.sender_email in text


def test_each_numbered_item_keeps_its_number(tmp_path: Path) -> None:
    text = flat(text_of(render_pdf(FRENCH), tmp_path))
    for item in (
        "1. la confirmation que des données",
        "2. les finalités du traitement ;",
        "3. les destinataires :",
        "4. une copie des données.",
    ):
        assert item in text


def test_a_list_starts_with_the_number_it_was_given(tmp_path: Path) -> None:
    text = flat(text_of(render_pdf(replace(FRENCH, body="Suite\n\n7) sept\n8) huit\n\nFin")), tmp_path))
    assert "7) sept 8) huit" in text


def test_nothing_of_the_markup_is_left(tmp_path: Path) -> None:
    text = text_of(render_pdf(FRENCH), tmp_path)
    for leftover in ("**", "##", "|", "](", "{n}", "{total}", "U+"):
        assert leftover not in text


def test_accents_greek_and_cyrillic_are_printed(tmp_path: Path) -> None:
    assert "ŁódźŐΑθήναСофия" in text_of(render_pdf(FRENCH), tmp_path)


def test_a_link_shows_its_address_once(tmp_path: Path) -> None:
    text = flat(text_of(render_pdf(FRENCH), tmp_path))
    assert "les lignes directrices (https://edpb.example/lignes)" in text
    assert text.count("https://agent.example/nu") == 1


def test_a_character_that_no_font_has_is_named_and_not_lost(tmp_path: Path) -> None:
    letter = replace(FRENCH, recipient=("李雷 😀 SARL", *FRENCH.recipient), body="Cher 李雷,\n\nFin 👍.")
    text = flat(text_of(render_pdf(letter), tmp_path))
    assert "[U+674E U+96F7] [U+1F600] SARL" in text
    assert "Cher [U+674E U+96F7]," in text
    assert "Fin [U+1F44D]." in text


@pytest.mark.parametrize("field", ["subject", "title", "place_date", "via", "banner", "sender_email"])
def test_a_hostile_value_is_printed_as_it_stands(field: str, tmp_path: Path) -> None:
    changes = {"via": "", "place_date": "", field: HOSTILE}  # side by side, these two would be read line by line
    letter = replace(FRENCH, **changes)  # type: ignore[arg-type] # text fields by their names
    text = "".join(text_of(render_pdf(letter), tmp_path).split())  # a narrow column breaks it into lines
    if field != "title":  # it is printed nowhere: it names the document
        assert "{{7*7}}[bold]#typst$&`x`\\u0041*a*[U+001B][31m[U+202E]gpj.exe" in text
    assert "49" not in text


def test_hostile_lines_of_an_address_are_printed_as_they_stand(tmp_path: Path) -> None:
    letter = replace(FRENCH, sender=(HOSTILE,), recipient=("X", HOSTILE), signature=(HOSTILE,), enclosures=(HOSTILE,))
    text = flat(text_of(render_pdf(letter), tmp_path))
    assert text.count("[bold] #typst $& `x`") == 4


def test_the_body_cannot_bring_tags_pictures_or_scripts(tmp_path: Path) -> None:
    body = "<b>gras</b> <script>x</script>\n\n![vue](http://tracker.example/p.png)\n\n[ici](javascript:alert(1))\n\nFin"
    pdf = render_pdf(replace(FRENCH, body=body))
    text = flat(text_of(pdf, tmp_path))
    assert "<b>gras</b> <script>x</script>" in text
    assert "vue" in text
    assert b"tracker.example" not in pdf


def test_the_address_stands_in_the_window_of_a_french_envelope(tmp_path: Path) -> None:
    # Envelope DL 220 x 110 mm, window 100 x 35 mm at 20 mm from the right and the bottom edge: x 100-200, y 55-90 mm.
    # A sheet folded in three (210 x 99 mm) has 10 mm of play sideways and 11 mm upright: on its left edge x 100-190 mm
    # are always seen; standing on the bottom edge, as in the post, y 44-79 mm.
    letter = replace(FRENCH, body="Madame, Monsieur,", enclosures=(), signature=())
    first = [word for word in words_of(render_pdf(letter), tmp_path) if word.page == 1]
    start = next(i for i, word in enumerate(first) if word.text == "Clearface")
    address = first[start : start + 15]
    assert address[-1].text == "États-Unis"
    assert all(word.left >= 100 and word.right <= 190 for word in address)
    assert all(word.top >= 45 and word.bottom <= 79 for word in address)


def test_nothing_but_the_address_can_be_seen_through_the_window(tmp_path: Path) -> None:
    # the furthest reach of the window as the sheet slides: x 90-200 mm, y 44-90 mm (35 mm window), from 34 (45 mm)
    address = {word for line in FRENCH.recipient for word in line.split()}
    letter = replace(FRENCH, refs=(*FRENCH.refs, ("Personne concernée", "Zoé " * 12)), sender=("Cabinet " * 9, "Paris"))
    for word in words_of(render_pdf(letter), tmp_path):
        if word.page == 1 and word.bottom > 34 and word.top < 90 and word.right > 90:
            assert word.text in address


def test_an_address_of_eight_lines_still_fits_the_window(tmp_path: Path) -> None:
    lines = tuple(f"Ligne{n} de l’adresse de la société" for n in range(1, 9))
    placed = [w for w in words_of(render_pdf(replace(FRENCH, recipient=lines)), tmp_path) if w.text.startswith("Ligne")]
    assert len(placed) == 8
    assert all(word.top >= 45 and word.bottom <= 79 for word in placed)


def test_words_without_a_space_do_not_leave_the_paper(tmp_path: Path) -> None:
    letter = replace(
        FRENCH,
        recipient=(LONG_NAME, "Paris"),
        sender=(LONG_NAME,),
        refs=(("Dossier", LONG_NAME),),
        body=f"{LONG_NAME}\n\nhttps://example.example/{'a/b-c' * 60}\n\nFin",
        signature=(LONG_NAME,),
        subject=LONG_NAME,
    )
    pdf = render_pdf(letter)
    assert all(word.left >= 20 and word.right <= 190 for word in words_of(pdf, tmp_path))
    assert text_of(pdf, tmp_path).replace("\n", "").count(LONG_NAME) >= 5


@pytest.mark.parametrize("body", ["mot " * 4000, "```\n" + "A" * 300 + "\n```\n\nFin", "> " + "mot " * 2000])
def test_a_long_block_is_printed_to_its_end(body: str, tmp_path: Path) -> None:
    words = words_of(render_pdf(replace(FRENCH, body=body)), tmp_path)
    assert sum(word.text == "mot" for word in words) == body.count("mot")
    assert all(word.right <= 190 and word.bottom <= 290 for word in words)


def test_a_letter_without_addresses_is_still_a_letter(tmp_path: Path) -> None:
    letter = replace(
        FRENCH, sender=(), recipient=(), sender_email="", recipient_email="", refs=(), via="", signature=()
    )
    text = text_of(render_pdf(replace(letter, enclosures=(), body="")), tmp_path)
    assert FRENCH.place_date in text
    assert "Page 1 / 1" in text


def test_the_mail_address_stands_in_for_a_missing_postal_one(tmp_path: Path) -> None:
    text = text_of(render_pdf(replace(FRENCH, recipient=("Clearface AI, Inc.",))), tmp_path)
    assert "privacy@clearface.example" in text
    assert "privacy@clearface.example" not in text_of(render_pdf(FRENCH), tmp_path)


def test_every_page_has_its_number_and_the_banner(tmp_path: Path) -> None:
    body = "\n\n".join(f"Alinéa {n} " + "mot " * 60 for n in range(30))
    pdf = render_pdf(replace(FRENCH, banner="RECONSTITUTION, parties fictives", body=body))
    pages = text_of(pdf, tmp_path).split("\f")[:-1]
    assert len(pages) > 2
    for number, page in enumerate(pages, start=1):
        assert f"Page {number} / {len(pages)}" in page
        assert "RECONSTITUTION, parties fictives" in page


def test_the_signature_is_not_torn_from_the_closing_words(tmp_path: Path) -> None:
    for paragraphs in range(1, 24):
        body = "\n\n".join([*("Alinéa. " * 12 for _ in range(paragraphs)), "Salutations distinguées."])
        words = words_of(render_pdf(replace(FRENCH, body=body, enclosures=())), tmp_path)
        pages = {word.text: word.page for word in words}
        assert pages["distinguées."] == pages["Présidente"]


def test_the_signature_never_stands_on_a_page_without_a_word_of_the_letter(tmp_path: Path) -> None:
    """A page that holds the closing words alone could be put behind any other letter."""
    for paragraphs in range(1, 24):
        filler = ["Alinéa. " * 12 for _ in range(paragraphs)]
        body = "\n\n".join([*filler, "Dernier alinéa.", "Salutations distinguées."])
        words = words_of(render_pdf(replace(FRENCH, body=body, enclosures=())), tmp_path)
        pages = {word.text: word.page for word in words}
        assert pages["Dernier"] == pages["distinguées."] == pages["Présidente"]


def test_the_document_says_what_it_is() -> None:
    with pikepdf.open(io.BytesIO(render_pdf(FRENCH))) as pdf:
        assert pdf.Root.Lang == "fr"
        assert pdf.Root.MarkInfo.Marked
        metadata = pdf.open_metadata()
        assert metadata["dc:title"] == FRENCH.title
        assert metadata["dc:creator"] == ["Cabinet Aubépine"]
        assert (metadata["pdfaid:part"], metadata["pdfaid:conformance"]) == ("2", "A")
        assert str(pdf.docinfo["/CreationDate"]).startswith("D:20260402000000")


def test_the_same_letter_gives_the_same_bytes() -> None:
    signature = picture("RGB", "PNG", (0, 0, 90))
    assert render_pdf(FRENCH) == render_pdf(FRENCH)
    assert render_pdf(FRENCH, signature_image=signature) == render_pdf(FRENCH, signature_image=signature)
    assert render_pdf(FRENCH) != render_pdf(replace(FRENCH, subject="Autre"))


@pytest.mark.parametrize(
    ("mode", "kind", "colour"),
    [
        ("CMYK", "JPEG", (200, 0, 0, 0)),
        ("RGB", "TIFF", (9, 9, 9)),
        ("RGBA", "PNG", (9, 9, 9, 100)),
        ("1", "BMP", 1),
        ("L", "JPEG", 9),
        ("P", "GIF", 3),
    ],
)
def test_a_signature_may_be_a_picture_of_any_usual_kind(mode: str, kind: str, colour: object) -> None:
    pdf = render_pdf(FRENCH, signature_image=picture(mode, kind, colour))
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        assert sum(len(page.get_images()) for page in opened.pages) == 1


@pytest.mark.parametrize("data", [b"", b"no picture", b"\x89PNG\r\n\x1a\n broken", b"GIF89a\xff\xff\xff\xff"])
def test_a_broken_signature_is_one_sentence(data: bytes) -> None:
    with pytest.raises(ImageError, match="not a picture that can be read"):
        render_pdf(FRENCH, signature_image=data)


def test_a_picture_loses_the_place_where_it_was_taken() -> None:
    made = io.BytesIO()
    place = Image.Exif()
    place[0x010E] = "48.8584 N 2.2945 E"
    Image.new("RGB", (60, 20)).save(made, "JPEG", exif=place)
    assert b"48.8584" in made.getvalue()
    assert b"48.8584" not in as_png(made.getvalue(), what="picture")


def test_what_introduces_a_list_is_not_left_behind_by_it(tmp_path: Path) -> None:
    for paragraphs in range(6, 20):
        filler = ["Alinéa. " * 12 for _ in range(paragraphs)]
        body = "\n\n".join([*filler, "Indiquez :", "1. d’abord ;\n2. ensuite.", "Fin.", "Salutations."])
        pages = {word.text: word.page for word in words_of(render_pdf(replace(FRENCH, body=body)), tmp_path)}
        assert pages["Indiquez"] == pages["d’abord"]


def test_a_reference_is_not_broken_at_its_hyphens(tmp_path: Path) -> None:
    """Paragraphs of growing length, so that the reference stands at each place of the end of a line."""
    own = "FACES26/clearface/es-aepd"
    body = "\n\n".join(f"{'mot ' * 13}{'a' * count} {own} et la suite de la phrase." for count in range(1, 40, 2))
    letter = replace(FRENCH, refs=(("Notre référence", own), ("Votre référence", "CF-88")), body=body)
    text = text_of(render_pdf(letter), tmp_path)
    assert flat(text).replace("/ ", "/").count(own) == 21
    assert not [line for line in text.splitlines() if line.rstrip().endswith(("es-", "/es", " es"))]
