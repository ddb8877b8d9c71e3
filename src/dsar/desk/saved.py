"""Saved views of the agenda: a name for which cases one wants to see."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from dsar.desk.agenda import chosen, given
from dsar.errors import NotFoundError, UsageError

if TYPE_CHECKING:
    from collections.abc import Mapping

    from dsar.desk.office import Desk

VIEW = "agenda-view"
_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,39}")


class NoViewError(NotFoundError):
    """No view of that name."""

    sentence = "There is no saved view {name}: `dsar agenda --views` lists them."


class ViewNameError(UsageError):
    """A name that could not be typed again."""

    sentence = "A view is named with letters, digits, dots, hyphens and underscores, 40 at most: not “{name}”."


class EmptyViewError(UsageError):
    """A view that chooses nothing."""

    sentence = "Say which cases the view {name} is to show, with --owner, --campaign, --who, --overdue or the like."


def save(desk: Desk, name: str, said: Mapping[str, Any]) -> None:
    """Keep a view, in place of the one of that name.

    Raises:
        ViewNameError, EmptyViewError: no name, or nothing chosen.
        UnknownItemError: see `chosen`.
    """
    if not _NAME.fullmatch(name):
        raise ViewNameError(name=name)
    kept = given(said)
    if not kept:
        raise EmptyViewError(name=name)
    chosen(desk, kept)
    desk.vault.put_record(VIEW, name, {"said": kept})


def load(desk: Desk, name: str) -> dict[str, Any]:
    """What a view chooses.

    Raises:
        NoViewError: there is none of that name.
    """
    found = desk.vault.record(VIEW, name)
    if found is None:
        raise NoViewError(name=name)
    said = found["said"]
    return dict(said) if isinstance(said, dict) else {}


def views(desk: Desk) -> dict[str, dict[str, Any]]:
    """All views by name."""
    return {name: load(desk, name) for name in desk.vault.records(VIEW)}


def drop(desk: Desk, name: str) -> None:
    """Forget a view.

    Raises:
        NoViewError: there is none of that name.
    """
    load(desk, name)
    desk.vault.drop_record(VIEW, name)
