"""Mandates of many people at once: drafted, each with its file to sign; and the signed ones filed from a folder."""

from __future__ import annotations

import io
import re
from collections import Counter
from dataclasses import dataclass, field
from hashlib import sha256
from typing import TYPE_CHECKING

from dsar.core.mandate_states import LIVING, covers, state
from dsar.core.powers import usual
from dsar.desk import mandates
from dsar.desk.errors import MissingFileError, UnreadableFileError
from dsar.desk.evidence import shown, sniffed
from dsar.desk.mandate_register import MANDATE, of_subject, store
from dsar.desk.mandates import planned, text
from dsar.desk.recording import not_in_future
from dsar.errors import DsarError, InputError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from datetime import date
    from pathlib import Path

    from dsar.core.letter import Letter
    from dsar.core.parties import Controller, Mandate, Person
    from dsar.desk.mandates import Scope
    from dsar.desk.office import Desk

_ID = re.compile(r"(?<![0-9A-Z])M-[0-9A-Z]{5}(?![0-9A-Z])")
_SCANS = frozenset({"image/png", "image/jpeg", "image/tiff"})
_NAMED = 60
"""Characters of a person's id in the name of a file."""
_TOGETHER = 50
LARGEST = 100 * 1024 * 1024
"""Bytes of a signed mandate that is filed with others: it is read whole, to see that it can be."""


class NoIdInNameError(InputError):
    """Whose mandate a file is, is not said."""

    sentence = "“{name}” has no id of a mandate in its name, like M-7K2PQ: rename it, or file it by its id."


class SeveralIdsError(InputError):
    """A file cannot be two mandates."""

    sentence = "“{name}” names {ids}: a file is one mandate."


@dataclass(frozen=True, slots=True, kw_only=True)
class Drafted:
    """One person's mandate: `new`, or one that they had."""

    subject: str
    mandate: Mandate
    new: bool


@dataclass(slots=True)
class Filed:
    """What became of the files of a folder: `filed` and `known` are (file, mandate), `refused` (file, reason).

    `warnings` are sentences, each with the mandates that it is about.
    """

    filed: list[tuple[str, str]] = field(default_factory=list)
    known: list[tuple[str, str]] = field(default_factory=list)
    refused: list[tuple[str, str]] = field(default_factory=list)
    warnings: dict[str, list[str]] = field(default_factory=dict)


def file_name(mandate: Mandate) -> str:
    """The name of the file to sign: plain ASCII, with the id by which the signed one is known again."""
    plain = re.sub(r"[^a-z0-9-]", "", mandate.subject.casefold())[:_NAMED]
    return f"{mandate.id}-{plain}.pdf" if plain else f"{mandate.id}.pdf"


def draft_many(
    desk: Desk,
    subjects: Sequence[Person],
    controllers: Sequence[Controller],
    scope: Scope,
    *,
    lang: str,
    has: Callable[[str], bool],
    write: Callable[[str, Letter], None],
) -> Iterator[Drafted]:
    """A mandate for each of these people, against all of these controllers; whoever has one that lives gets none again.

    Each is registered first and its file written then (`write`); a run that was interrupted in between writes the file
    that is missing (`has` says which are there), the same as it would have been.

    Raises:
        What `mandates.draft` refuses for all of them, before anything is written.
    """
    first, *others = controllers
    also = [one.name for one in others]
    for person in subjects:
        with desk.vault.transaction():
            held = living(desk, person, controllers, scope)
            mandate = held or planned(desk, person, first, scope, also=also)
            letter = text(desk, mandate, person, first, lang or person.language) if _open(desk, mandate, held) else None
            if held is None:
                store(desk, mandate)
        name = file_name(mandate)
        if letter is not None and (held is None or not has(name)):
            write(name, letter)
        yield Drafted(subject=person.id, mandate=mandate, new=held is None)


def _open(desk: Desk, mandate: Mandate, held: Mandate | None) -> bool:
    """Whether there is still something to sign."""
    return held is None or state(mandate, desk.today) == "drafted"


def living(desk: Desk, person: Person, controllers: Sequence[Controller], scope: Scope) -> Mandate | None:
    """A mandate of that person that covers all this, and holds or may come to hold; the first by its id."""
    names = [one.name for one in controllers]
    for one in of_subject(desk, person.id):
        powers = scope.powers or usual(scope.kind, commercial=one.agent.commercial)
        data = ("receive-data",) if scope.may_receive_data else ()
        same = one.kind == scope.kind and covers(one, controllers=names, rights=scope.rights, powers=(*powers, *data))
        same = same and scope.processing in {"", one.processing}
        if same and state(one, desk.today) in LIVING and _lasts(one, scope, desk.today):
            return one
    return None


def _lasts(held: Mandate, scope: Scope, today: date) -> bool:
    """Whether it need not be renewed: it lasts as long as was said, or, where nothing was, does not end soon."""
    if held.until is None:
        return True
    return held.until >= scope.until if scope.until is not None else state(held, today) != "expiring"


