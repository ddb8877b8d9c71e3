"""A public directory with made-up companies: single records, archives of them, and a rule that makes typing errors."""

from __future__ import annotations

import json
import random
import zipfile
from datetime import date
from typing import TYPE_CHECKING, Any

from dsar.directory import store
from dsar.directory.harvest import harvest

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

DAY = date(2026, 3, 5)
COMMIT = (2026, 2, 1, 12, 0, 0)

_SYLLABLES = [a + b for a in ("b", "br", "d", "f", "gl", "k", "l", "m", "n", "p", "r", "s", "st", "t", "v", "z")
              for b in ("a", "al", "e", "en", "i", "is", "o", "or", "u")]  # fmt: skip
_FORMS = ("GmbH", "AG", "Ltd.", "S.A.", "B.V.", "Inc.", "SARL", "Deutschland GmbH", "Holding GmbH", "& Co. KG")
_KINDS = ("Versand", "Bank", "Media", "Krankenkasse", "Kirchengemeinde", "Logistik", "Data", "Verlag", "Stadtwerke")


def company(slug: str = "kite", **more: Any) -> dict[str, Any]:
    """A record with what the schema asks for; a None takes a key away."""
    whole = {
        "slug": slug,
        "name": "Kite SAS",
        "address": "5 rue Neuve\n69001 Lyon\nFrance",
        "relevant-countries": ["all"],
        "sources": ["https://kite.example/privacy"],
        "quality": "verified",
        **{key.replace("_", "-"): value for key, value in more.items()},
    }
    return {key: value for key, value in whole.items() if value is not None}


def gone(slug: str, to: str = "", reason: str = "company-merged") -> dict[str, Any]:
    """A record out of use."""
    found = {"slug": slug, "name": slug.capitalize(), "reason": reason, "sources": ["https://a.example"]}
    return found | {"quality": "obsolete"} | ({"redirect-to": to} if to else {})


def archive(
    path: Path,
    companies: Iterable[Mapping[str, Any]] = (),
    obsolete: Iterable[Mapping[str, Any]] = (),
    packs: Mapping[str, Any] | None = None,
    raw: Mapping[str, bytes] | None = None,
) -> Path:
    """A ZIP as GitHub makes it: one folder around all, and one time for all files."""
    files: dict[str, bytes] = {f"companies/{one['slug']}.json": _json(one) for one in companies}
    files |= {f"obsolete-records/{one['slug']}.json": _json(one) for one in obsolete}
    files |= {f"company-packs/{name}.json": _json(body) for name, body in (packs or {}).items()}
    files |= {"LICENSE": b"Creative Commons Legal Code\n\nCC0 1.0 Universal\n"}
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as made:
        for name, data in (files | dict(raw or {})).items():
            inside = name if name.startswith(("/", "..")) or "\\" in name else f"data-master/{name}"
            made.writestr(zipfile.ZipInfo(inside, COMMIT), data, zipfile.ZIP_DEFLATED)
    return path


def _json(body: object) -> bytes:
    return json.dumps(body, ensure_ascii=False, indent=4).encode()


def shelved(folder: Path, companies: Iterable[Mapping[str, Any]], obsolete: Iterable[Mapping[str, Any]] = ()) -> Path:
    """An imported directory of these records; its path."""
    path = folder / "directory.sqlite"
    store.write(path, harvest(archive(folder / "data.zip", companies, obsolete), DAY), DAY.isoformat())
    return path


def many(count: int, seed: int = 7) -> list[dict[str, Any]]:
    """Made-up companies whose names share many words, as real ones do."""
    rng = random.Random(seed)  # noqa: S311 - the same companies each time

    def word() -> str:
        return "".join(rng.choice(_SYLLABLES) for _ in range(rng.randint(2, 4))).capitalize()

    found = []
    for n in range(count):
        first = word()
        kind = rng.choice((*_KINDS, word()))
        where = f"{word()}weg {rng.randint(1, 200)}\n{rng.randint(10000, 99999)} {word()}\nDeutschland"
        runs = [f"{word()} {word()}"] if n % 3 == 0 else None
        site = f"https://www.{first.lower()}-{n}.example/"
        name = f"{first} {kind} {rng.choice(_FORMS)}"
        found.append(company(f"c-{n}", name=name, address=where, runs=runs, web=site))
    return found


def mistyped(name: str, rng: random.Random) -> str:
    """The name with one typing error: a letter lost, added, wrong, or two that changed places."""
    at = rng.choice([place for place, char in enumerate(name) if char.isalnum()])
    letter, kind = rng.choice("abcdefghijklmnopqrstuvwxyz"), rng.randrange(4)
    pieces = (
        name[:at] + name[at + 1 :],
        name[:at] + letter + name[at:],
        name[:at] + letter + name[at + 1 :],
        name[:at] + name[at : at + 2][::-1] + name[at + 2 :],
    )
    return pieces[kind]
