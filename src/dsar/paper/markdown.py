"""The body of a letter as a small typed tree, parsed once and walked by every output format.

CommonMark with tables. HTML is off: a tag is text. Pictures are not loaded: their description is text. Links keep an
address only where it is a web or a mail address.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from markdown_it import MarkdownIt
    from markdown_it.tree import SyntaxTreeNode


@dataclass(frozen=True, slots=True, kw_only=True)
class Text:
    """Words as they stand; `code` sets them in a monospaced face."""

    text: str
    code: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Emphasis:
    """Words with weight: `strong` (bold) or not (italic)."""

    parts: tuple[Inline, ...]
    strong: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """Words that lead to `url` (`http`, `https` or `mailto`)."""

    parts: tuple[Inline, ...]
    url: str

    @property
    def bare(self) -> bool:
        """Whether the words are the address itself, so that paper need not print it twice."""
        return plain(self.parts) in {self.url, self.url.removeprefix("mailto:")}


@dataclass(frozen=True, slots=True, kw_only=True)
class Break:
    """A line ends here, within the paragraph."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Paragraph:
    """Running text."""

    parts: tuple[Inline, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Heading:
    """A title within the letter, from level 1 to 6."""

    level: int
    parts: tuple[Inline, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Listing:
    """A list. `start` is the first number, None where it is bulleted; `mark` follows the number (`.` or `)`).

    `tight`: its items are set without space between them.
    """

    items: tuple[tuple[Block, ...], ...]
    start: int | None
    mark: str
    tight: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Quote:
    """Words of somebody else."""

    blocks: tuple[Block, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """A table with one row of headings; `aligns` per column: `left`, `center` or `right`."""

    heads: tuple[tuple[Inline, ...], ...]
    rows: tuple[tuple[tuple[Inline, ...], ...], ...]
    aligns: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Code:
    """Lines as they stand, in a monospaced face."""

    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """A line across."""


Inline = Text | Emphasis | Link | Break
Block = Paragraph | Heading | Listing | Quote | Table | Code | Rule

_LINKED = ("http://", "https://", "mailto:")


def parse(source: str) -> tuple[Block, ...]:
    """The tree of a Markdown text. Never fails: in CommonMark every text is valid."""
    from markdown_it.tree import SyntaxTreeNode  # noqa: PLC0415 - heavy, loaded on use

    return tuple(_blocks(SyntaxTreeNode(_parser().parse(source)).children))


def plain(parts: Sequence[Inline]) -> str:
    """The words of inline parts, without emphasis and addresses; a break is a newline."""
    return "".join(_words(part) for part in parts)


def _words(part: Inline) -> str:
    match part:
        case Text(text=text):
            return text
        case Emphasis(parts=parts) | Link(parts=parts):
            return plain(parts)
        case Break():
            return "\n"


@cache
def _parser() -> MarkdownIt:
    from markdown_it import MarkdownIt  # noqa: PLC0415 - heavy, loaded on use

    return MarkdownIt("commonmark", {"html": False}).enable("table")


def _blocks(nodes: Sequence[SyntaxTreeNode]) -> Iterator[Block]:
    for node in nodes:
        match node.type:
            case "paragraph":
                yield Paragraph(parts=_line(node))
            case "heading":
                yield Heading(level=int(node.tag[1:]), parts=_line(node))
            case "bullet_list" | "ordered_list":
                yield _listing(node)
            case "blockquote":
                yield Quote(blocks=tuple(_blocks(node.children)))
            case "table":
                yield _table(node)
            case "hr":
                yield Rule()
            case _:  # fence, code_block, and whatever a later parser may add: its source, never nothing
                yield Code(text=node.content.rstrip("\n"))


def _listing(node: SyntaxTreeNode) -> Listing:
    ordered = node.type == "ordered_list"
    return Listing(
        items=tuple(tuple(_blocks(item.children)) for item in node.children),
        start=int(node.attrs.get("start", 1)) if ordered else None,
        mark=node.markup if ordered else "",
        tight=all(block.hidden for item in node.children for block in item.children if block.type == "paragraph"),
    )


def _table(node: SyntaxTreeNode) -> Table:
    rows = [row for part in node.children for row in part.children]
    cells = [tuple(_line(cell) for cell in row.children) for row in rows]
    aligns = (str(cell.attrs.get("style", "")).removeprefix("text-align:") or "left" for cell in rows[0].children)
    return Table(heads=cells[0], rows=tuple(cells[1:]), aligns=tuple(aligns))


def _line(node: SyntaxTreeNode) -> tuple[Inline, ...]:
    return tuple(_inlines([part for child in node.children for part in child.children]))


def _inlines(nodes: Sequence[SyntaxTreeNode]) -> Iterator[Inline]:
    for node in nodes:
        match node.type:
            case "softbreak":
                yield Text(text=" ")
            case "hardbreak":
                yield Break()
            case "strong" | "em":
                yield Emphasis(parts=tuple(_inlines(node.children)), strong=node.type == "strong")
            case "link":
                yield from _link(node)
            case "code_inline":
                yield Text(text=node.content, code=True)
            case _:  # text, and a picture by its description
                yield Text(text=node.content)


def _link(node: SyntaxTreeNode) -> Iterator[Inline]:
    url, parts = str(node.attrs.get("href", "")), tuple(_inlines(node.children))
    if url.startswith(_LINKED):
        yield Link(parts=parts, url=url)
    else:
        yield from parts
