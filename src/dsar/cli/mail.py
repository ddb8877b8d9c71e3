"""Mailboxes: `dsar mail …`."""

from __future__ import annotations

import typer

from dsar.cli.inbox import import_
from dsar.cli.post import account, fetch, folders

mail = typer.Typer(help="Mailboxes: take mails in.", no_args_is_help=True, add_completion=False, rich_markup_mode=None)
mail.command("import")(import_)
mail.command("fetch")(fetch)
mail.command("folders")(folders)
mail.add_typer(account, name="account")


@mail.callback()
def group() -> None:
    """Mailboxes: take mails in, from files or over the network; your accounts."""
