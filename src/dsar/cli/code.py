"""`dsar code`: judgments about a case, typed by a coder after a scheme. What the log says is shown, and never typed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

import typer
from typer.core import TyperGroup

from dsar.cli import code_two, out
from dsar.cli.options import VALUED, Options
from dsar.cli.params import Ref
from dsar.cli.session import at_desk

if TYPE_CHECKING:
    from collections.abc import Iterable

    from dsar.core.coding import Coding
    from dsar.desk.coding import Saved, Sheet
    from dsar.desk.office import Desk

_CASE = "case"


class CodeGroup(TyperGroup):
    """A group whose first command may be left out: `dsar code REF` is `dsar code case REF`."""

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:  # noqa: ANN401 - typer's own click
        """Put the command in where the first word is none."""
        words = iter(args)
        first = next((word for word in words if not _shared(word, words)), "")
        if first not in self.commands and first not in {"--help", "-h"}:
            args = [_CASE, *args]
        return super().parse_args(ctx, args)


def _shared(word: str, rest: Iterable[str]) -> bool:
    """Whether a word is an option that works everywhere; its value is taken off the rest."""
    if word in VALUED:
        next(iter(rest), "")
    return word in VALUED or word in {"--json", "--yes"} or word.partition("=")[0] in VALUED


code = typer.Typer(
    cls=CodeGroup,
    no_args_is_help=False,
    add_completion=False,
    rich_markup_mode=None,
    help="Judge a case by the coding scheme: dsar code REF, or dsar code --next --campaign C for one after the other.",
)

Campaign = Annotated[str, typer.Option(help="Only the cases of this campaign.")]
Coder = Annotated[str, typer.Option(help="Who codes (default: DSAR_USER).")]


@code.command(_CASE)
def case(
    ctx: typer.Context,
    ref: Ref = None,
    campaign: Campaign = "",
    next_: Annotated[bool, typer.Option("--next", help="The next case that this coder has not coded.")] = False,
    second: Annotated[bool, typer.Option("--second", help="As second coder: cases of the sample only.")] = False,
    share: Annotated[str, typer.Option(help="How much is coded twice, as 20%.")] = "100%",
    values: Annotated[list[str] | None, typer.Option("--set", help="VARIABLE=VALUE (repeat; nothing: none).")] = None,
    note: Annotated[str | None, typer.Option(help="A note beside the coding.")] = None,
    coder: Coder = "",
    undo: Annotated[bool, typer.Option("--undo", help="Let the version before count again.")] = False,
    history: Annotated[bool, typer.Option("--history", help="Every version that was saved.")] = False,
) -> None:
    """Code a case, on the screen or by --set; the word “case” may be left out. Facts are shown, and cannot be typed."""
    from dsar.desk.coding import coder_of  # noqa: PLC0415 - loaded with the vault
    from dsar.desk.coding_queue import queue, refuse_outside, share_of  # noqa: PLC0415 - as above
    from dsar.desk.office import find  # noqa: PLC0415 - as above

    options = ctx.ensure_object(Options)
    said = code_two.settings(values)
    queued = ref is None and (next_ or second or bool(campaign))
    with at_desk(options) as desk:
        who = coder_of(desk, coder)
        if not queued and (ref or said or note or undo or history or not _can_work(options)):
            refs: tuple[str, ...] = (find(desk, ref),)
            if second:
                refuse_outside(desk, refs[0], campaign, share_of(share))
        else:
            refs = queue(desk, who, campaign, second=second, share=share_of(share))
        if not refs:
            _nothing_left(options, who, campaign)
        elif undo:
            _undo(options, desk, refs[0], who)
        elif history:
            _history(options, desk, refs[0], who)
        elif said or note is not None:
            _by_options(options, desk, refs[0], who, said, note)
        elif _can_work(options):
            _on_screen(desk, refs, who, campaign)
        else:
            _shown(options, desk, refs, who, queued=queued)


def _can_work(options: Options) -> bool:
    return not options.yes and not options.json and out.can_ask() and out.on_terminal()


def _nothing_left(options: Options, who: str, campaign: str) -> None:
    if options.json:
        out.emit({"coder": who, "left": 0, "ref": None})
        return
    out.say(f"Nothing is left for {who} to code.", "", f"Next: dsar code list{_option(campaign)}")


def _option(campaign: str) -> str:
    return f" --campaign {campaign}" if campaign else ""


def _on_screen(desk: Desk, refs: tuple[str, ...], who: str, campaign: str) -> None:
    from dsar.cli.code_work import work  # noqa: PLC0415 - only at a terminal

    shift = work(desk, refs, who)
    out.say(f"Saved: {len(shift.saved)}. Begun, and kept without effect yet: {len(shift.begun)}.")
    if shift.begun:
        out.say("", f"Next: dsar code {shift.begun[0]}")
    elif shift.left:
        out.say("", f"Next: dsar code --next{_option(campaign)} ({shift.left} left)")
    else:
        out.say("", f"Next: dsar code list{_option(campaign)}")


def _by_options(
    options: Options, desk: Desk, ref: str, who: str, said: list[tuple[str, str]], note: str | None
) -> None:
    from dsar.desk.coding import save, sheet, typed  # noqa: PLC0415 - loaded with the vault

    page = sheet(desk, ref, who)
    saved = save(desk, page, typed(page.scheme, said), note=note)
    coded(options, page, saved)


def coded(options: Options, page: Sheet, saved: Saved) -> None:
    """Print a version that was saved, or its JSON."""
    one = saved.coding
    if options.json:
        out.emit({**code_two.row(one), "dropped": list(saved.dropped)})
        return
    names = {name for name, _ in one.values}
    out.say(f"Coded: case {one.ref} by {one.coder}, version {one.version}, {len(names)} variables.")
    if page.begun is not None and not one.resolves:
        out.tell("What was begun on the screen is in it.")
    if saved.dropped:
        out.tell(f"Not asked any more, and dropped: {', '.join(saved.dropped)}.")
    out.say("", f"Next: dsar code --next{_option(page.facts.campaign)}")


def _undo(options: Options, desk: Desk, ref: str, who: str) -> None:
    from dsar.desk.coding import undo  # noqa: PLC0415 - loaded with the vault

    counts = undo(desk, ref, who)
    if options.json:
        out.emit({"ref": ref, "coder": who, "version": counts.version if counts else None})
        return
    now = f"version {counts.version} counts again" if counts else "no version counts any more"
    out.say(f"Undone: of the codings of {ref} by {who}, {now}; nothing was deleted.", "", f"Next: dsar code {ref}")


def _history(options: Options, desk: Desk, ref: str, who: str) -> None:
    """Every version; what others said is hidden from a coder who has not coded the case yet."""
    from dsar.desk.coding import in_force, versions  # noqa: PLC0415 - loaded with the vault

    found = versions(desk, ref)
    held = in_force(found)
    blind = not any(one.coder == who for one in held)
    counted = {(one.coder, one.version) for one in held}
    rows = [
        {**_hidden(one, blind=blind and one.coder != who), "counts": (one.coder, one.version) in counted}
        for one in found
    ]
    if options.json:
        out.emit({"ref": ref, "versions": rows})
        return
    if not rows:
        out.say(f"Nobody has coded case {ref} yet.", "", f"Next: dsar code {ref}")
        return
    heads = ("coder", "version", "saved", "scheme", "variables", "counts", "what")
    out.table(heads, [_version_line(row) for row in rows])
    if any(row["values"] is None for row in rows):
        out.tell("What others said is hidden until you have coded the case yourself.")
    out.say("", f"Next: dsar code {ref}")


def _hidden(one: Coding, *, blind: bool) -> dict[str, Any]:
    return {**code_two.row(one), **({"values": None, "note": None} if blind else {})}


def _version_line(row: dict[str, Any]) -> tuple[object, ...]:
    undone = row["back_to"]
    what = "settles" if row["resolves"] else ""
    what = what if undone is None else f"undo, back to {undone or 'none'}"
    values = row["values"]
    return (
        row["coder"], row["version"], row["at"][:16], row["scheme"],
        "hidden" if values is None else len(values), "yes" if row["counts"] else "", what,
    )  # fmt: skip


def _shown(options: Options, desk: Desk, refs: tuple[str, ...], who: str, *, queued: bool) -> None:
    """Without a screen: the case as it stands before this coder, facts and own values."""
    from dsar.desk.coding import sheet  # noqa: PLC0415 - loaded with the vault
    from dsar.study.scheme_facts import beside  # noqa: PLC0415 - as above
    from dsar.study.scheme_values import asked, folded  # noqa: PLC0415 - as above

    page = sheet(desk, refs[0], who)
    values = page.begun[0] if page.begun else folded(page.own.values) if page.own else {}
    facts = beside(page.facts, desk.today)
    open_ = [one.id for one in asked(page.scheme, values, page.gates) if not values.get(one.id)]
    if options.json:
        out.emit(
            {
                "ref": page.ref,
                "coder": who,
                "scheme": page.scheme.version,
                "facts": dict(facts),
                "holds": dict(page.gates),
                "coding": code_two.row(page.own) if page.own else None,
                "begun": {name: list(said) for name, said in values.items()} if page.begun else None,
                "open": open_,
                **({"left": len(refs)} if queued else {}),
            }
        )
        return
    out.say(f"Case {page.ref}, coder {who}{f', {len(refs)} left' if queued else ''}.")
    out.heading("From the log")
    out.say(*(f"  {label:<8} {out.line(said)}" for label, said in facts))
    out.heading("Coded")
    out.say(*(f"  {name}: {', '.join(said)}" for name, said in values.items() if said))
    out.say(f"  {len(open_)} open{': ' + ', '.join(open_[:5]) + ' …' if open_ else ''}")
    example = next((one for one in page.scheme.codes if one.id in open_ and one.values), None)
    step = f" --set {example.id}={example.values[0][0]}" if example is not None else " --history"
    out.say("", f"Next: dsar code {page.ref}{step}")


code.command("agreement")(code_two.agreement)
code.command("resolve")(code_two.resolve)
code.command("list")(code_two.list_)
code.command("book")(code_two.book)
code.command("scheme")(code_two.scheme)
