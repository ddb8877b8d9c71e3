"""The ZIP, and files that are whole or not there."""

from __future__ import annotations

import os
import zipfile
from contextlib import ExitStack
from io import BytesIO
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

# What a word `readme` of the dossier's language replaces: plain text with {pdf}, {ref} and {program}.
README = """\
This archive is the dossier {ref}.

{pdf}
    Everything in one document: cover, index of exhibits, the sections, then the exhibits. The number printed at the
    foot of a page is the number your viewer shows. Entries of the index and references to exhibits are links.
exhibits/
    Each exhibit as a file of its own, with the same number and the same page numbers; 03-1 is the first attachment
    of the mail that is exhibit 3.
originals/
    The bytes of each exhibit exactly as they were sent or received. Attachments of a mail are inside its .eml file.
    Open them with care: they came from outside and were not changed.
manifest.json
    What is in this archive, for programs: exhibits, pages, sizes, SHA-256 hashes.
SHA256SUMS
    The SHA-256 hash of every other file.

To check that nothing was changed, unpack the archive and run in its folder

    sha256sum -c SHA256SUMS                (Linux)
    shasum -a 256 -c SHA256SUMS            (macOS)

or, on Windows, compare the output of  Get-FileHash FILE  with the line for FILE in SHA256SUMS.
With dsar installed:  dsar verify FILE.zip

The hashes show that the files belong together and were not changed since the archive was made. They do not show who
made it, nor when: for that, send the hash of the whole archive by another way, or have it timestamped.

Made with {program}.
"""


def zip_bytes(files: Mapping[str, bytes], on: date) -> bytes:
    """A ZIP with `files` in their order, all dated `on`; stored, not packed, so that no library's version shows."""
    # The ZIP format counts years from 1980.
    moment = (max(on.year, 1980), on.month, on.day, 0, 0, 0)
    target = BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_STORED) as archive:
        for path, data in files.items():
            info = zipfile.ZipInfo(path, date_time=moment)
            # As if made on Unix, readable by all: the machine that made it leaves no trace.
            info.create_system = 3
            info.external_attr = 0o100644 << 16
            archive.writestr(info, data)
    return target.getvalue()


def write_all(folder: Path, files: Mapping[str, bytes]) -> None:
    """Write `files` into `folder`, each under a temporary name until all are whole; then give them their names.

    Raises:
        OSError: the folder cannot be written. Whatever stands under one of the names then is whole: as it was, or new.
    """
    folder.mkdir(parents=True, exist_ok=True)
    with ExitStack() as cleanup:
        ready: list[tuple[Path, Path]] = []
        for name, data in files.items():
            with NamedTemporaryFile(dir=folder, prefix=".dossier-", suffix=".part", delete=False) as part:
                cleanup.callback(Path(part.name).unlink, missing_ok=True)
                part.write(data)
                part.flush()
                os.fsync(part.fileno())
            ready.append((Path(part.name), folder / name))
        for temporary, final in ready:
            temporary.replace(final)
