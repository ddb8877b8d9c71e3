"""What can go wrong with the directory: nobody found, several found, a file that cannot be used, no network."""

from __future__ import annotations

from dsar.errors import InputError, NetworkError, NotFoundError, StateError, UsageError


class UnknownControllerError(NotFoundError):
    """Nothing in the directory matches."""

    sentence = (
        "No controller of the directory matches {text!r}: try a shorter text with `dsar controllers search`, "
        "or give --name, --email, --address and --country."
    )


class AmbiguousControllerError(UsageError):
    """Several controllers match equally well."""

    sentence = "Several controllers match {text!r}: {candidates}; name one of these ids."


class UnsureControllerError(UsageError):
    """A text that no record has exactly so: a person must say who is meant."""

    sentence = "No controller is called exactly {text!r}; perhaps {candidates}: name one of these ids."


class ObsoleteControllerError(StateError):
    """Nobody writes to a record that is out of use."""

    sentence = (
        "The record “{id}” is out of use ({why}) and names no successor: find out who answers for it now, and give "
        "--name, --email, --address and --country."
    )


class NotADirectoryFileError(InputError):
    """The imported directory cannot be read."""

    sentence = "The imported directory {path} cannot be read ({why}): import it again with `dsar controllers update`."


class NoArchiveError(InputError):
    """Neither an archive nor a checkout of the public directory."""

    sentence = (
        "“{path}” cannot be imported ({why}): give the ZIP of github.com/datenanfragen/data, or a checkout of it."
    )


class NothingImportedError(InputError):
    """Every record was refused."""

    sentence = "Nothing of “{path}” can be imported ({first}): the directory stays as it was."


class DownloadError(NetworkError):
    """The public directory could not be downloaded."""

    sentence = "{url} cannot be downloaded ({why}): the directory stays as it was; try again later, or import a file."


class BadDownloadAddressError(UsageError):
    """An address that nothing is downloaded from."""

    sentence = "Nothing is downloaded from {url}: only from https addresses."


class TooLargeError(InputError):
    """More bytes than any directory has."""

    sentence = "{what} is larger than {limit} bytes: the directory stays as it was."
