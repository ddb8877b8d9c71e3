"""The folders in which letters are; apart, because every command that opens a vault asks for them."""

from __future__ import annotations

from pathlib import Path


def roots(*own: Path) -> tuple[Path, ...]:
    """The folders that hold letters, in order of precedence: those of one's own that exist, then the shipped one.

    The shipped folder is resolved from this file, so that a checkout never reads a stale copy in site-packages: an
    editable install runs from the checkout, a wheel carries its letters as `dsar/_letters`.

    Raises:
        NoLettersError: the installation has lost its letters.
    """
    return (*(folder for folder in own if folder.is_dir()), _shipped(Path(__file__).resolve()))


def _shipped(here: Path) -> Path:
    package, source = here.parents[1], here.parents[2]
    if source.name == "src" and (source.parent / "letters").is_dir():
        return source.parent / "letters"
    if (package / "_letters").is_dir():
        return package / "_letters"
    from dsar.letters.errors import NoLettersError  # noqa: PLC0415 - the installation is broken

    raise NoLettersError(place=package)
