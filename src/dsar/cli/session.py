"""Opening the vault for a command: which file, which key, which day, and in whose name."""

from __future__ import annotations

import getpass
import os
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from dsar import clock
from dsar.cli.out import can_ask
from dsar.errors import LockedError, NotFoundError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from dsar.cli.options import Options
    from dsar.desk.office import Desk
    from dsar.vault.keys import NewSource
    from dsar.vault.vault import Vault


class NoPassphraseFileError(NotFoundError):
    """The file that should hold the passphrase cannot be read."""

    sentence = "The passphrase file {path} cannot be read: check --passphrase-file."


class NoLetterFolderError(NotFoundError):
    """A folder of letters that was named does not exist."""

    sentence = "There is no folder of letters {path}: check DSAR_LETTERS or --letters."


def today(options: Options) -> date:
    """The day to reason from."""
    if not options.day:
        return clock.today()
    from dsar.desk.dates import day  # noqa: PLC0415 - only where a day was given

    return day(options.day)


def given_key(options: Options) -> NewSource | None:
    """A way in that was given on the command line or in the environment: it wins over the keyring."""
    from dsar.vault.keys import KeyFileSlot, PassphraseSlot  # noqa: PLC0415 - only commands that open a vault

    if "DSAR_PASSPHRASE" in os.environ:
        return PassphraseSlot(os.environ["DSAR_PASSPHRASE"])
    if options.passphrase_file:
        path = Path(options.passphrase_file).expanduser()
        try:
            return PassphraseSlot(path.read_text(encoding="utf-8").rstrip("\r\n"))
        except (OSError, UnicodeDecodeError) as error:
            raise NoPassphraseFileError(path=path) from error
    if options.keys:
        return KeyFileSlot(Path(options.keys).expanduser())
    return None


def open_vault(options: Options) -> Vault:
    """The user's vault: by the key that was given, else by the keyring, else by a passphrase that is asked for."""
    from dsar.vault.keys import KeyringSlot, PassphraseSlot  # noqa: PLC0415 - only commands that open a vault
    from dsar.vault.vault import Vault  # noqa: PLC0415 - as above

    path = options.vault_path
    given = given_key(options)
    if given is not None:
        return Vault.open(path, given)
    try:
        return Vault.open(path, KeyringSlot())
    except LockedError:
        if options.yes or options.json or not can_ask():
            raise
    return Vault.open(path, PassphraseSlot(getpass.getpass("Passphrase of the vault: ")))


@contextmanager
def at_desk(options: Options) -> Iterator[Desk]:
    """The desk with the user's vault open; it is closed again, whatever happens."""
    with open_vault(options) as vault:
        yield desk_for(options, vault)


@contextmanager
def perhaps_at_desk(options: Options) -> Iterator[Desk | None]:
    """The desk if there is a vault that opens without a question; what was given and is wrong is still an error."""
    if not options.vault_path.exists():
        yield None
        return
    from dsar.vault.keys import KeyringSlot  # noqa: PLC0415 - only commands that open a vault
    from dsar.vault.vault import Vault  # noqa: PLC0415 - as above

    given = given_key(options)
    try:
        vault = Vault.open(options.vault_path, given or KeyringSlot())
    except LockedError:
        if given is not None:
            raise
        yield None
        return
    with vault:
        yield desk_for(options, vault)


def desk_for(options: Options, vault: Vault) -> Desk:
    """A desk on an open vault."""
    from dsar.desk.office import Desk  # noqa: PLC0415 - only commands that open a vault
    from dsar.letters.place import roots  # noqa: PLC0415 - as above

    said = vault.record("setting", "banner")
    day = today(options)
    return Desk(
        vault=vault,
        today=day,
        now=clock.now(),
        by=os.environ.get("DSAR_USER") or _user(),
        letters=roots(*own_letters()),
        banner=str(said["text"]) if said else "",
    )


def own_letters() -> tuple[Path, ...]:
    """The folders of letters that win over the shipped ones: `DSAR_LETTERS`, else the user's `letters`.

    `DSAR_LETTERS` may name several, as `PATH` does: one's own first, then that of one's organisation.

    Raises:
        NoLetterFolderError: one that was named does not exist.
    """
    said = os.environ.get("DSAR_LETTERS", "")
    if not said:
        from platformdirs import user_config_path  # noqa: PLC0415 - only where nothing was said

        usual = user_config_path("dsar", appauthor=False) / "letters"
        return (usual,) if usual.is_dir() else ()
    found = tuple(Path(one).expanduser() for one in said.split(os.pathsep) if one)
    for folder in found:
        if not folder.is_dir():
            raise NoLetterFolderError(path=folder)
    return found


def _user() -> str:
    try:
        return getpass.getuser()
    except (KeyError, OSError):  # no user database, as in some containers
        return "unknown"
