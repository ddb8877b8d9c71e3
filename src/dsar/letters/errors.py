"""What can be wrong with a letter, a word file or a value on its way into a letter."""

from __future__ import annotations

from dsar.errors import InputError, NotFoundError, StateError


class NoLetterError(NotFoundError):
    """No letter of that kind in that language; `languages` are those that have it."""

    sentence = "There is no letter “{kind}” in “{lang}”; it exists in: {languages}. See `dsar letters list`."


class NoLanguageError(NotFoundError):
    """No folder for that language."""

    sentence = "There are no letters in the language “{lang}”; there are: {languages}."


class NoLettersError(NotFoundError):
    """The shipped letters are not where they should be: a broken installation."""

    sentence = "The letters that come with dsar were not found beside {place}; install dsar again."


class LetterFileError(InputError):
    """A letter, a part or a word file cannot be used as it is."""

    sentence = "{file}: {key}: {problem}; correct the file, then run `dsar letters check`."


class NoWordError(InputError):
    """A word file lacks a key that a letter or the dossier uses."""

    sentence = "{file}: {key}: there is no such entry; add it, then run `dsar letters check`."


class NoValueError(InputError):
    """A word was asked for without a value that stands in it."""

    sentence = "{file}: {key}: the text wants a value {{{value}}} that it does not get; correct the text."


class CitationError(InputError):
    """A citation key that this language cannot write."""

    sentence = (
        "{file}: cite: “{key}” cannot be written in this language; add its source under [cite], or correct the key."
    )


class NoParallelError(InputError):
    """A letter cites what the law of the case does not have."""

    sentence = "“{key}” has no parallel under {regime}: correct `regimes` in the letter, then run `dsar letters check`."


class PrecedentError(InputError):
    """A letter may cite only a decision that stands in the law book and was read at its source."""

    sentence = "The decision “{id}” is not in the law book or was not read at its source; a letter cannot cite it."


class MissingValueError(InputError):
    """A letter cannot do without something that the case does not hold."""

    sentence = "The letter “{kind}” cannot be written yet: {missing} is missing; {hint}."


class HoleError(InputError):
    """A template printed a value that the case does not hold, and did not declare that it needs it."""

    sentence = "{file}: a value is missing in the letter; declare it under `needs`, then run `dsar letters check`."


class TooEarlyError(StateError):
    """The letter would assert what may not be asserted on its day."""

    sentence = (
        "The letter “{kind}” asserts {what}, and on {today} nothing allows it; `dsar why` and `dsar show` say when."
    )


class DraftError(InputError):
    """The edited draft cannot be taken back; the draft as it was is kept."""

    sentence = "The edited draft was not taken: {problem}."
