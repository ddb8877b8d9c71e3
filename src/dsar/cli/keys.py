"""`dsar vault key`: the ways into the vault."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from dsar.cli import ask, out
from dsar.cli.options import Options
from dsar.cli.session import open_vault

if TYPE_CHECKING:
    from dsar.vault.keys import NewSource

key = typer.Typer(no_args_is_help=True, add_completion=False, help="The ways into the vault.", rich_markup_mode=None)


def _new_passphrase(options: Options) -> str:
    """From the environment, else asked for twice."""
    import getpass  # noqa: PLC0415 - only where a passphrase is chosen

    text = os.environ.get("DSAR_NEW_PASSPHRASE", "")
    if text:
        return text
    if options.yes or options.json or not out.can_ask():
        raise ask.MissingError(what="the new passphrase", option="DSAR_NEW_PASSPHRASE to the environment")
    while True:
        text = getpass.getpass("New passphrase: ")
        if text and text == getpass.getpass("Once more: "):
            return text
        out.tell("The two differ, or are empty.")


@key.command("add-passphrase")
def key_add(ctx: typer.Context) -> None:
    """Let a passphrase open the vault too (DSAR_NEW_PASSPHRASE, or asked for)."""
    from dsar.vault.keys import PassphraseSlot  # noqa: PLC0415 - opens a vault

    options = ctx.ensure_object(Options)
    _add(options, PassphraseSlot(_new_passphrase(options)))


@key.command("add-keyring")
def key_add_keyring(ctx: typer.Context) -> None:
    """Let this computer's keyring open the vault too: no passphrase is asked for any more."""
    from dsar.vault.keys import KeyringSlot  # noqa: PLC0415 - opens a vault

    _add(ctx.ensure_object(Options), KeyringSlot())


@key.command("add-key-file")
def key_add_file(
    ctx: typer.Context, path: Annotated[Path, typer.Argument(help="A new file, outside of the vault's folder.")]
) -> None:
    """Write a key file that opens the vault too, for timers and scripts: who reads it reads the vault."""
    from dsar.vault.keys import KeyFileSlot  # noqa: PLC0415 - opens a vault

    _add(ctx.ensure_object(Options), KeyFileSlot(path.expanduser()))


def _add(options: Options, source: NewSource) -> None:
    with open_vault(options) as opened:
        name = opened.add_slot(source)
    _slot_said(options, name, "added")


@key.command("change-passphrase")
def key_change(
    ctx: typer.Context,
    name: Annotated[str, typer.Argument(help="Which one (dsar vault status lists them).")] = "passphrase",
) -> None:
    """Put a new passphrase in place of an old one, which still opens the backups made before."""
    from dsar.vault.keys import PassphraseSlot  # noqa: PLC0415 - opens a vault

    options = ctx.ensure_object(Options)
    with open_vault(options) as opened:
        opened.change_passphrase(name, PassphraseSlot(_new_passphrase(options)))
    _slot_said(options, name, "changed")


@key.command("remove")
def key_remove(ctx: typer.Context, name: str) -> None:
    """Take away a way into the vault (dsar vault status lists them)."""
    options = ctx.ensure_object(Options)
    with open_vault(options) as opened:
        opened.remove_slot(name)
    _slot_said(options, name, "removed")


@key.command("recovery")
def key_recovery(ctx: typer.Context) -> None:
    """Make a new recovery key; the old one no longer opens the vault, only older backups."""
    options = ctx.ensure_object(Options)
    with open_vault(options) as opened:
        text = opened.renew_recovery()
    if options.json:
        out.emit({"recovery_key": text})
        return
    out.say("New recovery key, printed this once:", "", f"    {text}")


def _slot_said(options: Options, name: str, what: str) -> None:
    if options.json:
        out.emit({"key": name, what: True})
        return
    out.say(f"Key {name}: {what}.", "", "Next: dsar vault status")
