"""`dsar code agreement`, `resolve`, `list`, `book` and `scheme`: what is said of many codings, or of the scheme."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from dsar.cli import ask, out
from dsar.cli.options import Options
from dsar.cli.params import Ref
from dsar.cli.request import pair
from dsar.cli.session import at_desk
from dsar.errors import UsageError

if TYPE_CHECKING:
    from dsar.core.coding import Coding
    from dsar.desk.coding_agreement import Compared, Point, Row

Campaign = Annotated[str, typer.Option(help="Only the cases of this campaign.")]
_SHOWN = 20
_LEGEND = (
    "No kappa: for numbers (only equal ones count) and free texts; where one value only occurs,",
    "so that agreement cannot be told from chance. No interval: where the two never differ, or",
    "one of them always says the same.",
)


class BookFormatError(UsageError):
    """The code book has no such form."""

    sentence = "The code book is written as .csv or .md, not as “{name}”: say --out codebook.csv."


class TwoCodersError(UsageError):
    """Not two coders were named."""

    sentence = "Two coders are compared: name both, with --coder A --coder B, or none."


def settings(values: list[str] | None) -> list[tuple[str, str]]:
    """VARIABLE=VALUE as pairs; nothing after the sign takes the variable back."""
    return [
        (text.rstrip()[:-1], "") if text.rstrip().endswith("=") else pair(text, "no-data-credible=no")
        for text in values or ()
    ]


def row(one: Coding) -> dict[str, Any]:
    """A coding as `--json` shows it."""
    from dsar.study.scheme_values import folded  # noqa: PLC0415 - loaded with the vault

    return {
        "ref": one.ref,
        "coder": one.coder,
        "version": one.version,
        "at": one.at,
        "scheme": one.scheme,
        "entries": one.length,
        "values": {name: list(values) for name, values in folded(one.values).items()},
        "note": one.note,
        "resolves": one.resolves,
        "back_to": one.back_to,
    }


def agreement(
    ctx: typer.Context,
    campaign: Campaign = "",
    coder: Annotated[list[str] | None, typer.Option(help="The two to compare (give it twice).")] = None,
) -> None:
    """How far two coders agree: Cohen's kappa for each variable, the confusion, and where they differ."""
    from dsar.desk.coding_agreement import compare  # noqa: PLC0415 - loaded with the vault

    options = ctx.ensure_object(Options)
    named = tuple(coder or ())
    if len(named) not in {0, 2}:
        raise TwoCodersError
    with at_desk(options) as desk:
        found = compare(desk, campaign, (named[0], named[1]) if named else None)
    if options.json:
        out.emit(_compared(found))
        return
    out.say(f"{found.first} and {found.second}: {found.cases} cases that both coded.")
    out.say("", *_table(found), "", *_LEGEND)
    _confusions(found)
    _differences(found)


def _compared(found: Compared) -> dict[str, Any]:
    return {
        "coders": [found.first, found.second],
        "cases": found.cases,
        "settled": found.settled,
        "coded_again": found.again,
        "variables": [_figures(one) for one in found.rows],
        "disagreements": [_point(point) for point in found.open],
        "other_pairs": [{"coders": [a, b], "cases": count} for a, b, count in found.others],
    }


def _figures(one: Row) -> dict[str, Any]:
    return {
        "variable": one.name,
        "value": one.value or None,
        "n": one.found.n,
        "same": one.found.same,
        "share": one.found.share,
        "kappa": one.found.kappa,
        "error": one.found.error,
        "low": one.found.low,
        "high": one.found.high,
        "why": one.why or None,
        "alone": one.alone,
        "confusion": [{"first": a, "second": b, "n": count} for a, b, count in one.found.confusion],
    }


def _point(point: Point) -> dict[str, Any]:
    return {"ref": point.ref, "variable": point.code.id, "said": {coder: list(said) for coder, said in point.said}}


