"""Questions: asked only of somebody who can answer; otherwise a missing value is an error that names its option."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import typer

from dsar.cli.out import can_ask, clean
from dsar.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import date

    from dsar.cli.options import Options


class MissingError(UsageError):
    """A value is needed and nobody can be asked."""

    sentence = "Missing: {what}. Add {option}."


class NotConfirmedError(UsageError):
    """The user said no."""

    sentence = "Nothing was done."


def need(options: Options, value: str | None, what: str, option: str, default: str = "") -> str:
    """A value that a command cannot do without: as given, else asked for.

    Raises:
        MissingError: nothing was given, and there is nobody to ask.
    """
    if value:
        return value
    if options.yes or options.json or not can_ask():
        raise MissingError(what=what, option=option)
    return str(typer.prompt(clean(what), default=default or None, err=True))


def choose(options: Options, value: str | None, what: str, option: str, choices: Sequence[str]) -> str:
    """One of several, whatever its case: as given (checked), else asked for.

    Raises:
        MissingError: nothing, or nothing that is among the choices, and there is nobody to ask.
    """
    known = {choice.casefold(): choice for choice in choices}
    if value:
        if value.casefold() not in known:
            raise MissingError(what=f"one of {', '.join(choices)} (not “{clean(value)}”)", option=option)
        return known[value.casefold()]
    while True:
        said = need(options, None, f"{what} ({', '.join(choices)})", option).strip().casefold()
        if said in known:
            return known[said]
        typer.echo(f"Please write one of {', '.join(choices)}.", err=True)


def checked(options: Options, value: str | None, what: str, option: str, read: Callable[[str], str]) -> str:
    """A value that `read` accepts: as given, else asked for until it does, so that no other answer is lost.

    Raises:
        MissingError: nothing was given, and there is nobody to ask.
        UsageError: what was given is refused by `read`, in its words.
    """
    if value:
        return read(value)
    while True:
        said = need(options, None, what, option)
        try:
            return read(said)
        except UsageError as error:
            typer.echo(clean(error), err=True)


def day(options: Options, value: str | None, what: str, today: date) -> date:
    """A date: as given, else asked for with today as default.

    Raises:
        BadDateError: it is no date.
    """
    from dsar.desk.dates import day as parse  # noqa: PLC0415 - only where a date is needed

    return parse(need(options, value, what, "--on DATE", default=today.isoformat()))


def confirm(options: Options, what: str) -> None:
    """Go on only if the user agrees.

    Raises:
        MissingError: there is nobody to ask, and `--yes` was not given.
        NotConfirmedError: the answer was no.
    """
    if options.yes:
        return
    if options.json or not can_ask():
        raise MissingError(what="your consent", option="--yes")
    if not typer.confirm(clean(what), err=True):
        raise NotConfirmedError


def after_ref(said: Sequence[str], *names: str) -> tuple[str | None, list[str]]:
    """The case and the other arguments of a command whose case may be left out, because there is only one.

    Raises:
        MissingError: too few arguments, or too many.
    """
    if not len(names) <= len(said) <= len(names) + 1:
        raise MissingError(what=f"[REF] {' '.join(names)}, and nothing else", option="quotes around text with spaces")
    case = said[0] if len(said) > len(names) else None
    return case, list(said[-len(names) :])


def number(text: str, what: str) -> int:
    """The number of an entry.

    Raises:
        MissingError: it is none.
    """
    if not (text.isascii() and text.isdigit()):
        raise MissingError(what=f"{what} (not “{clean(text)}”)", option="its number, as `dsar show` lists it")
    return int(text)


def ref_and_file(said: Sequence[str]) -> tuple[str | None, Path | None]:
    """The case and the file of a command that may leave out either.

    One argument alone is a file if there is such a file or it looks like one; else it is the case.

    Raises:
        MissingError: more than two arguments.
        NoFileError: there is no such file.
    """
    from dsar.cli.files import NoFileError  # noqa: PLC0415 - one class

    if len(said) > 2:  # noqa: PLR2004 - a case and a file
        raise MissingError(what="at most a case and a file", option="quotes around names with spaces")
    if len(said) == 2:  # noqa: PLR2004 - as above
        ref, path = said[0], Path(said[1])
    elif said and (Path(said[0]).exists() or Path(said[0]).suffix):
        ref, path = None, Path(said[0])
    else:
        return (said[0] if said else None), None
    if not path.exists():
        raise NoFileError(path=path)
    return ref, path