def file_signed(desk: Desk, folder: Path, on: date, progress: Callable[[int], None] = lambda _files: None) -> Filed:
    """File the signed mandates of a folder, each under the id in its name; what cannot be filed surely is refused.

    Run twice, nothing is doubled. Files of other folders below it are not looked at.

    Raises:
        MissingFileError, UnreadableFileError: no folder, or one that cannot be read.
        FutureDateError: the day has not come yet.
    """
    not_in_future(on, desk.today)
    done = Filed()
    paths = _files(folder)
    sums = {path: _sum(path) for path in paths}
    twice = {one for one, count in Counter(sums.values()).items() if one and count > 1}
    owners = _owners(desk)
    for start in range(0, len(paths), _TOGETHER):
        with desk.vault.transaction():
            for path in paths[start : start + _TOGETHER]:
                _file(desk, path, on, done, _Bytes(sums[path], sums[path] in twice, owners))
        progress(min(start + _TOGETHER, len(paths)))
    return done


@dataclass(frozen=True, slots=True)
class _Bytes:
    """What is known of a file's bytes: their hash, whether another file has them, whose they are in the register."""

    sha256: str
    twice: bool
    owners: dict[str, str]


def _file(desk: Desk, path: Path, on: date, done: Filed, known: _Bytes) -> None:
    name = shown(path.name)
    try:
        mandate = _mandate(desk, path.name)
        held = mandate.document
        if held is not None and held.sha256 == known.sha256:
            done.known.append((name, mandate.id))
            return
        if why := _why_not(desk, mandate, known) or _unreadable(path):
            done.refused.append((name, why))
            return
        _, warnings = mandates.signed(desk, mandate.id, path, on)
    except DsarError as error:
        done.refused.append((name, str(error)))
        return
    known.owners[known.sha256] = mandate.id
    done.filed.append((name, mandate.id))
    for one in warnings:
        done.warnings.setdefault(one, []).append(mandate.id)


def _mandate(desk: Desk, name: str) -> Mandate:
    """The mandate that a file's name means.

    Raises:
        NoIdInNameError, SeveralIdsError: it names none, or several.
        NoSuchMandateError: none is registered under that id.
    """
    found = sorted(set(_ID.findall(name.upper())))
    if not found:
        raise NoIdInNameError(name=shown(name))
    if len(found) > 1:
        raise SeveralIdsError(name=shown(name), ids=" and ".join(found))
    return mandates.get(desk, found[0])


def _why_not(desk: Desk, mandate: Mandate, known: _Bytes) -> str:
    if known.twice:
        return "another file of the folder has the same bytes: each person signs their own"
    owner = known.owners.get(known.sha256, "")
    if owner and owner != mandate.id:
        return f"the same bytes are filed as {owner} already: each person signs their own"
    if mandate.document is not None:
        return f"another document is filed: to replace it, `dsar mandate signed {mandate.id} FILE --on DATE`"
    where = state(mandate, desk.today)
    return "" if where in LIVING else f"the mandate is {where}"


def _unreadable(path: Path) -> str:
    """Why nobody could read a signature in it; empty for a PDF with pages, or a picture."""
    import pikepdf  # noqa: PLC0415 - heavy, loaded on use

    try:
        if path.is_symlink():
            return "it is a link to a file of another place"
        if path.stat().st_size > LARGEST:
            return f"it has more than {LARGEST // 1024**2} MB, as no scan of a mandate has"
        data = path.read_bytes()
        if not data:
            return "the file is empty"
        media = sniffed(data[:4096], path.name)
        if media in _SCANS:
            return ""
        if media != "application/pdf":
            return "it is neither a PDF nor a picture"
        with pikepdf.open(io.BytesIO(data)) as pdf:
            return "" if len(pdf.pages) else "the PDF has no pages"
    except pikepdf.PasswordError:
        return "the PDF is encrypted"
    except (pikepdf.PdfError, ValueError):
        return "the PDF cannot be read"
    except OSError as error:
        return f"the file cannot be read ({error.strerror or 'an input error'})"


def _owners(desk: Desk) -> dict[str, str]:
    """Which mandate each filed document belongs to."""
    bodies = desk.vault.records(MANDATE).items()
    return {document["sha256"]: name for name, body in bodies if isinstance(document := body["document"], dict)}


def _files(folder: Path) -> list[Path]:
    if not folder.is_dir():
        raise MissingFileError(name=shown(str(folder)))
    try:
        return sorted(path for path in folder.iterdir() if path.is_file() and not path.name.startswith("."))
    except OSError as error:
        raise UnreadableFileError(name=shown(str(folder)), why=error.strerror or "an input error") from error


def _sum(path: Path) -> str:
    """The hash of a file; empty for one that has no bytes, or cannot be read."""
    try:
        with path.open("rb") as stream:
            hasher = sha256()
            while chunk := stream.read(1024 * 1024):
                hasher.update(chunk)
            return hasher.hexdigest() if stream.tell() else ""
    except OSError:
        return ""
