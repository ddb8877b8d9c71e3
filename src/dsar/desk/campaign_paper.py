"""The letters of a campaign for a printer: the issued PDFs under plain names, and the list of whom they go to."""

from __future__ import annotations

import csv
import io
import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from dsar.core.cells import cell
from dsar.desk import campaigning, people, wording
from dsar.desk.allowing import need_mandate
from dsar.desk.campaign_post import overtaken, unsent
from dsar.desk.errors import NoMandateError
from dsar.desk.evidence import shown
from dsar.desk.office import read
from dsar.errors import StateError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from pathlib import Path

    from dsar.core.case import Outgoing
    from dsar.desk.office import Desk, File

LIST = "postal-list.csv"
LINES = 6
"""Lines of an address, the country included, that the list has columns for."""

_OURS = re.compile(r"[0-9]{4}-[0-9A-Z]{5}-[0-9]{2,}-")
_ENDINGS = {"application/pdf": ".pdf", "image/png": ".png", "image/jpeg": ".jpg", "image/tiff": ".tif"}


class OldFilesError(StateError):
    """A folder with files of another print run."""

    sentence = (
        "“{folder}” holds {count} file(s) that are not of this print run, such as {name}: choose an empty folder, so "
        "that no letter that has left, or was taken back, is printed again."
    )


@dataclass(slots=True)
class Printed:
    """What was written: how many letters, where their list is, and which were left out, each with the reason."""

    list_at: Path
    letters: int = 0
    left_out: list[str] = field(default_factory=list)


def refs(desk: Desk, id: str, wave: int | None) -> tuple[str, ...]:  # noqa: A002 - its own name
    """The cases of a campaign or of one wave, without those that were left out."""
    seats = campaigning.seats(desk, id, wave)
    return tuple(dict.fromkeys(one.ref for one in seats if one.ref and one.state != "left-out"))


def write_all(desk: Desk, wanted: Iterable[str], folder: Path, write: Callable[[Path, bytes], None]) -> Printed:
    """Write the letters of these cases that have not left into a folder, and their list; twice, it is the same.

    The list lies in memory, a line for each letter; the PDFs do not. Whose mandate does not hold today is left out, and
    a letter that accuses if something came in since.

    Raises:
        OldFilesError: other files lie in the folder, which a printer would take for letters of this run.
    """
    refs_ = tuple(wanted)
    refuse_old(desk, refs_, folder)
    done, rows = Printed(list_at=folder / LIST), list[tuple[str, ...]]()
    for ref in refs_:
        file = read(desk, ref)
        for letter in _to_print(desk, file, done.left_out):
            name = name_of(file, letter)
            write(folder / name, desk.vault.evidence_bytes(letter.fact.pdf.sha256))
            besides = _enclosures(desk, file, letter, folder, write)
            rows.append((*_to(desk, file), name, " ".join(besides)))
            done.letters += 1
    write(done.list_at, _csv(rows))
    return done


def _to_print(desk: Desk, file: File, left_out: list[str]) -> tuple[Outgoing, ...]:
    """The letters of a case that may be printed today; into `left_out` go the reasons for which others may not."""
    letters = unsent(file.case)
    if not letters:
        return ()
    try:
        need_mandate(desk, file)
    except NoMandateError as error:
        left_out.append(f"{file.case.ref}: {error}")
        return ()
    old = {one.n: why for one in letters if (why := overtaken(file, one.n, desk.today))}
    left_out += old.values()
    return tuple(one for one in letters if one.n not in old)


def refuse_old(desk: Desk, wanted: Iterable[str], folder: Path) -> None:
    """Refuse a folder with files that a run over these cases would not write; its own, if it broke off, may be there.

    Raises:
        OldFilesError: the sentence names one.
    """
    there = {path.name for path in folder.iterdir() if not path.name.startswith(".")}
    if not there - {LIST}:
        return
    begins = set[str]()
    for ref in wanted:
        file = read(desk, ref)
        begins |= {f"{ref}-{one.n:02}-" for one in _to_print(desk, file, [])}
    mine = {name for name in there if (found := _OURS.match(name)) and found[0] in begins}
    others = sorted(there - mine - {LIST})
    if others:
        raise OldFilesError(folder=shown(str(folder)), count=len(others), name=shown(others[0]))


def name_of(file: File, letter: Outgoing) -> str:
    """The name of the file of a letter: ASCII, and nothing of the person in it."""
    return f"{file.case.ref}-{letter.n:02}-{letter.fact.kind}-{people.slug(file.case.opened.controller.name)}.pdf"


def _enclosures(
    desk: Desk, file: File, letter: Outgoing, folder: Path, write: Callable[[Path, bytes], None]
) -> Iterator[str]:
    """The documents that the letter says are enclosed, each in a file of its own; their names."""
    from dsar.desk.frozen import Frozen, as_letter, enclosed  # noqa: PLC0415 - loads the letters

    mandate = file.case.opened.mandate
    if mandate is None or mandate.document is None:
        return
    paper = as_letter(desk, Frozen(file=file, letter=letter))
    for n, (_, media, data) in enumerate(enclosed(desk, file, paper), start=1):
        name = f"{file.case.ref}-{letter.n:02}-enclosure-{n}{_ENDINGS.get(media, '.bin')}"
        write(folder / name, data)
        yield name


def _country(desk: Desk, code: str, lang: str) -> str:
    """The name of a country as the post of the sender reads it."""
    words = wording.speaker(desk, lang)
    return words.label("country", code) if words.has("labels", f"country.{code}") else code


def _to(desk: Desk, file: File) -> tuple[str, ...]:
    """Whom a letter goes to: the reference of the case, the name, the lines of the address; abroad, the country."""
    to, me = file.case.opened.controller, people.myself(desk.vault)
    country = "" if to.address.country == me.address.country else _country(desk, to.address.country, me.language)
    lines = (*to.address.lines, *[""] * LINES)[: LINES - bool(country)]
    if country:  # right below the address, and never cut off
        last = sum(1 for line in lines if line)
        lines = (*lines[:last], country, *lines[last:])
    return (file.case.ref, to.name, *lines)


def _csv(rows: Iterable[tuple[str, ...]]) -> bytes:
    """The list as CSV: nothing in it is run by a spreadsheet program."""
    text = io.StringIO(newline="")
    writer = csv.writer(text)
    writer.writerow(("ref", "name", *(f"line{n}" for n in range(1, LINES + 1)), "file", "enclosures"))
    writer.writerows([cell(one) for one in row] for row in rows)
    return text.getvalue().encode("utf-8-sig")
