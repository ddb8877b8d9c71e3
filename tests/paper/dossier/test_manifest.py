"""The manifest is what docs/dossier.md says it is: these keys, in this order, of these kinds."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from dsar.core.dossier import Listed, Redaction

from . import made
from .made import Shelf

DOCS = Path(__file__).parents[3] / "docs" / "dossier.md"
KINDS: dict[str, tuple[type, ...]] = {
    "text": (str,),
    "number": (int,),
    "yes or no": (bool,),
    "list": (list,),
    "object": (dict,),
}
_ROW = re.compile(r"^\| `(\w+)` \| ([\w ]+?) \|", re.MULTILINE)


def described(title: str) -> dict[str, str]:
    """The keys of a table of the page, with their kinds."""
    text = DOCS.read_text(encoding="utf-8").partition(f"\n### {title}\n")[2].partition("\n### ")[0]
    return dict(_ROW.findall(text))


@pytest.fixture(scope="module")
def manifest(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """One that has everything: parts, an answer whose files stay out, a redaction, attachments."""
    shelf = Shelf()
    attached = (("photo.jpg", "image/jpeg", made.noise(300_000, seed=1)), ("x.bin", "application/x-x", b"\0\1"))
    shelf.put("Courriel", made.mail("a", *attached), "message/rfc822", kind="mail")
    shelf.put("Scan", made.noise(400_000, seed=2), "image/jpeg")
    shelf.put("Réponse", b"PK\3\4", "application/zip")
    listed = Listed(name="a.json", size=3, media="application/json", sha256="0" * 64, within=("a.zip",))
    shelf.exhibits[2] = replace(shelf.exhibits[2], returned=True, inventory=(listed,))
    hidden = Redaction(exhibit="2", page=1, left=0, top=0, width=10, height=10, reason="tiers")
    bound = shelf.bind(
        tmp_path_factory.mktemp("bound"), replace(shelf.dossier(), redactions=(hidden,)), max_part=600_000
    )
    found: dict[str, Any] = json.loads(bound.manifest.read_bytes())
    return found


@pytest.mark.parametrize(
    ("title", "where"),
    [
        ("The manifest", lambda whole: [whole]),
        ("A part", lambda whole: whole["parts"]),
        ("An exhibit", lambda whole: whole["exhibits"]),
        ("A piece", lambda whole: whole["pieces"]),
        ("An attachment", lambda whole: whole["exhibits"][0]["attachments"]),
        ("A listed file", lambda whole: whole["exhibits"][2]["inventory"]),
        ("A redaction", lambda whole: whole["redactions"]),
    ],
    ids=["manifest", "part", "exhibit", "piece", "attachment", "listed", "redaction"],
)
def test_it_has_the_keys_that_are_described_and_no_other(title: str, where: Any, manifest: dict[str, Any]) -> None:
    rows, keys = where(manifest), described(title)
    assert rows
    assert keys
    for row in rows:
        assert list(row) == list(keys)
        assert {key: type(row[key]) in KINDS[kind] for key, kind in keys.items()} == dict.fromkeys(keys, True)


def test_its_schema_is_the_one_that_is_described(manifest: dict[str, Any]) -> None:
    assert f"| `schema` | text | `{manifest['schema']}` |" in DOCS.read_text(encoding="utf-8")


def test_every_reason_that_a_slip_can_give_is_described_and_has_its_words() -> None:
    from typing import get_args  # noqa: PLC0415 - one test

    from dsar.paper.dossier.foreign import Reason  # noqa: PLC0415 - as above

    row = next(line for line in DOCS.read_text(encoding="utf-8").splitlines() if line.startswith("| `reason` "))
    assert tuple(re.findall(r"`(\w+)`", row)[1:]) == get_args(Reason)
    assert set(get_args(Reason)) <= made.WORDS.keys()
