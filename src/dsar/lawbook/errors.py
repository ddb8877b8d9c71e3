"""What can go wrong with the law book: a broken file, a place without a calendar, a controller not found."""

from __future__ import annotations

from dsar.errors import InputError, NotFoundError, UsageError


class LawFileError(InputError):
    """A file of the law book breaks its own rules. `key` is the path inside the file, such as `term[3].period`."""

    sentence = "{file}: {key}: {problem}; correct the file, or install dsar again."


class NotTomlError(InputError):
    """A file of the law book cannot be read at all."""

    sentence = "{file}: {problem}; correct the file, or install dsar again."


class UnknownCountryError(UsageError):
    """No public holidays are known for that country."""

    sentence = "No public holidays are known for the country {country!r}: give its two-letter code, such as FR."


class UnknownSubdivisionError(UsageError):
    """The country has no such subdivision with holidays of its own."""

    sentence = "{country} has no region {subdivision!r} with holidays of its own: {known}."


class UnknownControllerError(NotFoundError):
    """Nothing in the directory matches."""

    sentence = (
        "No controller of the directory matches {text!r}: try a shorter text with `dsar controllers search`, "
        "or give --name, --email, --address and --country."
    )


class AmbiguousControllerError(UsageError):
    """Several controllers match equally well."""

    sentence = "Several controllers match {text!r}: {candidates}; name one of these ids."
