"""The table of commands. Nothing of a command is imported before it is called, so that `dsar --help` stays fast."""

from __future__ import annotations

from functools import cache
from importlib import import_module
from typing import TYPE_CHECKING, Any

import typer
from typer.core import TyperGroup

from dsar.cli.options import Options, share

if TYPE_CHECKING:
    from collections.abc import Callable

ROOT = "root"

# name: (module below dsar.cli, function or group, one line of help), in the order of a case's life
COMMANDS: dict[str, tuple[str, str, str]] = {
    "init": ("start", "init", "Make your vault and say who you are."),
    "demo": ("start", "demo", "Replay the model case in a throw-away vault, and write its letters and dossier."),
    "subject": ("people", "subject", "The people you act for."),
    "mandate": ("mandate", "mandate", "Mandates: draft, file the signed one, revoke, list."),
    "campaign": ("campaign", "campaign", "Campaigns: many people, many controllers, one question, in waves."),
    "request": ("request", "request", "Open a case and draft the request."),
    "letter": ("letter", "letter", "Draft a letter of a case; --edit it, --issue it."),
    "sent": ("record", "sent", "Record that a letter left."),
    "send": ("send", "send", "Send an issued letter by e-mail."),
    "delivered": ("record", "delivered", "Record that a letter arrived, or what else the post did with it."),
    "received": ("incoming", "received", "Record what came in: a mail, a scan, an answer."),
    "mail": ("mail", "mail", "Mailboxes: your accounts; take mails in, from files or over the network."),
    "inbox": ("inbox", "inbox", "What came in and belongs to no case yet."),
    "classify": ("incoming", "classify", "Say what a received message is."),
    "replied": ("record", "replied", "Record that we answered their question."),
    "paid": ("record", "paid", "Record that we paid their fee."),
    "identity": ("incoming", "identity", "Identity data given or refused, and your judgment on the demand."),
    "judge": ("incoming", "judge", "Say that a message of theirs is a breach, and which."),
    "inventory": ("inventory", "inventory", "What came in, file by file, with sizes and hashes."),
    "review": ("review", "review", "Read an answer against what was asked, item by item."),
    "code": ("code", "code", "Judge a case by the coding scheme; second coders, agreement, the code book."),
    "complaint": ("record", "complaint", "Record that a complaint was lodged with an authority."),
    "authority": ("record", "authority", "Record what the authority did."),
    "note": ("record", "note", "Add a note to the file."),
    "assign": ("record", "assign", "Hand the case over to somebody else."),
    "confirm": ("record", "confirm", "Confirm that an entry that looks odd is right."),
    "correct": ("record", "correct", "Correct or withdraw an entry; the wrong one stays in the log."),
    "close": ("record", "close", "Close a case with its outcome."),
    "erase": ("record", "erase", "Erase a whole case; a tombstone without personal data stays."),
    "show": ("look", "show", "The case on one page."),
    "timeline": ("timeline", "timeline", "The case as one HTML page, on an axis of time."),
    "why": ("look", "why", "How each deadline was computed, with the articles."),
    "next": ("look", "next_", "What the law lets you do now, and what speaks against it."),
    "find": ("find", "find", "Find words in messages, notes, letters and files."),
    "agenda": ("agenda", "agenda", "All cases: who must act, what is due."),
    "audit": ("audit", "audit", "Who did what when, in all cases."),
    "report": ("report", "report", "The report of a campaign: a page, charts, tables for the public."),
    "timestamp": ("stamp", "timestamp", "Have an authority witness what the log holds, and check it."),
    "mask": ("mask", "mask", "Make the masked, watermarked copy of an identity document."),
    "dossier": ("files", "dossier", "Build the dossier for the supervisory authority."),
    "verify": ("files", "verify", "Check a dossier with nothing but its ZIP."),
    "deadline": ("calculator", "deadline", "Compute a deadline, with every step and its article."),
    "letters": ("letters", "letters", "The letters: list, preview over a made-up case, lint."),
    "authorities": ("books", "authorities", "The supervisory authorities."),
    "controllers": ("controllers", "controllers", "The offline directory of controllers."),
    "law": ("books", "law", "The law book: its terms, and its linter."),
    "import": ("carry", "import_", "Take over what other tools exported: datenanfragen.de."),
    "vault": ("vault", "vault", "The vault: status, verify, backup, restore, keys."),
}


class LazyGroup(TyperGroup):
    """A group that knows its commands by name and help, and imports one when it is called."""

    def list_commands(self, ctx: Any) -> list[str]:  # noqa: ANN401, ARG002 - the context of typer's own click
        """The names, in the order of a case's life."""
        return list(COMMANDS)

    def get_command(self, ctx: Any, cmd_name: str) -> Any:  # noqa: ANN401, ARG002 - as above
        """Import and build one command, with the options that work everywhere."""
        return _command(cmd_name) if cmd_name in COMMANDS else None

    def format_commands(self, ctx: Any, formatter: Any) -> None:  # noqa: ANN401, ARG002 - as above
        """List the commands from the table, without importing any."""
        with formatter.section("Commands"):
            formatter.write_dl([(name, entry[2]) for name, entry in COMMANDS.items()])


@cache
def _command(name: str) -> Any:  # noqa: ANN401 - typer's own click
    """A command with the options that work everywhere; typer reads a signature slowly, and one is enough."""
    module, attribute, help_line = COMMANDS[name]
    return share(built(getattr(import_module(f"dsar.cli.{module}"), attribute), name, help_line))


def built(found: Callable[..., Any] | typer.Typer, name: str, help_line: str) -> Any:  # noqa: ANN401 - typer's own click
    """A command from a function, or a group from a Typer."""
    if isinstance(found, typer.Typer):
        group = typer.main.get_command(found)
        group.name = name
        return group
    single = typer.Typer(add_completion=False, rich_markup_mode=None, pretty_exceptions_enable=False)
    single.command(name, help=found.__doc__ or help_line)(found)
    return typer.main.get_command(single)


@cache
def command() -> Any:  # noqa: ANN401 - typer's own click
    """The whole program as one command."""
    app = typer.Typer(
        name="dsar",
        cls=LazyGroup,
        help="Data-protection rights, from the first letter to the dossier for the authority.\n\n"
        "dsar informs and drafts; it is not a lawyer.",
        add_completion=False,
        rich_markup_mode=None,
        pretty_exceptions_enable=False,
        invoke_without_command=True,
        no_args_is_help=False,
    )
    app.callback()(root)
    return share(typer.main.get_command(app))


def root(
    ctx: typer.Context,
    version: bool = typer.Option(False, "--version", help="Print the version."),
) -> None:
    """Show the agenda and the one thing to do next; before there is a vault, say how to begin."""
    if version:
        from dsar import __version__  # noqa: PLC0415 - one string

        typer.echo(f"dsar {__version__}")
        raise typer.Exit
    if ctx.invoked_subcommand is None:
        from dsar.cli.agenda import home  # noqa: PLC0415 - only where no command is given

        home(ctx.ensure_object(Options))
