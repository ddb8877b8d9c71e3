"""Drafts that are kept in the vault: their text, what was wished for them, and the case that they were made from."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from dsar.desk.errors import NothingToDoError
from dsar.desk.office import DRAFT, Desk, drafts_of, find
from dsar.errors import StateError

if TYPE_CHECKING:
    from collections.abc import Mapping

_PARTS = 3


class OtherDraftError(StateError):
    """The options ask for another letter than the one that was edited."""

    sentence = (
        "The edited draft of “{kind}” was made for {option} {kept}, not {wished}: leave the option away, or fill the "
        "draft again with --anew."
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """A draft in the vault. `length` is how long the log was when it was made or last read.

    `problem` says why an edited text cannot be issued as it is; empty if it can. `claims` and `demands` are those of
    the filling that the text was made from.
    """

    kind: str
    lang: str
    text: str
    edited: bool
    length: int
    made_on: str
    problem: str = ""
    term_days: int | None = None
    authority: str = ""
    to: int | None = None
    leave_out: tuple[str, ...] = ()
    claims: tuple[str, ...] = ()
    demands: tuple[str, ...] = ()


def kept(desk: Desk, ref: str, kind: str, *, lang: str, own: str) -> Kept | None:
    """The draft of that kind: in `lang` if that is said; else the edited one, in the case's own language first."""
    found = [_read(body) for key, body in drafts_of(desk, ref).items() if _is(key, kind, lang)]
    return min(found, key=lambda one: (not one.edited, one.lang != own, one.lang), default=None)


def put(desk: Desk, ref: str, draft: Kept) -> None:
    """Keep a draft, in place of the one of its kind and language."""
    body = {
        "kind": draft.kind,
        "lang": draft.lang,
        "text": draft.text,
        "edited": draft.edited,
        "length": draft.length,
        "made_on": draft.made_on,
        "problem": draft.problem,
        "term_days": draft.term_days,
        "authority": draft.authority,
        "to": draft.to,
        "leave_out": list(draft.leave_out),
        "claims": list(draft.claims),
        "demands": list(draft.demands),
    }
    with desk.vault.transaction():
        desk.vault.put_record(DRAFT, f"{ref}/{draft.kind}/{draft.lang}", body)
        _project(desk, ref)


def discard(desk: Desk, ref: str | None, kind: str, lang: str) -> tuple[str, int]:
    """Drop the drafts of a kind (all of them, or those in `lang`); the case, and how many there were.

    Raises:
        NothingToDoError: none is kept.
    """
    name = find(desk, ref)
    keys = [key for key in drafts_of(desk, name) if _is(key, kind, lang)]
    if not keys:
        raise NothingToDoError(ref=name, what=f"kept draft of “{kind}”", mend=f"`dsar show {name}` lists the case")
    with desk.vault.transaction():
        for key in keys:
            desk.vault.drop_record(DRAFT, key)
        _project(desk, name)
    return name, len(keys)


def settle(desk: Desk, ref: str, kind: str, lang: str) -> None:
    """Drop what an issued letter was made from, and the unedited drafts of its kind in other languages."""
    for key, body in drafts_of(desk, ref).items():
        if _is(key, kind, lang) or (_is(key, kind, "") and not body.get("edited")):
            desk.vault.drop_record(DRAFT, key)


def refuse_other(draft: Kept, *, term_days: int | None, authority: str, to: int | None) -> None:
    """Refuse options that an edited text would contradict.

    Raises:
        OtherDraftError: the text was made for another term, another authority or another message.
    """
    if not draft.edited:
        return
    pairs = (
        ("--days", draft.term_days, term_days),
        ("--authority", draft.authority, authority),
        ("--to", draft.to, to),
    )
    for option, before, wished in pairs:
        if before and wished and before != wished:
            raise OtherDraftError(kind=draft.kind, option=option, kept=before, wished=wished)


def _is(key: str, kind: str, lang: str) -> bool:
    parts = key.split("/")
    return len(parts) == _PARTS and parts[1] == kind and lang in {"", parts[2]}


def _read(body: Mapping[str, object]) -> Kept:
    """A record as it was stored; one of an earlier version lacks what was wished."""
    term, claims, demands = body.get("term_days"), body.get("claims"), body.get("demands")
    to, leave_out = body.get("to"), body.get("leave_out")
    return Kept(
        kind=str(body["kind"]),
        lang=str(body["lang"]),
        text=str(body["text"]),
        edited=bool(body.get("edited")),
        length=int(str(body.get("length", 0))),
        made_on=str(body.get("made_on", "")),
        problem=str(body.get("problem", "")),
        term_days=term if isinstance(term, int) else None,
        authority=str(body.get("authority", "")),
        to=to if isinstance(to, int) else None,
        leave_out=tuple(str(one) for one in leave_out) if isinstance(leave_out, list) else (),
        claims=tuple(str(one) for one in claims) if isinstance(claims, list) else (),
        demands=tuple(str(one) for one in demands) if isinstance(demands, list) else (),
    )


def _project(desk: Desk, ref: str) -> None:
    from dsar.desk.projecting import project  # noqa: PLC0415 - avoids a cycle of imports

    # the log as it is now: somebody may have written while the editor was open
    project(desk, ref, desk.vault.log(ref))
