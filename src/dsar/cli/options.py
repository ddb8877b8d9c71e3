"""The options that work everywhere, before a command or after it: one place keeps what was said."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from typer.core import TyperOption


@dataclass(slots=True)
class Options:
    """What was said on the command line, else in the environment. Filled while the arguments are parsed."""

    vault: str = ""
    as_of: str = ""
    json: bool = False
    yes: bool = False
    passphrase_file: str = ""
    key_file: str = ""

    @property
    def vault_path(self) -> Path:
        """The vault file: the option, `DSAR_VAULT`, else the platform's data folder."""
        said = self.vault or os.environ.get("DSAR_VAULT", "")
        if said:
            return Path(said).expanduser()
        from platformdirs import user_data_path  # noqa: PLC0415 - only where nothing was said

        return user_data_path("dsar", appauthor=False) / "vault.dsar"

    @property
    def directory_path(self) -> Path:
        """The imported directory: `DSAR_DIRECTORY`, else beside the vaults in the platform's data folder."""
        if said := os.environ.get("DSAR_DIRECTORY", ""):
            return Path(said).expanduser()
        from platformdirs import user_data_path  # noqa: PLC0415 - only where nothing was said

        return user_data_path("dsar", appauthor=False) / "directory.sqlite"

    @property
    def day(self) -> str:
        """The day to reason from, as written; empty for today."""
        return self.as_of or os.environ.get("DSAR_TODAY", "")

    @property
    def keys(self) -> str:
        """The key file as said, or from the environment."""
        return self.key_file or os.environ.get("DSAR_KEY_FILE", "")


_SHARED: tuple[tuple[str, str, str, str], ...] = (
    ("--vault", "vault", "PATH", "The vault file (or DSAR_VAULT)."),
    ("--as-of", "as_of", "DATE", "The day to reason from (or DSAR_TODAY); default today."),
    ("--json", "json", "", "One JSON document on stdout."),
    ("--yes", "yes", "", "Ask nothing."),
    ("--passphrase-file", "passphrase_file", "FILE", "The passphrase is in this file (or DSAR_PASSPHRASE)."),
    ("--key-file", "key_file", "FILE", "The key is in this file, mode 0600 (or DSAR_KEY_FILE)."),
)

VALUED = frozenset(flag for flag, _, metavar, _ in _SHARED if metavar)
"""The shared options that take a value."""


def share(command: Any) -> Any:  # noqa: ANN401 - typer's own click
    """The same command, taking the shared options too. In a subcommand's help they are left out, to keep it short."""
    for flag, name, metavar, text in _SHARED:
        command.params.append(_option(flag, name, metavar, text, hidden=command.name != "dsar"))
    for child in getattr(command, "commands", {}).values():
        share(child)
    return command


def _option(flag: str, name: str, metavar: str, text: str, *, hidden: bool) -> TyperOption:
    def keep(ctx: Any, _param: Any, value: Any) -> Any:  # noqa: ANN401 - typer's own click
        if value:
            setattr(ctx.ensure_object(Options), name, value)
        return value

    return TyperOption(
        param_decls=[flag, f"shared_{name}"],
        is_flag=not metavar,
        metavar=metavar or None,
        default=None if metavar else False,
        type=str if metavar else None,
        expose_value=False,
        callback=keep,
        help=text,
        hidden=hidden,
        is_eager=True,
    )