def _table(found: Compared) -> list[str]:
    """The figures in columns, with what cannot be computed said in their place."""
    lines = [f"{'variable':<38} {'n':>5} {'equal':>6} {'kappa':>6}  95 %"]
    for one in found.rows:
        name = f"{one.name}: {one.value}" if one.value else one.name
        share = f"{one.found.share:.0%}" if one.found.share is not None else "-"
        if one.found.kappa is None:
            figure = f"{'-':>6}  {one.why}"
        else:
            spread = "no interval" if one.found.low is None else f"{one.found.low:.2f} to {one.found.high:.2f}"
            figure = f"{one.found.kappa:>6.2f}  {spread}"
        lines.append(f"{name:<38} {one.found.n:>5} {share:>6} {figure}")
    return lines


def _confusions(found: Compared) -> None:
    """For each variable in which they differ: how often the first said this and the second that."""
    unequal = [one for one in found.rows if one.found.confusion and one.found.same < one.found.n]
    if not unequal:
        return
    out.heading(f"Who said what ({found.first} / {found.second})")
    for one in unequal:
        cells = "   ".join(f"{a} / {b}: {count}" for a, b, count in one.found.confusion)
        out.say(f"  {one.name}{': ' + one.value if one.value else ''}", f"      {cells}")


def _differences(found: Compared) -> None:
    if found.open:
        out.heading("Where they differ")
    for point in found.open[:_SHOWN]:
        said = "   ".join(f"{coder}: {', '.join(values)}" for coder, values in point.said)
        out.say(f"  {point.ref}  {point.code.id}  {out.line(said)}")
    if len(found.open) > _SHOWN:
        out.say(f"  … and {len(found.open) - _SHOWN} more (--json lists all)")
    if found.settled:
        out.say("", f"Settled of these cases: {found.settled}. Kappa counts what the two coders said before.")
    if found.again:
        out.tell(f"{found.again} cases were coded again after both had coded them: kappa counts the last versions.")
    for a, b, count in found.others:
        out.tell(f"{a} and {b} have {count} cases in common: --coder {a} --coder {b}")
    step = f"dsar code resolve {found.open[0].ref}" if found.open else "dsar code list"
    out.say("", f"Next: {step}")


def resolve(
    ctx: typer.Context,
    ref: Ref = None,
    values: Annotated[list[str] | None, typer.Option("--set", help="VARIABLE=VALUE: what counts (repeat).")] = None,
    note: Annotated[str, typer.Option(help="Why.")] = "",
    coder: Annotated[str, typer.Option(help="Who settles it (default: DSAR_USER).")] = "",
) -> None:
    """Settle what two coders of a case differ in: a coding of its own, which counts from then on."""
    from dsar.desk.coding import coder_of, sheet, typed  # noqa: PLC0415 - loaded with the vault
    from dsar.desk.coding_agreement import disagreements, settle  # noqa: PLC0415 - as above
    from dsar.desk.office import find  # noqa: PLC0415 - as above

    options = ctx.ensure_object(Options)
    with at_desk(options) as desk:
        page = sheet(desk, find(desk, ref), coder_of(desk, coder))
        points = disagreements(desk, page.ref)
        if values:
            saved = settle(desk, page, typed(page.scheme, settings(values)), note)
        elif options.yes or options.json or not (out.can_ask() and out.on_terminal()):
            raise ask.MissingError(what=", ".join(point.code.id for point in points), option="--set VARIABLE=VALUE")
        else:
            from dsar.cli.code_work import settle_on_screen  # noqa: PLC0415 - only at a terminal

            settled = settle_on_screen(desk, page, points)
            if settled is None:
                raise ask.NotConfirmedError
            saved = settled
    if options.json:
        out.emit({**row(saved.coding), "dropped": list(saved.dropped)})
        return
    out.say(
        f"Settled: case {page.ref} by {page.coder}: {', '.join(one.code.id for one in points)}.",
        "",
        "Next: dsar code agreement",
    )


