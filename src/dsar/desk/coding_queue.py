"""Which case to code next, for whom; the sample that is coded twice; how far the coding of a campaign has come."""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING

from dsar.desk.coding import BEGUN, codings
from dsar.desk.coding_scheme import whole
from dsar.errors import UsageError
from dsar.study.scheme_values import folded

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from dsar.core.coding import Coding
    from dsar.desk.office import Desk

_SHARE = re.compile(r"(\d{1,3})(?:\.(\d{1,4}))?\s*%")
_SPACE = 2**64


class BadShareError(UsageError):
    """A share that is none."""

    sentence = "“{text}” is no share: write it in percent, above 0 and up to 100, as --share 20%."


class NotInSampleError(UsageError):
    """A second coder names a case that is not coded twice."""

    sentence = (
        "Case {ref} is not in the sample of {share}: `dsar code --second --share {share}` gives the cases that are, "
        "and without --second any case can be coded."
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Coder:
    """How far one coder has come: cases coded, begun only, and coded before the log went on."""

    name: str
    coded: int
    begun: int
    outdated: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Progress:
    """How far the coding has come: of `cases`, by how many coders, with which scheme, and what is settled.

    `differing` have two codings that differ and were not settled; `older` were coded with an earlier scheme than
    `scheme`: what was added to it since is open in them.
    """

    cases: int
    coded: int
    twice: int
    differing: int
    settled: int
    older: int
    scheme: str
    coders: tuple[Coder, ...]


def refs_of(desk: Desk, campaign: str = "") -> tuple[str, ...]:
    """The cases of a campaign, or all there are, in the order in which they are coded.

    Raises:
        NoCampaignError: there is no such campaign.
    """
    if not campaign:
        return desk.vault.cases()
    return tuple(ref for ref, _ in lengths(desk, campaign))


def lengths(desk: Desk, campaign: str = "") -> tuple[tuple[str, int], ...]:
    """The cases of a campaign with the number of entries in their logs."""
    from dsar.desk.campaigning import campaign as planned  # noqa: PLC0415 - only where cases are counted
    from dsar.desk.counting import case_facts  # noqa: PLC0415 - as above

    if campaign:
        campaign = planned(desk, campaign).id
    return tuple((facts.ref, facts.length) for facts in case_facts(desk, campaign))


def share_of(text: str) -> Fraction:
    """A share as it is written: `20%`.

    Raises:
        BadShareError: it is none.
    """
    found = _SHARE.fullmatch(text.strip())
    share = Fraction(f"{found[1]}.{found[2] or 0}") / 100 if found else Fraction(0)
    if not 0 < share <= 1:
        raise BadShareError(text=text)
    return share


def sample(refs: Iterable[str], share: Fraction) -> tuple[str, ...]:
    """The cases that are coded twice: drawn by a hash of their reference, so that everybody draws the same.

    Whether a case is in it depends on no other one: the sample only grows when cases are added. It has one at least.
    """
    drawn = sorted((_lot(ref), ref) for ref in refs)
    limit = share * _SPACE
    return tuple(ref for place, (lot, ref) in enumerate(drawn) if lot < limit or place == 0)


def refuse_outside(desk: Desk, ref: str, campaign: str, share: Fraction) -> None:
    """Refuse a case that a second coder does not code.

    Raises:
        NotInSampleError: it is not in the sample of the campaign, or of all cases.
    """
    if ref not in sample(refs_of(desk, campaign), share):
        raise NotInSampleError(ref=ref, share=f"{float(share * 100):g}%")


def _lot(ref: str) -> int:
    return int.from_bytes(hashlib.sha256(f"second coder {ref}".encode()).digest()[:8])


def queue(
    desk: Desk, coder: str, campaign: str = "", *, second: bool = False, share: Fraction = Fraction(1)
) -> tuple[str, ...]:
    """The cases that this coder has not coded; as a second coder, those of the sample that somebody else has coded."""
    refs = refs_of(desk, campaign)
    known = codings(desk, refs)
    own = {ref for ref, several in known.items() if any(one.coder == coder and not one.resolves for one in several)}
    if not second:
        return tuple(ref for ref in refs if ref not in own)
    return tuple(ref for ref in sample(refs, share) if ref in known and ref not in own)


def progress(desk: Desk, campaign: str = "") -> Progress:
    """How far the coding of a campaign has come, or of all cases."""
    now = dict(lengths(desk, campaign))
    known = codings(desk, now)
    scheme = whole(desk).version
    coded, outdated, begun = Counter[str](), Counter[str](), Counter[str]()
    for several in known.values():
        for one in _independent(several):
            coded[one.coder] += 1
            outdated[one.coder] += one.length < now[one.ref]
    for key in desk.vault.records(BEGUN):
        ref, _, coder = key.partition("/")
        begun[coder] += ref in now
    pairs = [_independent(several)[:2] for several in known.values()]
    twice = [pair for pair in pairs if len(pair) > 1]
    return Progress(
        cases=len(now),
        coded=len(known),
        twice=len(twice),
        differing=sum(
            _differ(*_independent(several)[:2])
            for several in known.values()
            if not several[-1].resolves and len(several) > 1
        ),
        settled=sum(several[-1].resolves for several in known.values()),
        older=sum(any(one.scheme != scheme for one in several) for several in known.values()),
        scheme=scheme,
        coders=tuple(
            Coder(name=name, coded=coded[name], begun=begun[name], outdated=outdated[name])
            for name in sorted({*coded, *(name for name, count in begun.items() if count)})
        ),
    )


def _differ(first: Coding, second: Coding) -> bool:
    one, other = folded(first.values), folded(second.values)
    return any(one[name] != other[name] for name in one if name in other)


def _independent(several: Sequence[Coding]) -> list[Coding]:
    return [one for one in several if not one.resolves]
