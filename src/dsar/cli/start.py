"""`dsar init` and `dsar demo`."""

from __future__ import annotations

import getpass
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from dsar.cli import ask, out
from dsar.cli.options import Options

if TYPE_CHECKING:
    from dsar.core.parties import Person
    from dsar.vault.keys import NewSource


def init(
    ctx: typer.Context,
    name: Annotated[str, typer.Option(help="Your name.")] = "",
    email: Annotated[str, typer.Option(help="Your e-mail address.")] = "",
    address: Annotated[list[str] | None, typer.Option(help="A line of your postal address (repeat).")] = None,
    country: Annotated[str, typer.Option(help="Your country, two letters.")] = "",
    language: Annotated[str, typer.Option(help="Your language: de, en, es, fr, it or nl.")] = "",
    organisation: Annotated[str, typer.Option(help="The organisation you act for, if any.")] = "",
    commercial: Annotated[bool, typer.Option("--commercial", help="It is a company for profit.")] = False,
) -> None:
    """Make your vault and say who you are. Prints the recovery key, once."""
    options = ctx.ensure_object(Options)
    _free(options.vault_path)
    said = {
        "name": ask.need(options, name, "your name", "--name"),
        "email": ask.checked(options, email, "your e-mail address", "--email", _email),
        "country": ask.checked(options, country, "your country (two letters)", "--country", known_country),
        "language": ask.choose(options, language, "your language", "--language", _languages()),
    }
    lines = tuple(address or ()) or _address(options)
    person = _person(said, lines, organisation, commercial=commercial)
    path, recovery, slot = _create(options, person)
    if options.json:
        out.emit({"vault": str(path), "key": slot, "recovery_key": recovery, "next": "dsar request CONTROLLER"})
        return
    out.say(f"Your vault is at {path} (key: {slot}).", "", "Recovery key, printed this once. Write it down, keep it")
    out.say("apart from this computer. With the two files of a backup (FILE and FILE.keys) it is all that you need to")
    out.say("open your vault again (dsar vault restore):", "", f"    {recovery}")
    if commercial:
        out.tell(
            "A company for profit may carry requests for others, but it cannot complain for them under Article 80(1) "
            "GDPR (APD/GBA 39/2024): the data subject lodges the complaint."
        )
    out.say("", "dsar informs and drafts; it is not a lawyer.", "")
    out.say('Next: dsar request "NAME OF A COMPANY" --right access')


def _languages() -> tuple[str, ...]:
    from dsar.letters.find import languages, roots  # noqa: PLC0415 - reads folders

    return languages(roots())


def _free(path: Path) -> None:
    """Refuse a vault that is there before anything is asked."""
    from dsar.vault.files import OccupiedError  # noqa: PLC0415 - only commands that write

    if path.exists():
        raise OccupiedError(path=path)


def _email(text: str) -> str:
    from dsar.desk.people import checked_email  # noqa: PLC0415 - only commands that write

    return checked_email(text)


def known_country(text: str) -> str:
    """A country as its two capital letters; UnknownCountryError if its holidays are not known."""
    from dsar.lawbook.calendars import calendar  # noqa: PLC0415 - knows the countries

    code = text.strip().upper()
    calendar(code)
    return code


def _address(options: Options) -> tuple[str, ...]:
    if options.yes or options.json or not out.can_ask():
        return ()
    text = typer.prompt("your postal address (lines separated by ;)", default="", show_default=False, err=True)
    return tuple(part.strip() for part in text.split(";") if part.strip())


def _person(said: dict[str, str], lines: tuple[str, ...], organisation: str, *, commercial: bool) -> Person:
    from dsar.core.parties import Address  # noqa: PLC0415 - only commands that write
    from dsar.desk import people  # noqa: PLC0415 - as above

    return people.person(
        people.SELF,
        name=said["name"],
        email=said["email"],
        address=Address(lines=lines, country=said["country"]),
        language=said["language"],
        organisation=organisation,
        commercial=commercial,
    )


def _create(options: Options, person: Person) -> tuple[Path, str, str]:
    """Make the vault with the key that was given, else with the keyring, else with a passphrase that is asked for."""
    from dsar import clock  # noqa: PLC0415 - only commands that write
    from dsar.cli.session import given_key  # noqa: PLC0415 - as above
    from dsar.desk import people  # noqa: PLC0415 - as above
    from dsar.errors import LockedError  # noqa: PLC0415 - as above
    from dsar.vault.keys import KeyringSlot, kind_of  # noqa: PLC0415 - as above
    from dsar.vault.vault import Vault  # noqa: PLC0415 - as above

    path = options.vault_path
    source: NewSource = given_key(options) or KeyringSlot()
    try:
        vault, recovery = Vault.create(path, source, now=clock.now())
    except LockedError:
        if given_key(options) is not None or options.yes or options.json or not out.can_ask():
            raise
        source = _new_passphrase()
        vault, recovery = Vault.create(path, source, now=clock.now())
    with vault:
        people.set_self(vault, person)
    return path, recovery, kind_of(source)


def _new_passphrase() -> NewSource:
    from dsar.vault.keys import PassphraseSlot  # noqa: PLC0415 - only where there is no keyring

    out.tell("This computer has no keyring that can be trusted: choose a passphrase for the vault.")
    while True:
        first = getpass.getpass("Passphrase: ")
        if first and first == getpass.getpass("Once more: "):
            return PassphraseSlot(first)
        out.tell("The two differ, or are empty.")


def demo(
    ctx: typer.Context,
    out_folder: Annotated[Path, typer.Option("--out", help="Where to write.")] = Path("dsar-demo"),
    lang: Annotated[str, typer.Option(help="fr or en.")] = "fr",
) -> None:
    """Replay the model case in a throw-away vault, with made-up parties, and write its letters and dossier."""
    from dsar.demo.replay import replay  # noqa: PLC0415 - only the demo

    options = ctx.ensure_object(Options)
    result = replay(out_folder, lang)
    if options.json:
        out.emit(result.as_json())
        return
    out.say(*result.page())
    sys.stdout.flush()
