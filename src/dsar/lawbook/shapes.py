"""One TOML table -> one frozen dataclass, strictly: nothing is converted, nothing unknown is let through.

cattrs alone would turn 3 into "3", "no" into True and a word into a tuple of its letters; the hooks here refuse.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import TYPE_CHECKING, Any, Literal, TypeVar, get_args, get_origin

from dsar.core.law import Period
from dsar.core.parties import Address
from dsar.lawbook.records import CalendarDay

if TYPE_CHECKING:
    from cattrs import Converter

T = TypeVar("T")


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """Something wrong in a file of the law book: where, and what."""

    file: str
    key: str
    words: str

    def __str__(self) -> str:
        """As an error prints it."""
        return f"{self.file}: {self.key}: {self.words}"


class _WrongKindError(ValueError):
    """A value of another kind than the record wants."""


def structure(raw: object, kind: type[T], *, file: str, key: str) -> T | tuple[Problem, ...]:
    """The record that `raw` holds, or every problem found in it."""
    from cattrs import BaseValidationError, transform_error  # noqa: PLC0415 - heavy, loaded on use

    try:
        return _converter().structure(_table(raw), kind)
    except BaseValidationError as error:
        lines = transform_error(error, key, _words)
    except _WrongKindError as error:
        lines = [f"{error} @ {key}"]
    pairs = (line.rsplit(" @ ", 1) for line in lines)
    # a file that is one record has no key of its own: its fields begin with a dot
    return tuple(Problem(file=file, key=place.removeprefix("."), words=words) for words, place in pairs)


def _words(error: BaseException, _kind: type | None) -> str:
    from cattrs import ForbiddenExtraKeysError  # noqa: PLC0415 - heavy, loaded on use

    match error:
        case _WrongKindError():
            return str(error)
        case ForbiddenExtraKeysError():
            return f"unknown key {', '.join(sorted(error.extra_fields))}"
        case KeyError():
            return "is missing"
        case _:
            return f"cannot be read ({error})"


def _exactly(kind: type, words: str) -> Callable[[object, object], object]:
    def hook(value: object, _: object) -> object:
        # `type`, not isinstance: a bool is an int, and a datetime is a date
        if type(value) is not kind:
            raise _WrongKindError(f"must be {words}, not {value!r}")
        return value

    return hook


def _is_literal(kind: object) -> bool:
    return get_origin(kind) == Literal


def _literal(value: object, kind: Any) -> object:  # noqa: ANN401 - typing's own special form
    words = get_args(kind)
    if value not in words:
        known = ", ".join(word for word in words if word) + (", or empty" if "" in words else "")
        raise _WrongKindError(f"must be one of {known}, not {value!r}")
    return value


def _is_literals(kind: object) -> bool:
    return get_origin(kind) is tuple and _is_literal(get_args(kind)[0])


def _literals(value: object, kind: Any) -> object:  # noqa: ANN401 - typing's own special form
    if not isinstance(value, list):
        raise _WrongKindError(f"must be a list of texts, not {value!r}")
    return tuple(_literal(item, get_args(kind)[0]) for item in value)


def _or_unknown(value: object, _: object) -> object:
    # a bool that a record may leave out: TOML has no null, so that its absence is the only None
    if type(value) is not bool:
        raise _WrongKindError(f"must be true or false, not {value!r}")
    return value


def _texts(value: object, _: object) -> tuple[str, ...]:
    if not isinstance(value, list) or not all(isinstance(item, str) for item in value):
        raise _WrongKindError(f"must be a list of texts, not {value!r}")
    return tuple(value)


def _by_language(value: object, _: object) -> Mapping[str, str]:
    if not isinstance(value, dict) or not all(isinstance(text, str) for text in value.values()):
        raise _WrongKindError(f"must be a text for each language, not {value!r}")
    return value


def _table(value: object) -> object:
    if not isinstance(value, dict):
        raise _WrongKindError(f"must be a table, not {value!r}")
    return value


def _inner(hook: Callable[[Any, Any], Any]) -> Callable[[object, object], object]:
    return lambda value, kind: hook(_table(value), kind)


@cache
def _converter() -> Converter:
    from cattrs import Converter  # noqa: PLC0415 - heavy, loaded on use

    converter = Converter(forbid_extra_keys=True, detailed_validation=True)
    for kind, words in ((str, "a text"), (bool, "true or false"), (int, "a whole number"), (date, "a date")):
        converter.register_structure_hook(kind, _exactly(kind, words))
    converter.register_structure_hook_func(_is_literal, _literal)
    converter.register_structure_hook_func(_is_literals, _literals)
    converter.register_structure_hook_func(lambda kind: kind == bool | None, _or_unknown)
    converter.register_structure_hook_func(lambda kind: kind == tuple[str, ...], _texts)
    converter.register_structure_hook_func(lambda kind: kind == Mapping[str, str], _by_language)

    for nested in (Period, Address, CalendarDay):
        converter.register_structure_hook(nested, _inner(converter.get_structure_hook(nested)))

    def period(value: object, _: object) -> Period | None:
        # TOML has no null: "none" is written out, so that a forgotten period is an error and not a case without end
        return None if value == "none" else converter.structure(value, Period)

    converter.register_structure_hook_func(lambda kind: kind == Period | None, period)
    return converter
