"""The sections of the dossier of the model case, beside what they are made of: chronology, deadlines, points asked."""

from __future__ import annotations

import subprocess
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from dsar.core.dossier import Paragraph, Table
from dsar.demo import stage, story
from dsar.desk import filing, sections
from dsar.lawbook.load import law
from dsar.letters.place import roots
from dsar.letters.words import Words
from dsar.paper.dossier.bind import BoundDossier

if TYPE_CHECKING:
    from collections.abc import Iterator

    from dsar.core.dossier import Section
    from dsar.desk.office import File

    from .conftest import Shown


@pytest.fixture(scope="module")
def file() -> Iterator[File]:
    with stage.stage("en") as scene:
        story.play(scene)
        yield story.lodge(scene)


@pytest.fixture(scope="module")
def words() -> Words:
    return Words("en", roots())


def tables(section: Section | None) -> list[Table]:
    assert section is not None
    return [block for block in section.blocks if isinstance(block, Table)]


def test_every_event_names_what_proves_it_or_says_that_nothing_does(file: File, words: Words) -> None:
    """B9. What was given and refused on 10 February stands in our letter and our mail of that day."""
    (table,) = tables(sections.facts(words, file))
    assert all(row.exhibits or "(no document)" in row.cells[2] for row in table.rows)
    proof = {row.cells[2]: row.exhibits for row in table.rows}
    assert proof["Identity data refused: copy of the passport"] == (7, 8)
    days = {row.cells[2].partition(" (“")[0]: row.cells[1] for row in table.rows}
    # received on 29 January: 27 May is 2 + 29 + 31 + 30 + 27 days later
    assert days["Message received: answer"].startswith("119")
    assert days["Message received: automatic reply"] == ""


def test_the_deadlines_are_those_of_the_case_with_all_their_steps(file: File, words: Words) -> None:
    """B10: as `dsar why` prints them; the days were counted by hand in `test_story`."""
    section = sections.deadlines(words, file)
    shown = [due for due in file.due if due.binds != "us"]
    assert [len(table.rows) for table in tables(section)] == [len(due.steps) for due in shown]
    assert section is not None
    told = [block.text for block in section.blocks if isinstance(block, Paragraph)]
    assert any("2 March 2020 · " in text and text.endswith("27 May 2020") for text in told)
    assert any("5 May 2020" in text and "14 May 2020" in text for text in told)


def test_every_point_of_the_request_stands_beside_what_was_answered(file: File, words: Words) -> None:
    """B12: eighteen points; they confirmed, named the source and each address, and gave a copy."""
    (table,) = tables(sections.asked_and_answered(words, file))
    assert [row.cells[0] for row in table.rows] == [str(number) for number in range(1, 19)]
    assert [row.cells[0] for row in table.rows if row.cells[2] == "given"] == ["1", "8", "11", "12"]


def test_the_first_page_says_who_against_whom_for_what_and_what_is_enclosed(shown: Shown) -> None:
    """B22, in the language of the reader; what the program says of itself is nothing to an authority."""
    done = subprocess.run(
        ["pdftotext", "-l", "1", "-layout", str(shown.result.pdf), "-"], capture_output=True, check=True
    )
    page = done.stdout.decode()
    for said in ("Élise Fontanel", "Garde-Fou SAS", "Clearface AI, Inc.", "(CNIL)", "2020-7QX2M", "18"):
        assert said in page
    assert not any(said in page for said in ("avocat", "lawyer", "programme", "program"))


@pytest.mark.parametrize(
    ("authority", "sizes", "warned"),
    [
        ("eu-edps", (2, 2), False),
        ("eu-edps", (2, 4), True),
        ("de-baylda", (2,), True),
        ("fr-cnil", (900,), False),
    ],
)
def test_what_is_larger_than_the_authority_takes_is_said(
    authority: str, sizes: tuple[int, ...], *, warned: bool, tmp_path: Path
) -> None:
    """B16: the EDPS takes files of 3 MB, the BayLDA about 1.5 MB; what the CNIL takes nobody found."""
    parts = []
    for number, size in enumerate(sizes):
        path = tmp_path / f"{number}.pdf"
        with path.open("wb") as stream:
            stream.truncate(size * 1_000_000)
        parts.append(path)
    nothing = Path("none")
    bound = BoundDossier(pdf=parts[0], zip=nothing, manifest=nothing, pages=1, warnings=(), parts=tuple(parts))
    assert bool(filing.over_limit(law().authorities[authority], bound)) == warned
