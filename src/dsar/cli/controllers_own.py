"""`dsar controllers add`, `edit` and `remove`: records of one's own, kept in the vault."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from dsar.cli import out
from dsar.cli.options import Options

if TYPE_CHECKING:
    from dsar.core.parties import Controller


def _many(text: str) -> Any:  # noqa: ANN401 - an annotation for typer
    return typer.Option(help=f"{text} (repeat).")


Name = Annotated[str | None, typer.Option(help="Its legal name.")]
Emails = Annotated[list[str] | None, _many("An e-mail address for requests, the best one first")]
Lines = Annotated[list[str] | None, _many("A line of its postal address")]
Country = Annotated[str | None, typer.Option(help="Its country: a name or two letters.")]
Website = Annotated[str | None, typer.Option(help="Its website.")]
Form = Annotated[str | None, typer.Option(help="The page of its form for requests.")]
Phone = Annotated[str | None, typer.Option(help="Telephone.")]
Fax = Annotated[str | None, typer.Option(help="Fax.")]
Brands = Annotated[list[str] | None, typer.Option("--brand", help="A brand that people know it by (repeat).")]
Runs = Annotated[list[str] | None, _many("A service or company that it answers for")]
Dpo = Annotated[str | None, typer.Option(help="Its data-protection officer: a name or a mailbox.")]
Representative = Annotated[str | None, typer.Option(help="Its representative in the Union (Art. 27 GDPR).")]
Established = Annotated[
    bool | None, typer.Option("--established/--not-established", help="Whether it has an establishment in the EEA.")
]
Region = Annotated[str | None, typer.Option(help="The region of its seat, such as BY.")]
SectorName = Annotated[
    str | None, typer.Option("--sector", help="general, face-search, data-broker, platform, credit …")
]
Languages = Annotated[list[str] | None, typer.Option("--language", help="A language it writes in (repeat).")]
Identity = Annotated[list[str] | None, typer.Option("--identity", help="What it finds a person by: photo … (repeat).")]
Notes = Annotated[list[str] | None, typer.Option("--note", help="A note (repeat).")]
PreferredWay = Annotated[str | None, typer.Option("--preferred", help="email, post, fax or portal.")]
Found = Annotated[str | None, typer.Option("--source", help="Where you found it, such as the address of the imprint.")]
Read = Annotated[bool | None, typer.Option("--checked/--unchecked", help="You have read it at its source.")]


def add(
    ctx: typer.Context,
    name: Name = None,
    email: Emails = None,
    address: Lines = None,
    country: Country = None,
    website: Website = None,
    form: Form = None,
    phone: Phone = None,
    fax: Fax = None,
    brand: Brands = None,
    runs: Runs = None,
    dpo: Dpo = None,
    representative: Representative = None,
    established: Established = None,
    region: Region = None,
    sector: SectorName = None,
    language: Languages = None,
    identity: Identity = None,
    note: Notes = None,
    preferred: PreferredWay = None,
    source: Found = None,
    checked: Read = None,
    id: Annotated[str, typer.Option("--id", help="The id of the record (default: from the name).")] = "",  # noqa: A002 - the word of the contract
    table: Annotated[
        Path | None,
        typer.Option("--from", help="A table (CSV, XLSX) of many, its columns called as these options."),
    ] = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="With --from: only say what would be done.")] = False,
) -> None:
    """Add a record of your own; on a terminal it asks for what is missing. It is kept in the vault."""
    from dsar.cli.controller_form import completed, fields  # noqa: PLC0415 - only commands that write
    from dsar.cli.session import at_desk  # noqa: PLC0415 - as above
    from dsar.desk.directory_own import add as act  # noqa: PLC0415 - as above

    options = ctx.ensure_object(Options)
    said = fields(dict(locals()))
    if table is not None:
        _many_from(options, table, dry=dry_run)
        return
    with at_desk(options) as desk:
        new = act(desk.vault, completed(options, said), desk.today, id)
    _kept(options, new, "Kept")


def edit(
    ctx: typer.Context,
    id: Annotated[str, typer.Argument(help="The record; one that is not yours is copied first.")],  # noqa: A002 - the word of the contract
    name: Name = None,
    email: Emails = None,
    address: Lines = None,
    country: Country = None,
    website: Website = None,
    form: Form = None,
    phone: Phone = None,
    fax: Fax = None,
    brand: Brands = None,
    runs: Runs = None,
    dpo: Dpo = None,
    representative: Representative = None,
    established: Established = None,
    region: Region = None,
    sector: SectorName = None,
    language: Languages = None,
    identity: Identity = None,
    note: Notes = None,
    preferred: PreferredWay = None,
    source: Found = None,
    checked: Read = None,
) -> None:
    """Correct a record: yours then wins over the one that it corrects. Open cases keep what they were opened with."""
    from dsar.cli.controller_form import corrected, fields  # noqa: PLC0415 - only commands that write
    from dsar.cli.session import at_desk  # noqa: PLC0415 - as above
    from dsar.desk.directory import directory  # noqa: PLC0415 - as above
    from dsar.desk.directory_own import edit as act  # noqa: PLC0415 - as above

    options = ctx.ensure_object(Options)
    said = fields(dict(locals()))
    with at_desk(options) as desk, directory(desk.vault, options.directory_path) as where:
        new = act(desk.vault, where, id, corrected(options, where, id, said), desk.today)
    _kept(options, new, "Changed")


def remove(ctx: typer.Context, id: str) -> None:  # noqa: A002 - the word of the contract
    """Take a record of your own away; the one that it had hidden counts again. Cases keep their copy."""
    from dsar.cli.session import at_desk  # noqa: PLC0415 - opens the vault
    from dsar.desk.directory_own import remove as act  # noqa: PLC0415 - as above

    options = ctx.ensure_object(Options)
    with at_desk(options) as desk:
        old = act(desk.vault, id)
    if options.json:
        out.emit({"id": old.id, "removed": True})
        return
    out.say(f"Removed: {old.name} ({old.id}).", "", f"Next: dsar controllers search {old.id}")


def _many_from(options: Options, table: Path, *, dry: bool) -> None:
    from collections import Counter  # noqa: PLC0415 - only where a table comes in

    from dsar.cli.session import at_desk  # noqa: PLC0415 - opens the vault
    from dsar.desk.directory_sheet import take  # noqa: PLC0415 - as above

    with at_desk(options) as desk:
        lines = take(desk.vault, table, desk.today, dry=dry)
    counts = Counter(line.became for line in lines)
    if options.json:
        out.emit(
            {
                "dry_run": dry,
                **{what: counts[what] for what in ("added", "known", "refused")},
                "rows": [
                    {"line": one.line, "name": one.name, "became": one.became, "id": one.id, "why": one.why}
                    for one in lines
                ],
            }
        )
        return
    for one in lines:
        if one.why:
            out.tell(f"Line {one.line}, {one.name or 'without a name'}: {one.why}")
    began = "Would be added" if dry else "Added"
    out.say(f"{began}: {counts['added']}; known already: {counts['known']}; refused: {counts['refused']}.")
    out.say("", "Next: dsar controllers search TEXT")


def _kept(options: Options, new: Controller, what: str) -> None:
    from dsar.desk.directory_show import plain_record  # noqa: PLC0415 - loaded with the directory
    from dsar.directory.matching import Held  # noqa: PLC0415 - as above

    if options.json:
        out.emit(plain_record(Held(controller=new, origin="own")))
        return
    out.say(f"{what}: {new.name} ({new.id}), a record of your own.")
    if not new.checked:
        out.tell("It counts as unconfirmed: add --checked and --source once you have read it at its source.")
    out.say("", f"Next: dsar request {new.id} --right access")
