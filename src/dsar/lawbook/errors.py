"""What can go wrong with the law book: a broken file, a place without a calendar."""

from __future__ import annotations

from dsar.errors import InputError, UsageError


class LawFileError(InputError):
    """A file of the law book breaks its own rules. `key` is the path inside the file, such as `term[3].period`."""

    sentence = "{file}: {key}: {problem}; correct the file, or install dsar again."


class NotTomlError(InputError):
    """A file of the law book cannot be read at all."""

    sentence = "{file}: {problem}; correct the file, or install dsar again."


class UsersHolidaysError(InputError):
    """The user's own list of holidays breaks its rules; `problem` begins with the path inside the file."""

    sentence = "{file}: {problem}; correct your list of holidays, or take it away (DSAR_HOLIDAYS names it)."


class UnknownCountryError(UsageError):
    """No public holidays are known for that country."""

    sentence = "No public holidays are known for the country {country!r}: give its two-letter code, such as FR."


class UnknownSubdivisionError(UsageError):
    """The country has no such subdivision with holidays of its own."""

    sentence = "{country} has no region {subdivision!r} with holidays of its own: {known}."
