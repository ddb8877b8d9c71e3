"""`dsar dossier --campaign`, `dsar complaint --campaign`, `dsar mandate body`: many complainants, one complaint."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from dsar.cli import ask, out
from dsar.cli.files import NotWritableError
from dsar.cli.options import Options
from dsar.cli.session import at_desk
from dsar.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dsar.desk.bundling import Wish
    from dsar.desk.collective_check import Found, GroupCheck
    from dsar.desk.collective_copies import Copied
    from dsar.desk.collective_groups import Ask, Group, LeftOut
    from dsar.desk.office import Desk
    from dsar.paper.dossier.bind import BoundDossier

_NO = 1
_MOST_NAMED = 20


class OneOrManyError(UsageError):
    """A case and a campaign, or an option that is for one case only."""

    sentence = "{what} goes with one case, --campaign with many: choose one of them."


class NoCampaignGivenError(UsageError):
    """An option that is for many, and nobody said of which campaign."""

    sentence = "--controller, --residence, --for, --split-by-person and --renumber go with --campaign: say which one."


def refuse_single(campaign: str, given: Sequence[str]) -> None:
    """Refuse what does not go together.

    Raises:
        NoCampaignGivenError: there is no campaign.
        OneOrManyError: `given` are options for one case.
    """
    if not campaign:
        raise NoCampaignGivenError
    for what in given:
        raise OneOrManyError(what=what)


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What is to be built of a campaign: `only` is the one complainant who gets a copy, `split` all of them."""

    ask: Ask
    out: Path
    wish: Wish
    check: bool = False
    only: str = ""
    split: bool = False
    renumber: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class _Built:
    group: Group
    bound: BoundDossier
    copies: tuple[Copied, ...]


def dossier(options: Options, asked: Asked) -> None:
    """Build the dossier of many for each authority, or say what it lacks."""
    from dsar.desk import collective  # noqa: PLC0415 - loaded with the vault

    with at_desk(options) as desk:
        if asked.check:
            found = collective.choose(desk, asked.ask)
            _check(options, desk, found.groups, found.left_out)
            return
        chosen = collective.some(desk, asked.ask)
        if asked.only:
            asked = replace(asked, only=chosen.meant(asked.only))
        try:
            built = [_build(options, desk, group, asked) for group in chosen.groups]
        except OSError as error:
            raise NotWritableError(path=asked.out, why=error.strerror or "an error") from error
    _tell(options, built, chosen.left_out)


def _build(options: Options, desk: Desk, group: Group, asked: Asked) -> _Built:
    from dsar.desk import collective_filing as filing  # noqa: PLC0415 - loaded with the vault
    from dsar.desk.collective_copies import copies  # noqa: PLC0415 - as above

    if not options.json:
        out.tell(f"{group.authority.id}: {len(group.members)} complainants …")
    made = filing.compose(desk, group, asked.wish, anew=asked.renumber)
    bound = filing.build(desk, made, out=asked.out, wish=asked.wish, anew=asked.renumber)
    written: tuple[Copied, ...] = ()
    if asked.split or (asked.only and group.holds(asked.only)):
        written = tuple(copies(desk, made, bound, out=asked.out, wish=asked.wish, only=asked.only))
    return _Built(group=group, bound=bound, copies=written)


def _tell(options: Options, built: Sequence[_Built], left: Sequence[LeftOut]) -> None:
    if options.json:
        out.emit({"dossiers": [_row(one) for one in built], "left_out": [_left(one) for one in left]})
        return
    for one in built:
        bound = one.bound
        out.heading(f"{one.group.authority.name}: {len(one.group.members)} complainants, in {one.group.lang}")
        out.say(f"Dossier: {bound.pdf} ({bound.pages} pages)", *(f"   Part: {path}" for path in bound.parts))
        out.say(f"Archive: {bound.zip}")
        if one.copies:
            out.say(f"Copies for one complainant each: {len(one.copies)}, such as {one.copies[0].bound.pdf}")
        out.tell(*bound.warnings)
    _tell_left(left)
    first = built[0]
    name = f"--campaign {first.group.campaign} --authority {first.group.authority.id}"
    out.say("", f"Check: dsar verify {first.bound.zip}", f"Next: dsar complaint {name} --on DATE")


def _tell_left(left: Sequence[LeftOut]) -> None:
    if left:
        out.heading(f"Left out: {len(left)}")
        for one in left:
            ref = f" ({one.ref})" if one.ref else ""
            out.say(f"- {out.line(one.name)}{ref}: {out.line(one.why)}")
            if one.command:
                out.say(f"    dsar {one.command}")


def _row(one: _Built) -> dict[str, Any]:
    bound = one.bound
    return {
        "authority": one.group.authority.id,
        "lang": one.group.lang,
        "complainants": len(one.group.members),
        "cases": [each.ref for each in one.group.members],
        "pdf": str(bound.pdf),
        "zip": str(bound.zip),
        "manifest": str(bound.manifest),
        "pages": bound.pages,
        "parts": [str(path) for path in bound.parts],
        "copies": [{"n": each.n, "ref": each.ref, "pdf": str(each.bound.pdf)} for each in one.copies],
        "warnings": list(bound.warnings),
    }


