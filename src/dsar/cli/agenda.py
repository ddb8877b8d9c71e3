"""The agenda: whose turn it is in which case, what is due, and what else waits."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from dsar.cli import out
from dsar.cli.options import Options
from dsar.cli.session import at_desk

if TYPE_CHECKING:
    from dsar.desk.agenda import Page, Said
    from dsar.desk.office import Desk

WHO = {"us": "you", "controller": "they", "authority": "the authority", "nobody": "nobody"}
PAGE = 50
MOST = 1_000_000_000
"""The last page, and the longest: a page times its length is still a number that the engine can count to."""
_CENTURY = 36_500
_STEPS = 5


def home(options: Options) -> None:
    """`dsar` alone: the agenda and the one thing to do next; before there is a vault, how to begin."""
    if not options.vault_path.exists():
        if options.json:
            out.emit({"vault": None, "next": "dsar init"})
            return
        out.say("dsar: data-protection rights, from the first letter to the dossier for the authority.", "")
        out.say("There is no vault here yet.", "", "  dsar demo   shows a whole case with made-up parties")
        out.say("  dsar init   makes your vault", "", "Next: dsar init")
        return
    with at_desk(options) as desk:
        _show(options, desk, {}, page=1, limit=0)


def agenda(
    ctx: typer.Context,
    owner: Annotated[str, typer.Option(metavar="NAME", help="Of this case worker; `me`, or `none`.")] = "",
    campaign: Annotated[str, typer.Option(metavar="ID", help="Of this campaign.")] = "",
    who: Annotated[str, typer.Option(help="Whose turn it is: us, controller, authority, nobody.")] = "",
    step: Annotated[str, typer.Option(metavar="ID", help="Whose next step is this: send, notice …")] = "",
    controller: Annotated[str, typer.Option(help="Against this one: its id, or a part of its name.")] = "",
    subject: Annotated[str, typer.Option(help="For this person: the id, or a part of the name.")] = "",
    overdue: Annotated[bool, typer.Option("--overdue", help="A last day of theirs has passed unmet.")] = False,
    due_within: Annotated[
        int | None, typer.Option(metavar="DAYS", min=-_CENTURY, max=_CENTURY, help="Due within so many days.")
    ] = None,
    days: Annotated[
        int | None, typer.Option(min=-_CENTURY, max=_CENTURY, help="Yours to do, or due within so many days.")
    ] = None,
    limit: Annotated[int | None, typer.Option(metavar="N", min=1, max=MOST, help="So many on a page (50).")] = None,
    page: Annotated[int | None, typer.Option(metavar="K", min=1, max=MOST, help="The K-th page.")] = None,
    every: Annotated[bool, typer.Option("--all", help="All of them, not in pages.")] = False,
    view: Annotated[str, typer.Option(metavar="NAME", help="Choose as this saved view does.")] = "",
    save: Annotated[str, typer.Option(metavar="NAME", help="Save this choice as a view.")] = "",
    views: Annotated[bool, typer.Option("--views", help="List the saved views.")] = False,
    drop: Annotated[str, typer.Option(metavar="NAME", help="Forget a saved view.")] = "",
    ics: Annotated[Path | None, typer.Option(help="Write the open deadlines to a calendar file.")] = None,
) -> None:
    """All cases: who must act, what is due, what is waiting."""
    options = ctx.ensure_object(Options)
    said: Said = {
        "owner": owner,
        "campaign": campaign,
        "who": who,
        "step": step,
        "controller": controller,
        "subject": subject,
        "overdue": overdue,
        "due_within": due_within,
        "days": days,
    }
    with at_desk(options) as desk:
        if views or drop:
            _views(options, desk, drop)
            return
        again = _again(said, view, limit)
        if view or save:
            said = _saved(desk, said, view, save)
        if ics is not None:
            _calendar(options, desk, said, ics)
            return
        size = -1 if every else limit or (PAGE if page else 0)
        _show(options, desk, said, page=page or 1, limit=size, again=again)


def _again(said: Said, view: str, limit: int | None) -> str:
    """The command that chooses the same, as it was typed."""
    from dsar.desk.agenda import given  # noqa: PLC0415 - loaded with the vault

    more = given({"view": view, **said, "limit": limit})
    return " ".join(["dsar agenda", *typed(more)]) if more else "dsar agenda"


def typed(said: Said) -> list[str]:
    """A choice as its options are typed."""
    from shlex import quote  # noqa: PLC0415 - only where options are named

    flags = ((f"--{key.replace('_', '-')}", value) for key, value in said.items())
    return [flag if value is True else f"{flag} {quote(str(value))}" for flag, value in flags]


def _saved(desk: Desk, said: Said, view: str, save: str) -> Said:
    """What a view chooses, with what was said beside it; and saved, if that was asked for."""
    from dsar.desk import saved  # noqa: PLC0415 - only with a view
    from dsar.desk.agenda import given  # noqa: PLC0415 - loaded with the vault

    if view:
        said = {**saved.load(desk, view), **given(said)}
    if save:
        saved.save(desk, save, said)
        out.tell(f"Saved: dsar agenda --view {save}")
    return said


def _views(options: Options, desk: Desk, drop: str) -> None:
    from dsar.desk import saved  # noqa: PLC0415 - only with a view

    if drop:
        saved.drop(desk, drop)
    found = saved.views(desk)
    if options.json:
        out.emit([{"name": name, "chooses": said} for name, said in found.items()])
        return
    if drop:
        out.say(f"Forgotten: {drop}.")
    for name, said in found.items():
        out.say(f"{name}: {out.line(' '.join(typed(said)))}")
    if not found:
        out.say("No view is saved.", "", "Next: dsar agenda --overdue --save late")


def _calendar(options: Options, desk: Desk, said: Said, path: Path) -> None:
    from dsar.cli.files import write_file  # noqa: PLC0415 - only where a calendar is asked for
    from dsar.desk.agenda import chosen  # noqa: PLC0415 - loaded with the vault
    from dsar.desk.ics import calendar  # noqa: PLC0415 - only where a calendar is asked for
    from dsar.desk.lists import agenda as rows_of  # noqa: PLC0415 - as above

    rows = rows_of(desk, chosen(desk, said))
    write_file(path, calendar(desk, rows))
    if options.json:
        out.emit({"ics": str(path), "cases": len(rows)})
        return
    out.say(f"Written: {path}", "", "Next: dsar agenda")


def _show(  # the list of `dsar` and of `dsar agenda`
    options: Options, desk: Desk, said: Said, *, page: int, limit: int, again: str = "dsar agenda"
) -> None:
    from dsar.desk import agenda as on  # noqa: PLC0415 - loaded with the vault

    if options.json:
        from dsar.desk import lists  # noqa: PLC0415 - as above

        choice, offset = on.chosen(desk, said), (page - 1) * limit
        rows = lists.page(desk, choice, offset=offset, limit=limit) if limit > 0 else lists.every(desk, choice)
        out.emit_each(rows)
        return
    size = limit or PAGE
    found = on.leaf(desk, said, offset=(page - 1) * size if size > 0 else 0, limit=size)
    waiting = on.beside(desk)
    if not found.total:
        _nothing(desk, said)
    else:
        heads = ("case", "for", "against", "turn", "due", "next")
        out.table(heads, [_row(row, desk.today.isoformat()) for row in found.rows])
        _numbers(found, page, size, again)
    lines = _beside(waiting)
    if lines:
        out.say("", *lines)
    first = next((row for row in found.rows if row["who"] == "us"), None)
    if first is not None:
        out.next_step(first["next"])
    elif waiting["inbox"]:
        out.say("", "Next: dsar inbox")


def _nothing(desk: Desk, said: Said) -> None:
    from dsar.desk.agenda import given  # noqa: PLC0415 - loaded with the vault

    if given(said) and desk.vault.cases_named("", 1):
        from dsar.desk.agenda import unknown  # noqa: PLC0415 - as above

        out.say("No case is so.", *unknown(desk, said), "", "Next: dsar agenda")
    else:
        out.say("No cases yet.", "", 'Next: dsar request "NAME OF A COMPANY" --right access')


def _numbers(found: Page, page: int, size: int, again: str) -> None:
    """How many there are: of whom, and of which step."""
    if size > 0 and (found.total > size or page > 1):
        first, last = (page - 1) * size + 1, (page - 1) * size + len(found.rows)
        more = f": {again} --page {page + 1}, or --all" if last < found.total else ""
        out.say("", f"Cases {first:,} to {last:,} of {found.total:,}{more}." if found.rows else "No more cases.")
    if found.total == 1:
        return
    lines = []
    for who, name in WHO.items():
        steps = found.of(who)
        if steps:
            told = [f"{step.replace('-', ' ')} {count:,}" for step, count in steps.items() if step][:_STEPS]
            more = ", …" if len(steps) > _STEPS else ""
            lines.append(f"{name} {sum(steps.values()):,}" + (f" ({', '.join(told)}{more})" if told else ""))
    if found.overdue:
        lines.append(f"overdue {found.overdue:,}")
    out.say("", f"Whose turn: {'; '.join(lines)}.")


def _beside(waiting: dict[str, int]) -> list[str]:
    """What waits and is in no case."""
    found = []
    if waiting["inbox"]:
        found.append(f"In the inbox, for you to say where it belongs: {waiting['inbox']:,}.")
    ending, unsigned = waiting["mandates_ending"], waiting["mandates_unsigned"]
    if ending or unsigned:
        told = [f"{ending:,} within 60 days of their end (--state expiring)"] if ending else []
        told += [f"{unsigned:,} sent three weeks ago and not back yet (--state sent)"] if unsigned else []
        found.append(f"Mandates: {'; '.join(told)}: dsar mandate list.")
    people, cases = waiting["people_to_forget"], waiting["cases_to_forget"]
    if people:
        found.append(f"People whose data need not be kept any longer: {people:,} (dsar subject retention).")
    if cases:
        found.append(f"Closed cases kept longer than you wanted: {cases:,} (dsar vault status).")
    return found


def _row(row: dict[str, Any], today: str) -> tuple[str, ...]:
    step = row["next"][0] if row["next"] else None
    return (
        row["ref"],
        _short(row["subject"]),
        _short(row["controller"]),
        WHO[row["who"]],
        row["due"] or _passed(row, today),
        step["id"].replace("-", " ") if step else row["outcome"],
    )


def _passed(row: dict[str, Any], today: str) -> str:
    """The last day of theirs, or of an authority, that passed by the safe reading and was not met; the latest one."""
    if row["outcome"] != "open":
        return ""
    theirs = [one["safe"] for one in row["deadlines"] if one["for"] != "us" and one["safe"] and not one["met"]]
    return f"was {max(passed)}" if (passed := [day for day in theirs if day < today]) else ""


def _short(text: str, width: int = 24) -> str:
    return text if len(text) <= width else text[: width - 1] + "…"
