"""Whether the files of a ZIP may be unpacked: each a file, under a name that stays within the folder and is no other's.

What unpacks an archive may follow a link or a path out of its folder, and on some disks names that differ in case
only are one file: then what is read there is not what was checked here.
"""

from __future__ import annotations

import re
import stat
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import zipfile
    from collections.abc import Iterator, Sequence

# As the binder names them: folders and names in ASCII, none of which begins or ends with a dot.
_PLAIN = re.compile(r"(?:[A-Za-z0-9_-][A-Za-z0-9_.-]*/)*[A-Za-z0-9_-](?:[A-Za-z0-9_.-]*[A-Za-z0-9_-])?")


def misnamed(infos: Sequence[zipfile.ZipInfo]) -> Iterator[str]:
    """What is no plain file, or is called as no file of a dossier is, in sentences."""
    seen: dict[str, str] = {}
    for info in infos:
        name = info.orig_filename
        if stat.S_IFMT(info.external_attr >> 16) not in {0, stat.S_IFREG} or info.is_dir():
            yield f"{name}: is a link or a folder, and not a file"
        if not _PLAIN.fullmatch(name):
            yield f"{name}: no file of a dossier has such a name, and it may lead out of the folder"
        other = seen.setdefault(name.casefold(), name)
        if other != name:
            yield f"{name}: differs only in case from {other}, and on some disks takes its place"