def _left(one: LeftOut) -> dict[str, str | None]:
    command = f"dsar {one.command}" if one.command else None
    return {"ref": one.ref or None, "name": one.name, "why": one.why, "command": command}


def _check(options: Options, desk: Desk, groups: Sequence[Group], left: Sequence[LeftOut]) -> None:
    """Print what each authority would look at first and leave: with 1 if something is missing or speaks against it."""
    from dsar.desk.collective_check import check  # noqa: PLC0415 - only with --check

    found = [check(desk, group) for group in groups]
    ok = bool(found) and all(one.ok for one in found)
    if options.json:
        out.emit({"ok": ok, "authorities": [_checked(one) for one in found], "left_out": [_left(one) for one in left]})
    else:
        for one in found:
            _tell_check(one)
        _tell_left(left)
        out.say("", "Nothing is missing that dsar knows of." if ok else "Not yet: see above.")
    raise typer.Exit(0 if ok else _NO)


def _checked(one: GroupCheck) -> dict[str, Any]:
    rows = [
        {
            "id": each.point.id,
            "verdict": each.point.verdict,
            "text": each.point.text,
            "command": each.point.command or None,
            "cases": list(each.refs),
        }
        for each in one.found
    ]
    return {"authority": one.group.authority.id, "ok": one.ok, "complainants": len(one.group.members), "points": rows}


def _tell_check(one: GroupCheck) -> None:
    total = len(one.group.members)
    out.heading(f"{one.group.authority.name}: {total} complainants, in {one.group.lang}")
    for verdict, title in _VERDICTS.items():
        some = [each for each in one.found if each.point.verdict == verdict]
        if some:
            out.say(title)
            for each in some:
                out.say(f"- {each.point.text}{_whom(each, total)}")
                if each.point.command:
                    out.say(f"    {each.point.command}")


_VERDICTS = {
    "against": "What speaks against filing today",
    "missing": "What is missing",
    "by-hand": "What you must do by hand",
    "there": "What is there",
}


def _whom(one: Found, total: int) -> str:
    """How many cases a point concerns, and which, unless it is all of them."""
    if not one.refs:
        return ""
    if len(one.refs) == total:
        return " (all)"
    more = f" and {len(one.refs) - _MOST_NAMED} more" if len(one.refs) > _MOST_NAMED else ""
    return f" ({len(one.refs)} of {total}: {', '.join(one.refs[:_MOST_NAMED])}{more})"


def lodge(
    options: Options,
    ref: str | None,
    campaign: str,
    controller: str,
    authority: str,
    *,
    on: str,
    reference: str,
    proof: Path | None,
) -> None:
    """Record that the complaint of many was lodged, in each case that its dossier held."""
    from dsar.desk import collective_lodging as lodging  # noqa: PLC0415 - loaded with the vault

    refuse_single(campaign, ["A reference"] if ref else [])
    with at_desk(options) as desk:
        day = ask.day(options, on, "when it was lodged", desk.today)
        made = lodging.lodging(desk, campaign, authority, on=day, controller=controller)
        count = len(made.refs)
        if made.doubtful:
            out.tell(f"Closed by now, or without a mandate that holds on {day}: {', '.join(made.doubtful)}.")
        more = f" ({made.before} have it on record already)" if made.before else ""
        ask.confirm(options, f"Record the complaint to {authority}, lodged on {day}, in {count} cases{more}?")
        warnings = lodging.lodge(desk, made, reference=reference, proof=proof)
    if options.json:
        out.emit(
            {
                "authority": authority,
                "on": day.isoformat(),
                "cases": list(made.refs),
                "before": made.before,
                "doubtful": list(made.doubtful),
            }
        )
        return
    out.say(f"Complaint lodged on {day} with {authority}: recorded in {count} cases{more}.")
    out.tell(*warnings)
    out.say("", "Next: dsar agenda")


def mandate_body(
    ctx: typer.Context,
    file: Annotated[Path, typer.Argument(help="The document.")],
    kind: Annotated[str, typer.Option("--as", help="statutes, register or report.")] = "",
) -> None:
    """File what proves that your body may complain for others (Art. 80(1) GDPR); complaints of many enclose it."""
    from dsar.desk import body  # noqa: PLC0415 - loaded with the vault

    options = ctx.ensure_object(Options)
    chosen = ask.choose(options, kind, "what it is", "--as", body.PROOFS)
    with at_desk(options) as desk:
        made, warnings = body.file_proof(desk, file, chosen)
        missing = body.lacking(desk)
    if options.json:
        out.emit(
            {"as": made.kind, "sha256": made.document.sha256, "missing": list(missing), "warnings": list(warnings)}
        )
        return
    out.say(f"Filed as {made.kind}: {out.line(made.document.name)}")
    out.tell(*warnings)
    more = f"dsar mandate body FILE --as {missing[0]}" if missing else "dsar dossier --campaign CAMPAIGN --check"
    out.say("", f"Next: {more}")
