"""Taking the public directory over: from a file, or from its public address. The old one stays whole until the end."""

from __future__ import annotations

from dataclasses import dataclass
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from dsar.directory import store
from dsar.directory.download import URL, download
from dsar.directory.harvest import harvest

if TYPE_CHECKING:
    from datetime import date
    from pathlib import Path


@dataclass(frozen=True, slots=True, kw_only=True)
class Imported:
    """What was taken over; `problems` are the records that were not, `remarks` are about some that were."""

    path: Path
    companies: int
    obsolete: int
    packs: int
    problems: tuple[str, ...]
    remarks: tuple[str, ...]
    licence: str
    retrieved_on: date


def take_over(source: Path, target: Path, today: date) -> Imported:
    """Import a ZIP or a checkout.

    Raises:
        NoArchiveError, TooLargeError, NothingImportedError: nothing in it can be used; nothing was written.
    """
    found = harvest(source, today)
    store.write(target, found, today.isoformat())
    return Imported(
        path=target,
        companies=len(found.companies),
        obsolete=len(found.obsolete),
        packs=len(found.packs),
        problems=found.problems,
        remarks=found.remarks,
        licence=found.licence,
        retrieved_on=found.retrieved_on,
    )


def update(target: Path, today: date, url: str = "") -> Imported:
    """Download the public directory and import it.

    Raises:
        DownloadError, BadDownloadAddressError: the network.
        NoArchiveError, TooLargeError, NothingImportedError: what came cannot be used; nothing was written.
    """
    from pathlib import Path  # noqa: PLC0415 - loaded on use

    with TemporaryDirectory(prefix="dsar-update-") as folder:
        archive = Path(folder) / "data.zip"
        download(url or URL, archive)
        return take_over(archive, target, today)
