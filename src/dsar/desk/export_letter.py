"""What leaves with a letter: the picture of a signature, the envelope, and what is attached to its mail."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from dsar.core.exhibits import pieces
from dsar.desk import wording
from dsar.desk.errors import NoEntryError
from dsar.desk.evidence import sniff
from dsar.desk.outside import bounded
from dsar.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dsar.desk.office import Desk, File
    from dsar.paper.formats import Dress

Attached = tuple[str, str, bytes]

# What mail servers commonly take, base64 (a third more) included: RFC 5321 sets no limit, and many stop at 25 MB.
_MOST = 18_000_000
# A scan of a signature is far smaller.
_SIGNATURE = 20_000_000


class TooHeavyError(InputError):
    """A mail that no server would take."""

    sentence = "What is attached has {size} MB, and mail servers take about {most}: attach less, or send it by post."


def dress(signature: Path | None, window: str) -> Dress:
    """How a letter is to look on paper; both are checked at once, so that nothing is issued that cannot be printed.

    Raises:
        MissingFileError, UnreadableFileError, BigFileError: the picture cannot be read.
        ImageError: it is no picture.
        NoWindowError: there is no such envelope.
    """
    from dsar.paper.formats import Dress  # noqa: PLC0415 - loads the paper
    from dsar.paper.images import signature_png  # noqa: PLC0415 - as above
    from dsar.paper.windows import window as find_window  # noqa: PLC0415 - as above

    find_window(window)
    if signature is None:
        return Dress(window=window)
    data = bounded(signature, _SIGNATURE, what="a picture of a signature")
    return Dress(signature=signature_png(data), window=window)


def attached(desk: Desk, file: File, lang: str, wanted: Sequence[str]) -> tuple[Attached, ...]:
    """What somebody chose to attach: exhibits by their number, under that number and no other name; files.

    Raises:
        NoEntryError: no exhibit has that number.
        MissingFileError, EmptyFileError, UnreadableFileError, BigFileError: a file cannot be read.
        TooHeavyError: no mail server would take all that.
    """
    words = wording.speaker(desk, lang)
    numbered = {piece.number: piece.evidence for piece in pieces(file.entries, file.case)}
    found: list[Attached] = []
    for one in wanted:
        if not one.isdecimal():
            found.append(_file(Path(one)))
            continue
        evidence = numbered.get(int(one))
        if evidence is None:
            raise NoEntryError(ref=file.case.ref, what="exhibit", n=one)
        name = words.say("labels", "layout.exhibit", n=one)
        found.append((f"{name}.x", evidence.media, desk.vault.evidence_bytes(evidence.sha256)))
    size = sum(len(data) for _, _, data in found)
    if size > _MOST:
        raise TooHeavyError(size=size // 1_000_000 + 1, most=_MOST // 1_000_000)
    return tuple(found)


def _file(path: Path) -> Attached:
    data = bounded(path, _MOST, what="an attachment of a mail")
    return path.name, sniff(data, path.name), data
