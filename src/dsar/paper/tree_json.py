"""The tree of a body as plain data for a typst template: `templates/common.typ` walks it.

Each node is a mapping with its kind under `t`. Nothing in it is ever read as typst code.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, assert_never

from dsar.paper import markdown as md

if TYPE_CHECKING:
    from collections.abc import Sequence


def blocks(tree: Sequence[md.Block]) -> list[dict[str, object]]:
    """The blocks of a parsed body, ready for `json.dumps`."""
    return [_block(block) for block in tree]


def inlines(parts: Sequence[md.Inline]) -> list[dict[str, object]]:
    """The parts of one line of text, ready for `json.dumps`."""
    return [_inline(part) for part in parts]


def _block(block: md.Block) -> dict[str, object]:
    match block:
        case md.Paragraph(parts=parts):
            return {"t": "paragraph", "parts": inlines(parts)}
        case md.Heading(level=level, parts=parts):
            return {"t": "heading", "level": level, "parts": inlines(parts)}
        case md.Listing(items=items, start=start, mark=mark, tight=tight):
            inner = [blocks(item) for item in items]
            return {"t": "list", "items": inner, "start": start, "mark": mark, "tight": tight}
        case md.Quote(blocks=inside):
            return {"t": "quote", "blocks": blocks(inside)}
        case md.Table(heads=heads, rows=rows, aligns=aligns):
            cells = [[inlines(cell) for cell in row] for row in rows]
            return {"t": "table", "heads": [inlines(head) for head in heads], "rows": cells, "aligns": list(aligns)}
        case md.Code(text=text):
            return {"t": "code", "text": text}
        case md.Rule():
            return {"t": "rule"}
        case _:
            assert_never(block)


def _inline(part: md.Inline) -> dict[str, object]:
    match part:
        case md.Text(text=text, code=code):
            return {"t": "code" if code else "text", "text": text}
        case md.Emphasis(parts=parts, strong=strong):
            return {"t": "strong" if strong else "emphasis", "parts": inlines(parts)}
        case md.Link(parts=parts, url=url):
            return {"t": "link", "parts": inlines(parts), "url": url, "bare": part.bare}
        case md.Break():
            return {"t": "break"}
        case _:
            assert_never(part)
