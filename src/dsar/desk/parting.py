"""What is to be known before a person's data is handed out or erased: what it says of others, what stays elsewhere."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from dsar.core.events import Assigned, Confirmed, Judged, Noted
from dsar.core.replying import issued
from dsar.desk.allowing import ended, mandate
from dsar.desk.office import read

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date

    from dsar.desk.office import Desk, File
    from dsar.vault.search import Hit

OUTSIDE = (
    "What was written outside the vault (letters, dossiers, exports) and what was sent still holds {whom}: dsar keeps "
    "no list of those files, so look for them where you wrote them."
)
_LISTED = 20
_ENDS = frozenset({"decision", "closure"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Lodged:
    """A complaint that an authority has: in which case, with whom, since when; `pending` if nothing shows its end.

    `withdraw` is the command by which it can be withdrawn under this case, empty if the case allows no letter.
    """

    ref: str
    authority: str
    on: date
    pending: bool
    withdraw: str = ""

    @property
    def before(self) -> str:
        """What to weigh before the case is erased."""
        kept = f"In case {self.ref} a complaint was lodged with {self.authority} on {self.on}, which keeps its copy"
        if not self.pending:
            return f"{kept}."
        how = f": if it is to end, withdraw it first with `{self.withdraw}`" if self.withdraw else ""
        return f"{kept}. To erase the case does not withdraw the complaint{how}."

    @property
    def after(self) -> str:
        """What stays when the case is erased."""
        return f"{self.authority} keeps the complaint of {self.on} and what was lodged with it."


def lodged(desk: Desk, refs: Sequence[str]) -> tuple[Lodged, ...]:
    """The last complaint of each of these cases, where one was lodged."""
    return tuple(found for ref in refs for found in _lodged(desk, read(desk, ref)))


def _lodged(desk: Desk, file: File) -> Iterator[Lodged]:
    case = file.case
    if not case.escalations:
        return
    _, fact = case.escalations[-1]
    known = file.law.authorities.get(fact.authority)
    over = any(act.act in _ENDS and act.on >= fact.on for _, act in case.authority_acts)
    pending = not over and not issued(case, "complaint-withdrawal", fact.on)
    held = mandate(desk, case)
    open_ = case.closed is None and not (held is not None and ended(held, desk.today))
    yield Lodged(
        ref=case.ref,
        authority=known.name if known is not None else fact.authority,
        on=fact.on,
        pending=pending,
        withdraw=f"dsar letter complaint-withdrawal {case.ref}" if pending and open_ else "",
    )


def handing_out(desk: Desk, refs: Sequence[str]) -> tuple[str, ...]:
    """What an export of these cases holds that may not be for the person: our own notes, messages of many.

    Art. 15(4) GDPR: the copy must not adversely affect the rights and freedoms of others.
    """
    said = []
    ours = sum(
        isinstance(entry.event, Noted | Assigned | Confirmed | Judged) for ref in refs for entry in desk.vault.log(ref)
    )
    if ours:
        said.append(
            f"It holds {ours} note(s), hand-over(s) and judgment(s) of your own: read them before you hand it out."
        )
    shared = desk.vault.mail.shared(refs)
    if shared:
        said.append(
            f"It holds {len(shared)} message(s) that stand in cases of others too, and may name them: the copy must "
            f"not affect their rights (Article 15(4) GDPR). Their numbers in the register: {_some(shared)}."
        )
    if refs and not shared:
        said.append("Whether what came in names other people was not looked at: read it first (Article 15(4) GDPR).")
    return tuple(said)


def _some(numbers: Sequence[int]) -> str:
    more = f" and {len(numbers) - _LISTED} more" if len(numbers) > _LISTED else ""
    return ", ".join(map(str, numbers[:_LISTED])) + more


def elsewhere(hits: Sequence[Hit]) -> tuple[str, ...]:
    """Where a name still stands, and what can be done about it: one sentence for cases, one for the inbox."""
    cases = [f"entry {hit.n} of case {hit.ref}" for hit in hits if hit.ref]
    waiting = [f"message {hit.n}" for hit in hits if not hit.ref]
    said = []
    if cases:
        said.append(
            f"Their name still stands in {', '.join(cases)}. No entry of a log is taken out alone: look at each with "
            "`dsar show REF`; what no other person's case needs goes with `dsar erase REF`, and to "
            "keep the rest you need a ground (Article 17(3) GDPR)."
        )
    if waiting:
        said.append(
            f"Their name still stands in the inbox, in {', '.join(waiting)}: look at each with `dsar inbox show N`. It "
            "stays there until it goes with the case or the person whose it is."
        )
    return tuple(said)
