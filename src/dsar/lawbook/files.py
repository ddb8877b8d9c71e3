"""The TOML files of the law book, where they are installed, and the records in them with their places."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from dsar.lawbook.errors import LawFileError, NotTomlError
from dsar.lawbook.shapes import Problem, structure

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

T = TypeVar("T")

# The order in which the version of the law is hashed; controllers are a directory, not law
LISTS = (
    *("regimes", "terms", "demands", "breaches", "precedents", "acts", "calendars", "presumptions", "proofs"),
    *("holidays", "parallels", "forms"),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Found(Generic[T]):
    """A record and its place: `file` as errors print it, `key` inside the file (empty: the file is the record)."""

    record: T
    file: str
    key: str

    def problem(self, key: str, words: str) -> Problem:
        """Something wrong with the field `key` of this record."""
        return Problem(file=self.file, key=f"{self.key}.{key}" if self.key else key, words=words)


@dataclass(frozen=True, slots=True, kw_only=True)
class Scan(Generic[T]):
    """What was read, and what could not be."""

    found: tuple[Found[T], ...]
    problems: tuple[Problem, ...]

    def records(self) -> tuple[T, ...]:
        """The records; LawFileError with the first problem if there is one."""
        for problem in self.problems:
            raise LawFileError(file=problem.file, key=problem.key, problem=problem.words)
        return tuple(each.record for each in self.found)


@cache
def shipped() -> Path:
    """The law book inside the package; its files are files, as in every wheel that pip unpacks."""
    from importlib.resources import files  # noqa: PLC0415 - heavy, loaded on use
    from pathlib import Path  # noqa: PLC0415 - loaded on use

    return Path(str(files("dsar") / "law"))


def toml(file: Path, shown: str) -> dict[str, Any]:
    """A TOML file; NotTomlError if it is missing, no TOML, or no UTF-8."""
    import tomllib  # noqa: PLC0415 - loaded on use

    try:
        return tomllib.loads(file.read_bytes().decode())
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, OSError) as error:
        raise NotTomlError(file=shown, problem=error) from error


def scan_list(root: Path, name: str, kind: type[T]) -> Scan[T]:
    """The `[[...]]` tables of one file: `terms.toml` holds `[[term]]`."""
    word = name.removesuffix("s") if name != "breaches" else "breach"
    return scan_tables(root / f"{name}.toml", f"law/{name}.toml", word, kind)


def scan_tables(path: Path, file: str, word: str, kind: type[T]) -> Scan[T]:
    """The `[[word]]` tables of a file, which errors call `file`."""
    whole = toml(path, file)
    strangers = [Problem(file=file, key=key, words="unknown key") for key in whole if key != word]
    raws = whole.get(word, [])
    if not isinstance(raws, list):
        strangers.append(Problem(file=file, key=word, words="must be a list of tables"))
        raws = []
    return _sort(strangers, ((raw, file, f"{word}[{place}]") for place, raw in enumerate(raws)), kind)


def scan_folder(root: Path, name: str, kind: type[T]) -> Scan[T]:
    """The files of one folder, each of which is a record."""
    files = sorted(
        (file for file in (root / name).iterdir() if file.name.endswith(".toml")), key=lambda file: file.name
    )
    shown = [(file, f"law/{name}/{file.name}") for file in files]
    return _sort([], ((toml(file, label), label, "") for file, label in shown), kind)


def _sort(problems: list[Problem], raws: Iterable[tuple[object, str, str]], kind: type[T]) -> Scan[T]:
    found: list[Found[T]] = []
    for raw, file, key in raws:
        made = structure(raw, kind, file=file, key=key)
        if isinstance(made, tuple):
            problems.extend(made)
        else:
            found.append(Found(record=made, file=file, key=key))
    return Scan(found=tuple(found), problems=tuple(problems))


def version(root: Path) -> str:
    """Twelve hexadecimal digits that change with any byte of the law."""
    from hashlib import sha256  # noqa: PLC0415 - loaded on use

    files = [root / f"{name}.toml" for name in LISTS]
    files += sorted((root / "authorities").iterdir(), key=lambda file: file.name)
    whole = sha256()
    for file in files:
        content = file.read_bytes()
        # name and length keep two files from being read as one
        whole.update(f"{file.name}\0{len(content)}\0".encode())
        whole.update(content)
    return whole.hexdigest()[:12]
