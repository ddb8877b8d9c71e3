"""`dsar review --campaign C --message N`: one answer that many cases hold, looked at once; and what may be named."""

from __future__ import annotations

from typing import TYPE_CHECKING, get_args

from dsar.cli import ask, out
from dsar.cli.many import telling
from dsar.cli.session import at_desk
from dsar.core.events import Status

if TYPE_CHECKING:
    from collections.abc import Callable

    from dsar.cli.options import Options
    from dsar.desk.office import Desk
    from dsar.desk.reviewing_many import Alike, Finds

_NAMED = 5


def review_message(
    options: Options,
    n: int,
    campaign: str,
    said: Finds | None,
    look: Callable[[Desk, str, int], Finds | None],
    *,
    again: bool,
) -> None:
    """Write one reading of an answer into the review of every case that holds it, once the user has agreed.

    `look` walks through the answer in one of the cases, where nothing was said; None: the user left to go on later.
    """
    from dsar.desk import reviewing_many  # noqa: PLC0415 - loaded with the vault

    id = campaign.strip().upper()  # noqa: A001 - its own name
    with at_desk(options) as desk:
        found = reviewing_many.alike(desk, n, id)
        wanted = (*found.fresh, *found.reviewed) if again else found.fresh
        if said is None and wanted:
            said = look(desk, wanted[0], reviewing_many.entry(desk, n, wanted[0]))
            if said is None:
                return
        refs, left = reviewing_many.fitting(desk, wanted, said) if said is not None and wanted else ((), {})
        before = found.reviewed if not again else ()
        done = 0
        if said is not None and refs:
            what = f"Message {n}: {told(said)}. Record this in {out.many(len(refs), 'case')} that hold it?"
            ask.confirm(
                options, f"{what}{_beside(found, before)} What concerns one person only is reviewed in that case."
            )
            done = reviewing_many.review_all(desk, n, refs, said, again=again, told=telling(options)).done
    if options.json:
        out.emit(
            {
                "message": n,
                "campaign": id,
                "reviewed": done,
                "before": len(before),
                "no_answer": len(found.others),
                "left_out": [{"ref": ref, "why": f"not asked: {item}"} for ref, item in left.items()],
            }
        )
        return
    out.say(f"Message {n} was reviewed in {out.many(done, 'case')}.{_beside(found, before)}")
    shown = list(left.items())[:_NAMED]
    out.tell(*(f"Left out: case {ref}, which did not ask for “{item}”." for ref, item in shown))
    if len(left) > len(shown):
        out.tell(f"Left out so: {len(left) - len(shown)} more.")
    out.say("", f"Next: dsar campaign incomplete {id} --dry-run")


def told(said: Finds) -> str:
    """What was found, counted: “3 given, 1 missing, the rest na, 1 fault”."""
    statuses = list(said.found.values())
    parts = [f"{statuses.count(one)} {one}" for one in get_args(Status) if one in statuses]
    parts += [f"{'the rest' if parts else 'every item'} {said.rest}"] if said.rest is not None else []
    parts += [out.many(len(said.faults), "fault")] if said.faults else []
    parts += [f"{len(said.cleared)} taken back"] if said.cleared else []
    return ", ".join(parts) or "notes only"


def _beside(found: Alike, before: tuple[str, ...]) -> str:
    reviewed = f" Reviewed before, which stays (--again changes it): {len(before):,}." if before else ""
    others = f" Not said to be an answer: {len(found.others):,}." if found.others else ""
    return reviewed + others


def list_items(options: Options, ref: str | None) -> None:
    """What `--set`, `--note` and `--fault` may name in a case; nothing is recorded."""
    from dsar.desk.answering import items  # noqa: PLC0415 - loaded with the vault

    with at_desk(options) as desk:
        case, asked, faults = items(desk, ref)
    if options.json:
        out.emit(
            {
                "ref": case,
                "items": [{"id": name, "title": title, "status": status} for name, title, status in asked],
                "statuses": list(get_args(Status)),
                "faults": [{"id": name, "title": title} for name, title in faults],
            }
        )
        return
    out.table(("item", "what was asked", "so far"), [(name, title, status or "") for name, title, status in asked])
    out.say("", f"Each is one of: {', '.join(get_args(Status))}.", "")
    out.table(("fault", "what it is"), faults)
    first = next((name for name, _, status in asked if status is None), asked[0][0] if asked else "ITEM")
    out.say("", f"Next: dsar review {case} --set {first}=given --rest missing")
