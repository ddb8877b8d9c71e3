"""The stage of the demo: a throw-away vault in a private folder, the made-up parties, a place for what they write."""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

from dsar.core.parties import Address, Controller
from dsar.demo import words
from dsar.desk import people
from dsar.desk.office import Desk
from dsar.letters.find import roots
from dsar.vault.keys import KeyFileSlot
from dsar.vault.vault import Vault

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from dsar.core.parties import Person

OPENED = "2020-01-22T09:00:00+01:00"
CASE_WORKER = "ines.garrigue"

CONTROLLER = Controller(
    id="clearface-ai",
    name="Clearface AI, Inc.",
    address=Address(lines=("100 Nowhere Street, Suite 400", "New York, NY 10000"), country="US"),
    emails=("privacy@clearface.example",),
    established=False,
    sector="face-search",
    languages=("en",),
    source="Made up for the demo",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Stage:
    """Where the demo plays. `out` gathers what it will show; `script` are its words in `lang`."""

    vault: Vault
    lang: str
    banner: str
    script: Mapping[str, Any]
    room: Path
    out: Path

    def at(self, now: str) -> Desk:
        """The case worker's desk at an instant (ISO 8601 with offset, in the zone of Lyon)."""
        day = date.fromisoformat(now[:10])
        return Desk(
            vault=self.vault,
            today=day,
            now=now,
            by=CASE_WORKER,
            letters=roots(),
            banner=self.banner,
        )

    def show(self, name: str, data: bytes) -> Path:
        """Write something that will be shown, as `letters/2-notice.pdf`."""
        path = self.out / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
        return path

    def keep(self, name: str, data: bytes) -> Path:
        """Write something that goes into the file only, such as a slip."""
        path = self.room / name
        path.write_bytes(data)
        return path


@contextmanager
def stage(lang: str) -> Iterator[Stage]:
    """Set the stage in a private folder, which is gone afterwards, whatever happens.

    The key is a file in that folder: neither the user's keyring nor any vault of theirs is touched.

    Raises:
        NoLanguageError: the demo is not told in that language.
    """
    script, banner = words.script(lang), words.banner(lang)
    with TemporaryDirectory(prefix="dsar-demo-") as folder:
        room = Path(folder)
        vault, _ = Vault.create(room / "vault.db", KeyFileSlot(room / "key"), now=OPENED)
        with vault:
            vault.put_record(people.SETTING, "banner", {"text": banner})
            people.set_self(vault, _agent(lang))
            yield Stage(vault=vault, lang=lang, banner=banner, script=script, room=room, out=room / "out")


def _agent(lang: str) -> Person:
    return people.person(
        people.SELF,
        name="Inès Garrigue",
        email="demandes@garde-fou.example",
        address=Address(lines=("5 rue de la Maquette", "69000 Lyon"), country="FR"),
        language=lang,
        organisation="Garde-Fou SAS",
        commercial=True,
    )


def subject(set_up: Stage) -> Person:
    """The made-up data subject, added to the vault."""
    return people.add(
        set_up.vault,
        name="Élise Fontanel",
        email="elise.fontanel@courriel.example",
        address=Address(lines=("14 rue de la Fiction", "69000 Lyon"), country="FR"),
        language=set_up.lang,
    )
