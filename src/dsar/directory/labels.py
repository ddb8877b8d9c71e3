"""What a controller can be found by: its id, its names, what it runs, its sites and mailboxes, its address."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from dsar.directory.words import above, domain, plain

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from dsar.core.parties import Controller

Kind = Literal["id", "name", "runs", "domain", "mail", "form", "email", "address"]

# a mailbox there says nothing of whose site it is
_MAIL_HOSTS = frozenset(
    {
        *("aol.com", "free.fr", "freenet.de", "gmail.com", "gmx.at", "gmx.ch", "gmx.de", "gmx.net", "googlemail.com"),
        *("hotmail.com", "icloud.com", "laposte.net", "libero.it", "live.com", "mail.ru", "mailbox.org", "orange.fr"),
        *(
            "outlook.com",
            "outlook.de",
            "posteo.de",
            "proton.me",
            "protonmail.com",
            "t-online.de",
            "web.de",
            "yahoo.com",
        ),
        *("yahoo.de", "yahoo.fr", "wanadoo.fr", "wp.pl"),
    }
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Label:
    """One thing a controller is found by. `key` is what is compared, `shown` how its record has it.

    A name's key is its plain form; a site's, a mailbox's and an id's are written as they are, in lower case. `mail`
    and `form` are the sites of its mailboxes and of its form, which may be another company's.
    """

    kind: Kind
    key: str
    shown: str


def labels(controller: Controller) -> tuple[Label, ...]:
    """Everything one controller is found by; each key once in a kind."""
    found = {(label.kind, label.key): label for label in _labels(controller) if label.key}
    return tuple(found.values())


def _labels(controller: Controller) -> Iterator[Label]:
    names = (controller.name, *controller.brands)
    yield Label(kind="id", key=controller.id, shown=controller.id)
    for name in names:
        yield Label(kind="name", key=plain(name), shown=name)
    for name in controller.runs:
        yield Label(kind="runs", key=plain(name), shown=name)
    boxes = (*controller.emails, *((controller.dpo,) if "@" in controller.dpo else ()))
    own = _hosts((controller.website, *controller.domains, *controller.brands))
    mail = [host for host in _hosts(boxes) if host not in own and host not in _MAIL_HOSTS]
    form = [host for host in _hosts((controller.form,)) if host not in {*own, *mail}]
    words = {word for name in names for word in plain(name).split()}
    kinds: tuple[tuple[Kind, list[str]], ...] = (("domain", own), ("mail", mail), ("form", form))
    for kind, hosts in kinds:
        for host in hosts:
            yield Label(kind=kind, key=host, shown=host)
            # a site that bears their name is theirs too: of help.kite.example, kite.example (but never co.uk)
            for upper in above(host)[1:]:
                if upper.partition(".")[0] in words:
                    yield Label(kind=kind, key=upper, shown=host)
    for box in boxes:
        yield Label(kind="email", key=box.casefold(), shown=box)
    yield Label(
        kind="address", key=plain(" ".join(controller.address.lines)), shown=", ".join(controller.address.lines)
    )


def _hosts(places: Iterable[str]) -> list[str]:
    return list(dict.fromkeys(host for place in places if (host := domain(place))))
