"""The dossier as the binder sees it: parts with their words, exhibits with their bytes named, nothing computed later.

The desk fills these from the case; `dsar.paper` lays them out. All text is in `lang` and already final.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Final, Literal

from dsar.core.letter import Letter
from dsar.core.parties import Evidence

Kind = Literal["dossier", "controller", "share", "complainant"]
"""The dossier itself, the copy for the controller, the copy to share, the copy for one complainant of many."""

LEFT_OUT: Final = "application/vnd.dsar.left-out"
"""The media type of what stands in a copy for a file that is not in it: its bytes say nothing."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Listed:
    """A file that is only named: `name` as it came (hostile), `within` the archives that hold it, `size` in bytes.

    `sha256` is empty where it could not be read.
    """

    name: str
    size: int
    media: str
    sha256: str
    within: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Redaction:
    """An area of a page that must not be seen, and why: `exhibit` by its number ("3", "3.1"), `page` of it from 1.

    The edges are in per cent of the page's width and height, from its top left corner.
    """

    exhibit: str
    page: int
    left: float
    top: float
    width: float
    height: float
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Exhibit:
    """One numbered piece. Its number is frozen once a dossier or a letter that names it was issued.

    `entry` is the log entry that brought it; `kind` one of `letter`, `mail`, `file`, `mandate`, `proof`; `parties` the
    finished words for from and to. `evidence` are the bytes in the vault.

    `returned`: it holds personal data that the controller gave out. Its letter is shown, and `inventory` stands for its
    files; they and the untouched bytes stay out, but for the attachments that `shows` names by their number ("7.1").

    `veiled`: in a copy, `evidence` is not what came but stands for it, masked or left out (`LEFT_OUT`): it has no hash
    that means anything, and no original.
    """

    number: int
    entry: int
    kind: str
    title: str
    on: date
    parties: str
    evidence: Evidence
    returned: bool = False
    inventory: tuple[Listed, ...] = ()
    shows: tuple[str, ...] = ()
    veiled: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """A row of a table in the dossier: finished cells, and the exhibits that prove it (their numbers).

    `annex` is the number of the annex that it sums up, where there is one.
    """

    cells: tuple[str, ...]
    exhibits: tuple[int, ...] = ()
    annex: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """A table: headings, relative column widths, rows. The last column, added by the layout, links the exhibits."""

    heads: tuple[str, ...]
    widths: tuple[float, ...]
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Paragraph:
    """Plain text (never markup), with the exhibits that prove it."""

    text: str
    exhibits: tuple[int, ...] = ()
    strong: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Frozen:
    """A letter as it was issued: the pages of its stored PDF, which are never laid out again."""

    evidence: Evidence


Block = Paragraph | Table | Letter | Frozen


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """A part of the dossier: starts on a new page, has a bookmark. `id` is stable and language-free.

    `wide`: its pages are wider than high.
    """

    id: str
    title: str
    blocks: tuple[Block, ...]
    wide: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Annex:
    """Pages of our own about one complainant of many, bound in front of exhibit `before` (0: behind all of them).

    `number` is that of the complainant. The layout calls it "Annex 12".
    """

    number: int
    title: str
    blocks: tuple[Paragraph | Table, ...]
    before: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Cover:
    """The first page: what this is, for whom, between whom, about what, and (label, value) lines of reference."""

    heading: str
    subheading: str
    lines: tuple[tuple[str, str], ...]
    summary: tuple[str, ...]
    summary_heading: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Dossier:
    """Everything a binder needs.

    `words` are the labels of the layout, by key: `exhibit` ("Pièce n° {n}"), `exhibits`, `index`, `page` ("Page {n} /
    {total}"), `number`, `title`, `date`, `parties`, `pages`, `hash`, `from`, `to`, `cc`, `subject`, `sent`,
    `message_id`, `attachments`, `no_text`, `not_shown` ("{name}: {reason}"), `unreadable`, `encrypted`, `empty`,
    `unsupported`, `proof`, `original`, `copy`, `form`.

    And `too_large`, `withheld` (a reason not to show a file), `redacted` (a caption), `folded` ("{n} quoted lines"),
    `inventory` (the files of an answer that stay out), `part` ("Part {n} of {total}"), `parts`, `part_of` (why there
    are several), `readme` (the text in the archive, with {pdf}, {ref} and {program}).

    Each label is a str.format template where it takes values. `days` maps each ISO date that the binder prints (those
    of the exhibits) to its finished words. `redactions` are carried out by the binder. `annexes`, where
    many complain, stand among the exhibits; they need the label `annex` ("Annex {n}").

    A copy is of another `kind`: `copy_of` is the SHA-256 of the manifest of the dossier, `masks` how often each rule
    was applied. `roman`: the front has pages i, ii, iii, and the exhibits begin on page 1.
    """

    ref: str
    lang: str
    title: str
    author: str
    on: date
    cover: Cover
    sections: tuple[Section, ...]
    exhibits: tuple[Exhibit, ...]
    words: tuple[tuple[str, str], ...]
    days: tuple[tuple[str, str], ...]
    banner: str = ""
    redactions: tuple[Redaction, ...] = ()
    kind: Kind = "dossier"
    copy_of: str = ""
    masks: tuple[tuple[str, int], ...] = ()
    roman: bool = False
    annexes: tuple[Annex, ...] = ()

    def word(self, key: str) -> str:
        """The label for `key`; KeyError if the language lacks it (letters check finds it)."""
        return dict(self.words)[key]
