"""What can go wrong where many complain together, each in one sentence."""

from __future__ import annotations

from dsar.errors import ConflictError, NotFoundError, StateError, UsageError


class NoCampaignCasesError(NotFoundError):
    """No case was opened for the campaign."""

    sentence = "No case of campaign “{id}” is in this vault: `dsar campaign list` shows the campaigns and their cases."


class WhichControllerError(UsageError):
    """A collective complaint is against one controller."""

    sentence = "The campaign is against several controllers, a complaint against one: add --controller, one of {known}."


class UnknownControllerError(NotFoundError):
    """The campaign has no case against that controller."""

    sentence = "The campaign has no case against “{name}”: it is against {known}."


class WhichAuthorityError(UsageError):
    """Several authorities are competent, each for some of the people."""

    sentence = (
        "Several authorities are competent, with so many complainants each: {counts}. Choose one with --authority ID, "
        "or --authority each for one dossier apiece."
    )


class NobodyToComplainError(StateError):
    """No complaint of several people can be lodged today."""

    sentence = (
        "No two people of campaign {campaign} can complain together on {today} ({why}): `dsar dossier --campaign "
        "{campaign} --check` says what stands in the way of each."
    )


class NotSentError(StateError):
    """Nobody can complain of a request that did not leave."""

    sentence = "The request of case {ref} is not recorded as sent: `dsar sent {ref}` records it."


class NotOneOfThemError(NotFoundError):
    """The person is not among the complainants."""

    sentence = "“{id}” is not among the complainants of this dossier: --for takes the id of a person, a name or a case."


class SeveralSoCalledError(UsageError):
    """A name that several complainants have."""

    sentence = "{count} complainants are called “{name}”: --for takes the id of one of them, {ids}."


class LodgedAlreadyError(StateError):
    """Numbers that an authority has read are not given anew."""

    sentence = (
        "The complaint {id} was lodged on {on}, and the numbers in it are final: build the dossier without --renumber; "
        "what is new comes at the end."
    )


class NotBuiltError(StateError):
    """A complaint is recorded that was never built."""

    sentence = (
        "No dossier of campaign {campaign} was built for {authority} by {on}{known}: build it first with `dsar dossier "
        "--campaign {campaign} --authority {authority} --out DIR`, so that it is certain who is in it."
    )


class NothingToLodgeError(StateError):
    """All of them were recorded before."""

    sentence = "The complaint of all {count} complainants of campaign {campaign} with {authority} is recorded already."


class UnknownProofError(UsageError):
    """A document of another kind."""

    sentence = "“{name}” is no proof of a body's constitution: say --as {known}."


class ErasedMeanwhileError(ConflictError):
    """Somebody who is in the files that were just written was erased."""

    sentence = "While the dossier was built, {refs} was erased: delete the files that were written, and build it again."


class NumberedMeanwhileError(ConflictError):
    """Another case worker built the same complaint at the same time."""

    sentence = (
        "Somebody else numbered the complaint {id} meanwhile, and this dossier has other numbers: build it again."
    )
