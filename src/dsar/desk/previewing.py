"""A letter over a made-up case, without a vault: what a translator or a lawyer sees of it at once."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, cast

from dsar.core.exhibits import pieces
from dsar.core.fold import fold
from dsar.desk.filling import Wish, filled_in
from dsar.desk.office import Desk, assembled
from dsar.desk.sample import REF, WHO, sample
from dsar.errors import DsarError
from dsar.letters.errors import MissingValueError

if TYPE_CHECKING:
    from pathlib import Path

    from dsar.core.letter import Letter
    from dsar.desk.office import File
    from dsar.desk.sample import Who
    from dsar.letters.front import Template
    from dsar.letters.words import Words
    from dsar.vault.vault import Vault


def preview(roots: tuple[Path, ...], template: Template, who: Who | None = None) -> Letter:
    """The letter as the sample fills it; `who` writes it, or the first for whom there is such a letter.

    Raises:
        DsarError: the letter cannot be written; the sentence is that of the real case.
    """
    if who is not None:
        return _filled(roots, template, who)
    *others, last = WHO
    for one in others:
        try:
            return _filled(roots, template, one)
        except DsarError:
            continue  # a letter about a mandate is not for somebody who acts for themselves
    return _filled(roots, template, last)


def _filled(roots: tuple[Path, ...], template: Template, who: Who) -> Letter:
    from dsar.lawbook.load import law  # noqa: PLC0415 - only letters need it
    from dsar.letters.words import Words  # noqa: PLC0415 - loads the letters

    words = Words(template.lang, roots)
    made = sample(template, who, words, law())
    desk = Desk(
        vault=cast("Vault", None),  # filling a letter from a case that was read asks nothing of the vault
        today=made.today,
        now=f"{made.today.isoformat()}T09:00:00+00:00",
        by="sample",
        letters=roots,
        banner=words.say("sample", "banner") if words.has("sample", "banner") else "SAMPLE",
    )
    file = assembled(fold(REF, made.entries, made.today), made.entries, made.today)
    if "collective" in template.needs:
        return _of_many(desk, file, template, words, made.authority)
    wish = Wish(kind=template.kind, lang=template.lang, authority=made.authority if template.to == "authority" else "")
    return filled_in(desk, file, template, wish).letter


def _of_many(desk: Desk, file: File, template: Template, words: Words, authority: str) -> Letter:
    """A complaint of many: the sample twice, as if it were two people."""
    from dsar.desk import collective_letter as many  # noqa: PLC0415 - only this letter is written so

    opened = file.case.opened
    mandate = opened.mandate
    if mandate is None:
        hint = "say who acts with `dsar mandate new`"
        raise MissingValueError(kind=template.kind, missing="the mandate", hint=hint)
    found = pieces(file.entries, file.case)
    everybody = [replace(many.told(desk, words, file, n, found, mandate), mandate=n) for n in (1, 2)]
    parties = many.Parties(
        ref=REF,
        regime=opened.regime,
        agent=mandate.agent,
        controller=opened.controller,
        authority=file.law.authorities[authority],
        proofs=(3, 4, 5),
    )
    return many.letter(desk, words, file.law, template, parties, everybody)
