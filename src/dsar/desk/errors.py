"""What can go wrong at the desk, each in one sentence."""

from __future__ import annotations

from dsar.errors import InputError, NotFoundError, StateError, UsageError


class NoCaseError(NotFoundError):
    """The reference names no case."""

    sentence = "No case “{ref}” in this vault: `dsar agenda` lists them, `dsar request` opens one."


class NoCaseYetError(NotFoundError):
    """No case was opened in this vault."""

    sentence = "There is no case yet: `dsar request` opens one."


class SeveralCasesError(UsageError):
    """The reference names more than one case."""

    sentence = "“{ref}” fits several cases ({matches}): give more of the reference."


class WhichCaseError(UsageError):
    """No reference was given and there are several cases."""

    sentence = "There are {count} cases: say which one (`dsar agenda` lists them)."


class FutureDateError(InputError):
    """Something that is said to have happened lies ahead."""

    sentence = "{on} lies after {today}: a fact can be recorded only once it has happened."


class BadDateError(UsageError):
    """A text is no date."""

    sentence = "“{text}” is not a date: write it as YYYY-MM-DD, like 2026-03-05."


class NoSuchDayError(BadDateError):
    """A date that is written as it should be, and that no calendar has."""

    sentence = "There is no day “{text}”: look up which one is meant."


class FarDateError(UsageError):
    """A day so far away that it was mistyped."""

    sentence = "“{text}” is too far away: give a day from the years {first} to {last}."


class NoEntryError(NotFoundError):
    """No entry of that kind has this number."""

    sentence = "Case {ref} has no {what} with the number {n}: `dsar show {ref}` lists the entries."


class NothingToDoError(StateError):
    """The command speaks of something the case does not have yet."""

    sentence = "Case {ref} has no {what} yet: {mend}."


class NotJudgedError(StateError):
    """An accusing letter cannot be written on facts that look odd."""

    sentence = (
        "Entry {n} of case {ref} looks odd ({why}): correct it with `dsar correct {ref} {n}`, or confirm it with "
        "`dsar confirm {ref} {n} --because TEXT`, before a letter accuses anybody."
    )


class NothingToAllegeError(StateError):
    """The letter accuses, and on that day the facts show no breach that may be asserted."""

    sentence = (
        "On {today} no breach may be alleged in case {ref}, so the letter “{kind}” cannot be written yet: `dsar why "
        "{ref}` says when, `dsar next {ref}` what can be done before."
    )


class NoMandateError(StateError):
    """Somebody acts for another person without a signed mandate that holds on that day."""

    sentence = (
        "The mandate {id} does not hold on {today} ({why}): file the signed one with `dsar mandate signed {id} FILE "
        "--on DATE`."
    )


class NewMandateError(NoMandateError):
    """The mandate has ended, or never covered it: no signature mends that."""

    sentence = (
        "The mandate {id} does not hold on {today} ({why}), and filing it again does not mend that: draft a new one "
        "with `dsar mandate new --for {subject} --controller NAME`."
    )


class EmptyFileError(InputError):
    """A file without content proves nothing."""

    sentence = "The file “{name}” is empty: nothing was recorded."


class NotAMailError(InputError):
    """A file called .eml is no mail."""

    sentence = "The file “{name}” is not a mail (no header such as From, To or Date): save the original message again."


class MissingFileError(NotFoundError):
    """There is no such file."""

    sentence = "There is no file “{name}”: nothing was recorded."


class UnreadableFileError(InputError):
    """A file cannot be opened."""

    sentence = "The file “{name}” cannot be read ({why}): nothing was recorded."


class NoDateError(UsageError):
    """Neither the command nor the file says when."""

    sentence = "When did it happen? Add --on DATE: “{name}” has no date that could be read."


class UnknownItemError(UsageError):
    """A name is not one of those that the command knows."""

    sentence = "“{name}” is not known here: choose among {known}."


class UnknownAuthorityError(UsageError):
    """No authority of that id."""

    sentence = "There is no authority “{name}”: did you mean {near}? `dsar authorities list` shows them all."


class NoRequestDataError(UsageError):
    """A controller of one's own lacks what a letter needs."""

    sentence = "A controller of one's own needs {what}: give --name, --country, and --email or --address."


