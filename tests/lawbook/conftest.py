from pathlib import Path
from shutil import copytree

import pytest

from dsar.lawbook.files import shipped


@pytest.fixture
def book(tmp_path: Path) -> Path:
    """A copy of the shipped law book, to be broken."""
    return Path(copytree(shipped(), tmp_path / "law"))
