"""Rules by which acting for others may be reserved: honest about what was read, and linted like the rest."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

import pytest

from dsar.lawbook.files import shipped
from dsar.lawbook.load import check, reserved

if TYPE_CHECKING:
    from pathlib import Path


def test_what_nobody_read_does_not_say_that_somebody_did() -> None:
    unread = {one.id for one in reserved().values() if not one.checked}
    assert unread == {"de-rdg-associations", "at-rao-8"}
    assert all("not read" in one.source or "only" in one.source for one in reserved().values() if not one.checked)
    assert {one.country for one in reserved().values()} == {"AT", "DE", "FR"}


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ('country = "DE"', 'country = "Germany"', "reserved[0].country: 'Germany' must be two capital letters"),
        ('ask = "Does a lawyer', 'ask = ""\nnote = "Does a lawyer', "reserved[0]: unknown key note"),
        ('id = "at-rao-8"', 'id = "fr-loi-71-1130"', "'fr-loi-71-1130' is there twice"),
        ("checked = true", "", "reserved[0].checked: is missing"),
    ],
)
def test_a_broken_record_is_named_with_its_place(tmp_path: Path, old: str, new: str, said: str) -> None:
    root = tmp_path / "law"
    shutil.copytree(shipped(), root)
    path = root / "reserved.toml"
    path.write_text(path.read_text(encoding="utf-8").replace(old, new, 1), encoding="utf-8")
    assert [line for line in check(root) if said in line]
