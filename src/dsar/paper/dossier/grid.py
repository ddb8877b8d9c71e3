"""The pages of an exhibit under a grid of named cells, for the eyes of who is to say what must not be seen."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from dsar.paper.dossier.flow import flow
from dsar.paper.dossier.gather import gather
from dsar.paper.dossier.pieces import Slip, flat
from dsar.paper.dossier.redact import NothingToRedactError, Redactions, gridded_pages, own_pages
from dsar.paper.dossier.show import Shower
from dsar.paper.dossier.store import Store
from dsar.paper.images import encoded
from dsar.paper.private import private_folder

if TYPE_CHECKING:
    from pathlib import Path

    from dsar.core.dossier import Dossier
    from dsar.paper.dossier.bind import Source


def draw(dossier: Dossier, number: str, *, source: Source, out: Path) -> tuple[Path, ...]:
    """Write `exhibit-3-page-1-grid.png` and so on into `out`. They show everything.

    Raises:
        NothingToRedactError: there is no such piece, or it is not shown.
        NoDocumentError: its pages cannot be drawn.
        OSError: `out` cannot be written.
    """
    whole = [one for one in dossier.exhibits if str(one.number) == number.partition(".")[0]]
    out.mkdir(parents=True, exist_ok=True)
    with private_folder(out) as folder:
        store = Store(folder)
        gathered, _ = gather(
            replace(dossier, exhibits=tuple(whole)),
            store,
            take=lambda exhibit: store.take(source.read(exhibit.evidence.sha256)),
            parse_mail=source.parse_mail,
        )
        found = next((piece for piece in flat(gathered) if piece.number == number), None)
        shower = Shower(
            dossier=dossier,
            store=store,
            parse_mail=source.parse_mail,
            helpers=source.helpers,
            redactions=Redactions({}),
        )
        if found is None:
            raise NothingToRedactError(page=1, number=number)
        pages = shower.bare_pages(found)
        if pages is None:
            shown = replace(shower.show(found), parts=())
            if isinstance(shown.content, Slip):
                raise NothingToRedactError(page=1, number=number)
            pages = own_pages(flow(dossier, (shown,), store)[number], store)
        made = []
        for page, picture in enumerate(gridded_pages(pages, store), start=1):
            path = out / f"exhibit-{number.replace('.', '-')}-page-{page}-grid.png"
            path.write_bytes(encoded(picture))
            made.append(path)
    return tuple(made)
