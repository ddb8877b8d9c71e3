"""The rules of the house that no linter knows."""

from __future__ import annotations

import re

from .checkout import CODE, ROOT, kept, name, python, text

LONGEST = 300
# the closed union of facts is one table: split, nobody would see that it is whole

# A check is silenced by name, and a reason follows the name.
_SILENCED = re.compile(r"#\s*(?:[n]oqa|[t]ype:\s*ignore|[r]uff:|[m]ypy:|[p]ragma:)")
_REASONED = re.compile(
    r"# (?:[r]uff: )?[n]oqa: [A-Z]+[0-9]+(?:, [A-Z]+[0-9]+)* - \S|# [t]ype: ignore\[[a-z-]+(?:, [a-z-]+)*\] +# \S"
)

# Written with brackets, so that this file does not find itself. Zoe is made up, and so is her computer.
_HOME = re.compile(
    r"(?<![\w.~$}/-])/(?:[h]ome(?!/zoe\b)|[U]sers|[r]oot|[w]ork|[w]orkspace|[b]uilds)/\w|[A-Z]:\\[U]sers\\"
)
_REGISTRY = re.compile(
    r"\b(?:pypi\.org|pythonhosted\.org|registry\.npm|npmjs\.|crates\.io|deb\.debian|conda\.anaconda|proxy\.golang)".replace(
        r"\.", "[.]"
    ),
    re.IGNORECASE,
)
_INDEX = re.compile(r"--(?:[e]xtra-)?[i]ndex-url|--[f]ind-links|--[t]rusted-host|[P]IP_INDEX|[U]V_INDEX")


def found(pattern: re.Pattern[str]) -> list[str]:
    return [
        f"{name(path)}:{number}: {line.strip()}"
        for path in kept()
        for number, line in enumerate(text(path).splitlines(), start=1)
        if pattern.search(line)
    ]


def test_a_file_is_read_in_one_sitting() -> None:
    lengths = {name(path): len(text(path).splitlines()) for path in python("src")}
    assert lengths
    assert {path: count for path, count in lengths.items() if count > LONGEST} == {}


def test_a_silenced_check_says_why() -> None:
    wrong = [
        f"{name(path)}:{number}: {line.strip()}"
        for path in python(*CODE)
        for number, line in enumerate(text(path).splitlines(), start=1)
        if _SILENCED.search(line) and not _REASONED.search(line)
    ]
    assert wrong == []


def test_no_file_names_a_folder_of_somebodys_machine() -> None:
    assert found(_HOME) == []


def test_no_file_names_a_package_registry() -> None:
    assert found(_REGISTRY) == []
    assert [line for line in found(_INDEX) if not line.startswith(("Makefile:", "tests/install/"))] == []


def test_letters_and_law_are_utf_8_with_unix_lines_and_a_last_newline() -> None:
    files = [path for path in kept() if name(path).startswith(("letters/", "src/dsar/law/"))]
    assert files
    for path in files:
        data = path.read_bytes()
        assert data.decode("utf-8"), name(path)
        assert data.endswith(b"\n"), name(path)
        assert b"\r" not in data, name(path)
        assert not data.startswith(b"\xef\xbb\xbf"), name(path)


def test_every_letter_folder_has_its_language_file() -> None:
    folders = [path for path in (ROOT / "letters").iterdir() if path.is_dir()]
    assert folders
    assert [path.name for path in folders if not (path / "_lang.toml").is_file()] == []


def test_no_file_is_large() -> None:
    # what is made (PDFs, archives, pictures of pages) is not kept; half a megabyte holds any fixture
    assert [name(path) for path in kept() if path.stat().st_size > 512 * 1024] == []


def test_there_is_nothing_to_be_done_later_in_the_code() -> None:
    later = re.compile(r"\b(?:[T]ODO|[F]IXME|[X]XX|[H]ACK)\b")
    assert [line for line in found(later) if line.startswith(("src/", "benchmarks/"))] == []
