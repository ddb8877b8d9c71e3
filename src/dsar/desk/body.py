"""What proves that a body may complain for others: its statutes, its entry in the register, its report of activity.

Art. 80(1) GDPR: not for profit, properly constituted, with objectives in the public interest, active in the field. Each
is filed once for the vault, and every complaint of many encloses them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from dsar.core.collective import BodyProof
from dsar.desk.collective_errors import UnknownProofError
from dsar.desk.evidence import take
from dsar.vault.wire import from_plain, to_plain

if TYPE_CHECKING:
    from pathlib import Path

    from dsar.desk.office import Desk

BODY: Final = "body-proof"
PROOFS: Final = ("statutes", "register", "report")


def file_proof(desk: Desk, path: Path, kind: str) -> tuple[BodyProof, tuple[str, ...]]:
    """Keep a document in the vault; with warnings about the file.

    Raises:
        UnknownProofError: no such kind.
        MissingFileError, UnreadableFileError, EmptyFileError, NotAMailError: see `take`.
    """
    if kind not in PROOFS:
        raise UnknownProofError(name=kind, known=", ".join(PROOFS))
    with desk.vault.transaction():
        taken = take(desk, path)
        made = BodyProof(kind=kind, on=desk.today, document=taken.evidence)
        desk.vault.put_record(BODY, kind, to_plain(made))
    return made, taken.warnings


def proofs(desk: Desk) -> tuple[BodyProof, ...]:
    """Those that are filed, in the order of `PROOFS`."""
    found = {name: from_plain(body, BodyProof) for name, body in desk.vault.records(BODY).items()}
    return tuple(found[kind] for kind in PROOFS if kind in found)


def lacking(desk: Desk) -> tuple[str, ...]:
    """The kinds of which nothing is filed."""
    held = {one.kind for one in proofs(desk)}
    return tuple(kind for kind in PROOFS if kind not in held)
