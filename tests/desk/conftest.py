"""A desk on a vault that is kept for one module of tests: each test takes back what it wrote."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from dsar.desk.office import Desk
from dsar.letters.find import roots
from dsar.vault.keys import KeyFileSlot
from dsar.vault.vault import Vault

if TYPE_CHECKING:
    from collections.abc import Iterator

NOW = "2026-12-31T12:00:00+01:00"


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    folder = tmp_path_factory.mktemp("desk")
    vault, _ = Vault.create(folder / "vault.dsar", KeyFileSlot(folder / "key"), now=NOW)
    with vault:
        day = date(2026, 12, 31)
        yield Desk(vault=vault, today=day, now=NOW, by="worker-1", letters=roots())
