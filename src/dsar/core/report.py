"""The report of a study as finished text: sections with tables and charts, and what a reader must know beside them."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class PageTable:
    """A table: its caption, its heads, and rows whose first cell is the head of the row.

    `note` says what the figures are a share of. `search` is the words on the field that narrows the rows; empty: none.
    `right` are the places of the columns that hold numbers alone. A table without rows is its caption and its note.
    """

    id: str
    caption: str
    heads: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    note: str = ""
    search: str = ""
    right: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class PageChart:
    """A chart: its SVG, which this program drew itself, and the same in words for whoever does not see it.

    `table` is the id of the table with its figures.
    """

    id: str
    title: str
    alt: str
    svg: str
    table: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PageSection:
    """A part of the page: a title, sentences, charts, tables."""

    id: str
    title: str
    said: tuple[str, ...] = ()
    charts: tuple[PageChart, ...] = ()
    tables: tuple[PageTable, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """The whole page, everything finished text in `lang`.

    `heads` are the figures at the top, as (figure, what it is, its interval); `labels` the few words of the layout.
    """

    lang: str
    title: str
    subtitle: str
    said: tuple[str, ...]
    heads: tuple[tuple[str, str, str], ...]
    sections: tuple[PageSection, ...]
    labels: tuple[tuple[str, str], ...]
    banner: str = ""
