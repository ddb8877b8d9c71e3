"""The address in the window, by the standards' own measures: worked out by hand, and read from the finished PDF.

A sheet of 210 mm in an envelope of 220 mm moves 10 mm sideways: of a window that begins 20 mm from the envelope's left
edge and is 90 mm wide, the sheet's x 20-100 mm are always seen (the sheet at the left edge: 20-110; at the right edge:
10-100), and x 10-110 mm can be seen. The same holds upright with the height of the folded sheet.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from io import BytesIO
from typing import TYPE_CHECKING

import pikepdf
import pytest

from dsar.paper.letter_pdf import render_pdf
from dsar.paper.windows import NoWindowError, window, windows

from .letters import FRENCH, LONG_NAME
from .reading import text_of, words_of

if TYPE_CHECKING:
    from pathlib import Path

SHORT = ("Beispielfirma", "Hauptweg", "Musterstadt")
SIX = ("Erste", "Zweite-Abteilung", "Dritte-zuHanden", "Vierte-Strasse", "Fuenfte-Stadt", "SECHSTE-LAND")


@dataclass(frozen=True)
class Place:
    """Millimetres on the sheet: what is always seen, what can be seen (left, top, right, bottom), the folds."""

    seen: tuple[float, float, float, float]
    reach: tuple[float, float, float, float]
    folds: tuple[float, ...]
    field: tuple[float, float, float, float]


PLACES = {
    # DIN 680: window 90 x 45, 20 from the left, 15 from the bottom of 220 x 110; folded at 105: 5 mm of play upright
    # DIN 5008 B: address field 85 x 45 at (20, 45), its lower 27.3 mm for the address; folds at 105 and 210
    ("DE", ""): Place((20, 50, 100, 90), (10, 45, 110, 95), (105, 210, 148.5), (20, 62.7, 105, 90)),
    ("AT", ""): Place((20, 50, 100, 90), (10, 45, 110, 95), (105, 210, 148.5), (20, 62.7, 105, 90)),
    # DIN 5008 A: the upper third has 87 mm, so the sheet begins 18 mm below the edge of the packet; field at (20, 27)
    ("DE", "din-5008-a"): Place((20, 32, 100, 72), (10, 27, 110, 77), (87, 192, 148.5), (20, 44.7, 105, 72)),
    # France: window 100 x 35 or 100 x 45, 20 from the right and the bottom of 220 x 110; thirds of 99: 11 mm of play
    ("FR", ""): Place((100, 55, 190, 79), (90, 34, 200, 90), (99, 198), (110, 55, 195, 88)),
    # SN 010130: 90 x 40, 17 from the right, 30 from the bottom of 229 x 114; older: 100 x 45, 12 and 21; 99: 15 of play
    ("CH", ""): Place((122, 48, 193, 69), (98, 29, 217, 93), (99, 198), (118, 44, 212, 93)),
    # as sold in the United Kingdom: 90 x 35, 20 from the left, 18 from the bottom of 220 x 110
    ("GB", ""): Place((20, 57, 100, 81), (10, 46, 110, 92), (99, 198), (20, 57, 110, 92)),
    # no standard: as in France
    ("PT", ""): Place((100, 55, 190, 79), (90, 44, 200, 90), (99, 198), (100, 55, 200, 90)),
}


@pytest.mark.parametrize("case", PLACES, ids="-".join)
@pytest.mark.parametrize("address", [SHORT, SIX], ids=["short", "six-lines"])
def test_the_address_is_seen_through_the_window_of_its_country(
    case: tuple[str, str], address: tuple[str, ...], tmp_path: Path
) -> None:
    country, name = case
    place = PLACES[case]
    letter = replace(FRENCH, posted_from=country, recipient=address)
    placed = [word for word in words_of(render_pdf(letter, window=name), tmp_path) if word.text in address]
    first = [word for word in placed if word.page == 1 and word.top < 95]
    assert [word.text for word in first] == list(address)
    for left, top, right, bottom in (place.seen, place.field):
        assert all(left <= word.left and word.right <= right for word in first)
        # a word's box reaches above its capitals, by the room that a font keeps for accents
        assert all(top - 1.5 <= word.top and word.bottom <= bottom + 1 for word in first)


@pytest.mark.parametrize("case", PLACES, ids="-".join)
def test_nothing_else_can_be_seen_through_it(case: tuple[str, str], tmp_path: Path) -> None:
    country, name = case
    left, top, right, bottom = PLACES[case].reach
    back = {word for line in FRENCH.sender for word in line.split()} | {"·"}
    allowed = set(SIX) | (back if country in {"DE", "AT"} else set())
    refs = (*FRENCH.refs, ("Personne concernée", "Zoé " * 12))
    letter = replace(FRENCH, posted_from=country, recipient=SIX, refs=refs)
    for word in words_of(render_pdf(letter, window=name), tmp_path):
        if word.page == 1 and word.bottom > top and word.top < bottom and word.right > left and word.left < right:
            assert word.text in allowed


@pytest.mark.parametrize(("name", "field_top"), [("din-5008-b", 45), ("din-5008-a", 27)])
def test_the_way_back_stands_in_small_print_above_the_address(name: str, field_top: float, tmp_path: Path) -> None:
    letter = replace(FRENCH, posted_from="DE")
    words = words_of(render_pdf(letter, window=name), tmp_path)
    back = [word for word in words if word.page == 1 and word.text == "Églantiers" and word.left < 100]
    assert len(back) == 1
    # the zone above the address has 17.7 mm; its upper 5 mm may slide out of sight
    assert field_top + 5 <= back[0].top
    assert back[0].bottom <= field_top + 17.7
    assert back[0].bottom - back[0].top < 4


def test_a_sender_too_long_for_small_print_is_left_out_of_the_window(tmp_path: Path) -> None:
    letter = replace(FRENCH, posted_from="DE", sender=(LONG_NAME, "Paris"))
    for word in words_of(render_pdf(letter), tmp_path):
        if word.page == 1 and word.left < 100:
            assert not 46 < word.top < 61


@pytest.mark.parametrize("case", PLACES, ids="-".join)
def test_the_sheet_is_marked_where_it_is_folded(case: tuple[str, str]) -> None:
    country, name = case
    found = set()
    with pikepdf.open(BytesIO(render_pdf(replace(FRENCH, posted_from=country), window=name))) as pdf:
        for one in pdf.pages[:2]:
            found |= set(_marks(one))
    assert found == set(PLACES[case].folds)


def _marks(page: pikepdf.Page) -> list[float]:
    """The heights of short lines that begin 4 mm from the left edge, in millimetres from the top."""
    found: list[float] = []
    stack: list[pikepdf.Matrix] = []
    matrix, at = pikepdf.Matrix(), (0.0, 0.0)
    for instruction in pikepdf.parse_content_stream(page):
        operands = instruction.operands
        match str(instruction.operator):
            case "q":
                stack.append(matrix)
            case "Q":
                matrix = stack.pop()
            case "cm":
                matrix = pikepdf.Matrix(*map(float, operands)) @ matrix
            case "m":
                at = matrix.transform((float(operands[0]), float(operands[1])))
            case "l":
                end = matrix.transform((float(operands[0]), float(operands[1])))
                if abs(at[0] / 72 * 25.4 - 4) < 0.1 and abs(at[1] - end[1]) < 0.1:
                    found.append(round(297 - at[1] / 72 * 25.4, 1))
    return found


def test_a_country_without_a_row_takes_the_window_on_the_right() -> None:
    assert window(country="").id == window(country="PT").id == "right"
    assert window("din-5008-a", country="FR").id == "din-5008-a"
    with pytest.raises(NoWindowError, match="din-5008-b"):
        window("din-b")


def test_no_country_has_two_windows_and_each_row_says_where_it_was_read() -> None:
    countries = [country for one in windows() for country in one.countries]
    assert len(countries) == len(set(countries))
    assert all(one.source for one in windows())
    assert {one.id for one in windows() if not one.checked} == {"uk", "right"}


def test_a_signature_beside_a_left_window_is_under_the_date(tmp_path: Path) -> None:
    words = words_of(render_pdf(replace(FRENCH, posted_from="DE")), tmp_path)
    place = {word.text: word.left for word in words if word.page == 1}
    assert place["Jeanne"] == pytest.approx(place["Paris,"], abs=0.2) == pytest.approx(125, abs=0.3)
    assert "Page 1 / 1" in text_of(render_pdf(replace(FRENCH, posted_from="DE")), tmp_path)
