import json
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dsar.paper import tree_json
from dsar.paper.letter_pdf import render_pdf
from dsar.paper.letter_text import render_text
from dsar.paper.markdown import (
    Break,
    Code,
    Emphasis,
    Heading,
    Link,
    Listing,
    Paragraph,
    Quote,
    Rule,
    Table,
    Text,
    parse,
)

from .letters import FRENCH
from .reading import text_of

EVERYTHING = """\
# Un

Une *italique*, du **gras**, du `code`,\\
une autre ligne et [un lien](https://a.example/x).

- puce
- autre

---

> cité

```
x = {{ 1 }}
```

3. trois

4. quatre
"""


def test_each_kind_of_block_is_itself() -> None:
    kinds = [type(block) for block in parse(EVERYTHING)]
    assert kinds == [Heading, Paragraph, Listing, Rule, Quote, Code, Listing]


def test_the_parts_of_a_line_are_told_apart() -> None:
    (paragraph,) = parse("a *b* **c** `d`\\\ne [f](https://g.example) <https://h.example>")
    assert paragraph == Paragraph(
        parts=(
            Text(text="a "),
            Emphasis(parts=(Text(text="b"),), strong=False),
            Text(text=" "),
            Emphasis(parts=(Text(text="c"),), strong=True),
            Text(text=" "),
            Text(text="d", code=True),
            Break(),
            Text(text="e "),
            Link(parts=(Text(text="f"),), url="https://g.example"),
            Text(text=" "),
            Link(parts=(Text(text="https://h.example"),), url="https://h.example"),
        )
    )


def test_a_list_knows_its_first_number_its_mark_and_its_spacing() -> None:
    tight, loose = parse("7) a\n8) b\n\ntext")[0], parse("1. a\n\n2. b")[0]
    assert isinstance(tight, Listing)
    assert isinstance(loose, Listing)
    assert (tight.start, tight.mark, tight.tight, len(tight.items)) == (7, ")", True, 2)
    assert (loose.start, loose.mark, loose.tight) == (1, ".", False)


def test_a_table_has_heads_rows_and_alignments() -> None:
    (table,) = parse("| a | b | c |\n|---|:-:|--:|\n| 1 | 2 | 3 |\n| 4 |")
    assert isinstance(table, Table)
    assert table.aligns == ("left", "center", "right")
    assert [[cell[0] if cell else None for cell in row] for row in table.rows] == [
        [Text(text="1"), Text(text="2"), Text(text="3")],
        [Text(text="4"), None, None],
    ]


@pytest.mark.parametrize("url", ["javascript:alert(1)", "data:text/html,x", "file:///etc/passwd", "/local", "ftp://x"])
def test_a_link_that_is_no_web_or_mail_address_is_only_its_words(url: str) -> None:
    (paragraph,) = parse(f"[words]({url})")
    assert isinstance(paragraph, Paragraph)
    assert not any(isinstance(part, Link) for part in paragraph.parts)


def test_the_page_shows_every_kind_of_block(tmp_path: Path) -> None:
    text = " ".join(text_of(render_pdf(replace(FRENCH, body=EVERYTHING)), tmp_path).split())
    for said in (
        "Un Une italique, du gras, du code, une autre ligne et un lien (https://a.example/x).",
        "– puce – autre cité x = {{ 1 }} 3. trois 4. quatre",
    ):
        assert said in text


def test_the_text_shows_every_kind_of_block() -> None:
    text = render_text(replace(FRENCH, body=EVERYTHING))
    body = text[text.index("Un\n==") : text.index("Jeanne Martin")]
    assert body == (
        "Un\n==\n\nUne italique, du gras, du code,\nune autre ligne et un lien <https://a.example/x>.\n\n"
        "- puce\n- autre\n\n" + "-" * 76 + "\n\n> cité\n\n    x = {{ 1 }}\n\n3. trois\n\n4. quatre\n\n"
    )


@given(st.text(alphabet=st.sampled_from("abc *_`[]()<>#-|:\\\n\t1.>!&")))
def test_any_text_is_a_body(source: str) -> None:
    json.dumps(tree_json.blocks(parse(source)))
