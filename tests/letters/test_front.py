from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from dsar.letters.errors import LetterFileError
from dsar.letters.front import Review, read

if TYPE_CHECKING:
    from pathlib import Path

GOOD = {
    "title": '"A letter"',
    "subject": '"About it"',
    "to": '"controller"',
    "sender": '"sender"',
    "fits": '["awaiting"]',
    "asserts": "[]",
    "needs": "[]",
    "cites": "[]",
    "precedents": "[]",
    "demands": "[]",
    "languages": '["en"]',
    "review": '{ by = "" }',
}


def _file(folder: Path, **changes: str) -> Path:
    path = folder / "en" / "letter.md.j2"
    path.parent.mkdir(exist_ok=True)
    front = "\n".join(f"{key} = {value}" for key, value in (GOOD | changes).items() if value)
    path.write_text(f"+++\n{front}\n+++\nText\n", encoding="utf-8")
    return path


def test_a_letter_is_read_from_its_file(tmp_path: Path) -> None:
    made = read(_file(tmp_path, review='{ by = "A. Solicitor", on = 2026-05-02 }', asserts='["lateness"]'))
    assert (made.kind, made.lang, made.body, made.asserts) == ("letter", "en", "Text\n", ("lateness",))
    assert made.review == Review(by="A. Solicitor", on=date(2026, 5, 2))


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("colour", '"red"'),
        ("title", ""),
        ("title", "3"),
        ("title", '"   "'),
        ("subject", '"two\\nlines"'),
        ("to", '"the controller"'),
        ("sender", '"nobody"'),
        ("fits", '["any weather"]'),
        ("asserts", '["everything"]'),
        ("needs", '"purpose"'),
        ("cites", "[12]"),
        ("languages", ""),
        ("review", ""),
        ("review", '{ by = "A. Solicitor" }'),
        ("review", "{ on = 2026-05-02 }"),
        ("review", '{ by = "A. Solicitor", on = "yesterday" }'),
        ("review", '{ by = "", stars = 5 }'),
    ],
)
def test_front_matter_that_is_wrong_names_file_and_key(tmp_path: Path, key: str, value: str) -> None:
    with pytest.raises(LetterFileError) as caught:
        read(_file(tmp_path, **{key: value}))
    assert caught.value.code == 5
    assert str(caught.value).startswith(f"en/letter.md.j2: {key}: ")


@pytest.mark.parametrize(
    "data", [b"", b"Text without a head", b"+++\ntitle = 'open'\n", b"+++\nnot toml\n+++\nText", b"+++\n+++\n\xff"]
)
def test_a_file_that_is_no_letter_is_named(tmp_path: Path, data: bytes) -> None:
    path = _file(tmp_path)
    path.write_bytes(data)
    with pytest.raises(LetterFileError, match=r"en/letter\.md\.j2"):
        read(path)


def test_the_digest_changes_with_every_byte(tmp_path: Path) -> None:
    first = read(_file(tmp_path)).digest
    assert read(_file(tmp_path, title='"A letter."')).digest != first