def list_(ctx: typer.Context, campaign: Campaign = "") -> None:
    """How far the coding has come, coder by coder."""
    from dsar.desk.coding_queue import progress  # noqa: PLC0415 - loaded with the vault

    options = ctx.ensure_object(Options)
    with at_desk(options) as desk:
        found = progress(desk, campaign)
    coders = [
        {"coder": one.name, "coded": one.coded, "begun": one.begun, "outdated": one.outdated} for one in found.coders
    ]
    if options.json:
        figures = {"cases": found.cases, "coded": found.coded, "twice": found.twice, "differing": found.differing}
        out.emit({**figures, "settled": found.settled, "older": found.older, "scheme": found.scheme, "coders": coders})
        return
    out.say(
        f"{found.coded} of {found.cases} cases coded, {found.twice} of them twice ({found.differing} differ, open)."
    )
    out.say(f"Settled: {found.settled}. Scheme {found.scheme}; with an earlier one: {found.older}.")
    if coders:
        out.say("")
        out.table(("coder", "coded", "begun", "log went on since"), [tuple(one.values()) for one in coders])
    more = f" --campaign {campaign}" if campaign else ""
    out.say("", f"Next: dsar code agreement{more}" if found.twice else f"Next: dsar code --next{more}")


def book(
    ctx: typer.Context,
    target: Annotated[Path | None, typer.Option("--out", help="The file to write: .csv or .md.")] = None,
) -> None:
    """Write the code book: every variable, its values, when it is asked, where it comes from."""
    from dsar.cli.files import write_file  # noqa: PLC0415 - only here
    from dsar.desk.coding_scheme import whole  # noqa: PLC0415 - loaded with the vault
    from dsar.study.scheme_book import as_csv, as_markdown  # noqa: PLC0415 - as above

    options = ctx.ensure_object(Options)
    path = Path(ask.need(options, str(target or ""), "the file to write", "--out codebook.csv"))
    forms = {".csv": as_csv, ".md": as_markdown}
    if path.suffix.casefold() not in forms:
        raise BookFormatError(name=path.name)
    with at_desk(options) as desk:
        found = whole(desk)
    # spreadsheet programs take a file without the mark for one in the code page of their country
    coding = "utf-8-sig" if path.suffix.casefold() == ".csv" else "utf-8"
    write_file(path, forms[path.suffix.casefold()](found).encode(coding))
    if options.json:
        out.emit({"file": str(path), "variables": len(found.codes), "scheme": found.version})
        return
    out.say(f"Written: {path} ({len(found.codes)} variables, scheme {found.version}).", "", "Next: dsar code --next")


def scheme(
    ctx: typer.Context,
    add: Annotated[Path | None, typer.Option(help="A file of your own variables (TOML).")] = None,
) -> None:
    """The coding scheme, group by group; --add puts your own variables beside the shipped ones."""
    from dsar.desk.coding_scheme import add as put  # noqa: PLC0415 - loaded with the vault
    from dsar.desk.coding_scheme import whole  # noqa: PLC0415 - as above

    options = ctx.ensure_object(Options)
    new: tuple[str, ...] = ()
    with at_desk(options) as desk:
        if add is not None:
            found, new = put(desk, add)
        else:
            found = whole(desk)
    counted = {group.id: sum(one.group == group.id for one in found.codes) for group in found.groups}
    if options.json:
        groups = [{"id": one.id, "title": one.title, "variables": counted[one.id]} for one in found.groups]
        out.emit({"scheme": found.version, "variables": len(found.codes), "added": list(new), "groups": groups})
        return
    if add is not None:
        out.say(f"Added: {', '.join(new)}." if new else "Nothing new: the scheme has all of it already.", "")
    out.say(f"Scheme {found.version}, {len(found.codes)} variables.", "")
    out.table(("group", "variables", "title"), [(one.id, counted[one.id], one.title) for one in found.groups])
    out.say("", "Next: dsar code book --out codebook.csv")