class ClosedCaseError(StateError):
    """The case is closed."""

    sentence = "Case {ref} is closed: nothing more can be issued in it."


class CorrectionError(UsageError):
    """A correction that makes no sense."""

    sentence = "Entry {n} cannot be corrected so: {why}."


class NoPersonError(NotFoundError):
    """No such data subject."""

    sentence = "No data subject “{id}”: `dsar subject list` shows who is known, `dsar subject add` adds somebody."


class NoSuchMandateError(NotFoundError):
    """No such mandate."""

    sentence = "No mandate “{id}”: `dsar mandate list` shows them."


class NotSetUpError(StateError):
    """The vault does not know yet who uses it."""

    sentence = "This vault does not know who you are: run `dsar init` again."


class BadNameError(UsageError):
    """A name without a printable character."""

    sentence = "A person needs a name that can be printed: give one with --name."


class BadEmailError(UsageError):
    """A text is no e-mail address."""

    sentence = "“{text}” is not an e-mail address: write it like name@mail.example, with one @ and no spaces."


class SeveralPeopleError(UsageError):
    """Several data subjects have that name."""

    sentence = "Several people are called “{name}”: name one by its id ({ids})."


class PastDayError(UsageError):
    """A day to come was asked for, and it lies behind."""

    sentence = "{day} is not after today ({today}): choose a day to come with {option}."


class LodgedError(StateError):
    """That complaint is in the log already."""

    sentence = (
        "A complaint with {authority} is already recorded in case {ref} (entry {n}, of {on}): record what they did "
        "with `dsar authority {ref}`, or mend the entry with `dsar correct {ref} {n}`."
    )


class AlreadyClosedError(StateError):
    """The case was closed before."""

    sentence = (
        "Case {ref} was closed on {on} ({outcome}): to open it again, withdraw that entry with `dsar correct {ref} {n} "
        "--withdraw --because TEXT`."
    )


class WholeReferenceError(UsageError):
    """Something that cannot be undone, with a reference cut short, and nobody is asked."""

    sentence = "Nothing was erased: with --yes the whole reference is needed, here {ref}."


class NoHolidaysError(UsageError):
    """The calculator knows no public holidays of that country."""

    sentence = "{said} To count weekends only, add --holidays none."


class MandateNeededError(StateError):
    """A request for somebody else, without a mandate."""

    sentence = (
        "A request for {name} needs a signed mandate: draft one with `dsar mandate new --for {id}`, file it with "
        "`dsar mandate signed`, then add --mandate ID."
    )


class WrongMandateError(StateError):
    """The mandate is for somebody else, or against somebody else."""

    sentence = "The mandate {id} is from “{subject}” and concerns {controller}: it does not cover this request."


class NoComplaintError(StateError):
    """A dossier needs an addressee."""

    sentence = (
        "To which authority? Add --authority ID{advice} (`dsar authorities find` gives the reasons), or draft the "
        "complaint first with `dsar letter complaint {ref} --authority ID`."
    )


class BadEventError(UsageError):
    """An event of the calculator that cannot be read."""

    sentence = "The event “{text}” cannot be used: {why}."


class NoRegimeError(UsageError):
    """The regime was not law on that day."""

    sentence = "{regime} was not in force on {on}; it applies {when}: choose another regime or another day."


class TermNotLawError(UsageError):
    """The term was not law on that day."""

    sentence = "The term “{name}” is law only from {start} on, not on {on}: choose another term or another day."


class RegionAloneError(UsageError):
    """A region was given without its country."""

    sentence = "The region {subdivision!r} needs its country: add --country CC."


class NoTermDaysError(UsageError):
    """A number of days is missing, or was given where the law sets it."""

    sentence = "--days is for terms whose length is set in the case, such as a formal notice; check it for “{name}”."


class PresumptionError(UsageError):
    """A rule under which a delivery is presumed does not fit this sending."""

    sentence = "The rule “{rule}” cannot be used for sending {n}: {why} (`dsar law presumptions` lists the rules)."


class NoStatusError(UsageError):
    """A remark on an item that nobody has judged."""

    sentence = "What did “{name}” get? Say it too: --set {name}=given, generic, pointed, missing, refused or na."
