"""Timestamps over what the log holds: a witness outside the vault that it stood so on a day."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from dsar.desk.errors import EmptyFileError, MissingFileError, UnreadableFileError
from dsar.desk.evidence import shown
from dsar.desk.office import find
from dsar.desk.people import SETTING
from dsar.errors import NotFoundError, UsageError
from dsar.vault import tsa
from dsar.vault.stamps import Stamp, What

if TYPE_CHECKING:
    from pathlib import Path

    from dsar.desk.office import Desk

AUTHORITY = "timestamp-authority"
_MOST_FILE = 512 * 1024**2
PROVES = (
    "A hash proves that bytes are the same, and says nothing of when. A timestamp proves that they existed at its "
    "instant, as far as its authority is trusted; only a qualified one has a presumption of law (docs/proofs.md)."
)


class NoAuthorityError(UsageError):
    """Nobody said whom to ask."""

    sentence = "Which timestamp authority? Name one with --authority URL; it is remembered. Only a hash is sent to it."


class NothingToStampError(NotFoundError):
    """Nothing was written yet."""

    sentence = "There is nothing to stamp yet: `dsar request` opens a case."


class NoStampError(NotFoundError):
    """No timestamp was made."""

    sentence = "There is no timestamp{of} yet: `dsar timestamp {next}` asks for one."


@dataclass(frozen=True, slots=True, kw_only=True)
class Checked:
    """A timestamp, what it says, and what is wrong with it; `trusted`: it was followed up to a root that was given."""

    stamp: Stamp
    said: tsa.Said
    problems: tuple[str, ...]
    trusted: bool


def stamp_case(desk: Desk, ref: str | None, authority: str) -> Stamp:
    """Have the last hash of a case stamped.

    Raises:
        NoCaseError, SeveralCasesError, WhichCaseError: no such case, or not only one.
        NoAuthorityError, BadAuthorityError, NoReplyError, WrongReplyError, NoStampsError: see `tsa.obtain`.
    """
    return _of_log(desk, "case", find(desk, ref), authority)


def stamp_vault(desk: Desk, authority: str) -> Stamp:
    """Have the last hash of the chain over all cases stamped; as `stamp_case`.

    Raises:
        NothingToStampError: no case was ever opened.
    """
    return _of_log(desk, "vault", "", authority)


def stamp_file(desk: Desk, path: Path, ref: str | None, authority: str) -> Stamp:
    """Have a file stamped, such as a dossier's manifest, and keep the timestamp beside a case if one is named.

    Raises:
        MissingFileError, UnreadableFileError, EmptyFileError: nothing to stamp.
        NoAuthorityError, BadAuthorityError, NoReplyError, WrongReplyError, NoStampsError: see `tsa.obtain`.
    """
    data = read_file(path)
    blank = _blank(desk, "file", find(desk, ref) if ref is not None else "")
    return _kept(desk, replace(blank, name=shown(path.name)), data, authority)


def _of_log(desk: Desk, what: What, ref: str, authority: str) -> Stamp:
    found = desk.vault.stamps.statement(ref)
    if found is None:
        raise NothingToStampError
    n, text = found
    return _kept(desk, replace(_blank(desk, what, ref), n=n, statement=text), text.encode("ascii"), authority)


def _blank(desk: Desk, what: What, ref: str) -> Stamp:
    return Stamp(
        id=0, what=what, ref=ref, n=0, name="", sha256="", statement="", stamped_at="", authority="",
        taken_at=desk.now, reply=b"",
    )  # fmt: skip


def _kept(desk: Desk, stamp: Stamp, data: bytes, authority: str) -> Stamp:
    said = desk.vault.record(SETTING, AUTHORITY)
    url = authority or (str(said["url"]) if said else "")
    if not url:
        raise NoAuthorityError
    reply, told = tsa.obtain(url, data)
    digest = hashlib.sha256(data).hexdigest()
    with desk.vault.transaction():
        desk.vault.put_record(SETTING, AUTHORITY, {"url": url})
        return desk.vault.stamps.add(replace(stamp, sha256=digest, stamped_at=told.at, authority=url, reply=reply))


def read_file(path: Path) -> bytes:
    """A file that is to be stamped, or was."""
    try:
        if path.stat().st_size > _MOST_FILE:
            raise UnreadableFileError(name=shown(path.name), why="it is too large: stamp its manifest instead")
        data = path.read_bytes()
    except FileNotFoundError as error:
        raise MissingFileError(name=shown(path.name)) from error
    except OSError as error:
        raise UnreadableFileError(name=shown(path.name), why=error.strerror or "an input error") from error
    if not data:
        raise EmptyFileError(name=shown(path.name))
    return data


def stamps_of(desk: Desk, ref: str | None) -> tuple[Stamp, ...]:
    """The timestamps of a case, oldest first (None: all of the vault); `reply` is what a dossier takes with it."""
    return desk.vault.stamps.listed(find(desk, ref) if ref is not None else None)


def verify(desk: Desk, ref: str | None, root: Path | None) -> tuple[Checked, ...]:
    """Check the timestamps of a case, or all, without a network: each against what the log holds today.

    Raises:
        NoStampError: none was made.
        NoRootError: no certificate in the file of the root.
    """
    found = stamps_of(desk, ref)
    if not found:
        raise NoStampError(of=f" of case {ref}" if ref else "", next=ref or "--whole")
    return tuple(_checked(desk, stamp, root) for stamp in found)


def _checked(desk: Desk, stamp: Stamp, root: Path | None) -> Checked:
    said, problems = tsa.check(stamp.reply, stamp.sha256, root)
    if stamp.what != "file":
        now = desk.vault.stamps.statement(stamp.ref, stamp.n)
        if now is None or now[1] != stamp.statement:
            problems = (*problems, "the log no longer holds what was stamped")
        if hashlib.sha256(stamp.statement.encode()).hexdigest() != stamp.sha256:
            problems = (*problems, "what was stamped was changed in the vault")
    return Checked(stamp=stamp, said=said, problems=problems, trusted=root is not None and not problems)


def verify_file(path: Path, reply: Path, root: Path | None) -> tuple[tsa.Said, tuple[str, ...]]:
    """Check a timestamp beside a file, with nothing but the two; what it says, and what is wrong."""
    return tsa.check(read_file(reply), hashlib.sha256(read_file(path)).hexdigest(), root)
