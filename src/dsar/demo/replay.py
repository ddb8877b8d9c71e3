"""`dsar demo`: the model case, replayed from the mandate to the dossier, and everything it made put into one folder."""

from __future__ import annotations

import os
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from dsar.demo import page, published, story
from dsar.demo.stage import Stage, stage
from dsar.desk import filing
from dsar.desk.bundling import Wish
from dsar.errors import InputError

if TYPE_CHECKING:
    from dsar.paper.dossier.bind import BoundDossier


class DemoFolderError(InputError):
    """The results cannot be written where they were asked for."""

    sentence = "The demo cannot write to “{path}” ({why}): choose another folder with --out."


@dataclass(frozen=True, slots=True, kw_only=True)
class Result:
    """What a replay made: the case's reference, the letters, the dossier, and the page that tells it."""

    case: str
    letters: tuple[Path, ...]
    pdf: Path
    zip: Path
    manifest: Path
    told: tuple[str, ...]

    def as_json(self) -> dict[str, Any]:
        """The shape that `dsar demo --json` promises."""
        return {
            "case": self.case,
            "letters": [str(path) for path in self.letters],
            "dossier": {"pdf": str(self.pdf), "zip": str(self.zip), "manifest": str(self.manifest)},
        }

    def page(self) -> tuple[str, ...]:
        """The case on one page of a plain terminal, in lines."""
        return self.told


def replay(out: Path, lang: str) -> Result:
    """Replay the model case in a throw-away vault and write its letters, mails and dossier into `out`.

    The same language gives the same bytes. Nothing is read from the user's data and nothing is left outside `out`.

    Raises:
        NoLanguageError: the demo is not told in that language.
        DemoFolderError: `out` cannot be written.
    """
    with stage(lang) as scene:
        story.play(scene)
        bound = _dossier(scene)
        file = story.lodge(scene)
        markdown, pdf = published.documents(lang, file.case.opened.on)
        scene.show("published-facts.md", markdown)
        scene.show("published-facts.pdf", pdf)
        _deliver(scene.out, out)
        here = out / "dossier"
        return Result(
            case=story.REF,
            letters=tuple(out / path.relative_to(scene.out) for path in sorted((scene.out / "letters").iterdir())),
            pdf=here / bound.pdf.name,
            zip=here / bound.zip.name,
            manifest=here / bound.manifest.name,
            told=page.lines(scene, file, out, bound),
        )


def _dossier(scene: Stage) -> BoundDossier:
    """The dossier as it goes to the authority with the complaint, on the day on which she lodges it."""
    desk = scene.at("2020-07-15T11:00:00+02:00")
    # no program of the machine has a part in it: the same demo everywhere
    wish = Wish(ocr=False)
    return filing.bind(
        desk, story.REF, authority=story.AUTHORITY, lang=scene.lang, out=scene.out / "dossier", wish=wish
    )


def _deliver(made: Path, out: Path) -> None:
    """Put the files into the folder that was asked for, each whole or not at all."""
    for path in sorted(path for path in made.rglob("*") if path.is_file()):
        target = out / path.relative_to(made)
        try:
            target.parent.mkdir(parents=True, exist_ok=True)
            _write(target, path.read_bytes())
        except OSError as error:
            raise DemoFolderError(path=target, why=error.strerror or "an error") from error


def _write(target: Path, data: bytes) -> None:
    handle, temporary = tempfile.mkstemp(dir=target.parent, prefix=".dsar-")
    try:
        with os.fdopen(handle, "wb") as stream:
            stream.write(data)
        Path(temporary).chmod(0o644)
        Path(temporary).replace(target)
    except BaseException:
        Path(temporary).unlink(missing_ok=True)
        raise
