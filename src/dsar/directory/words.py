"""How names are compared: without case, accents and punctuation, and with Greek and Cyrillic in Latin letters."""

# ruff: noqa: RUF001 - it is about letters that look like others

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from urllib.parse import urlsplit

_WORD = re.compile(r"\w+")
_DOMAIN = re.compile(r"[\w-]+(\.[\w-]+)+")
_FOREIGN = re.compile(r"[\u0370-\u03ff\u0400-\u04ff]")


def _letters(text: str) -> dict[str, str]:
    """`ж=zh ь=` as a table."""
    pairs = (pair.partition("=") for pair in text.split())
    return {letter: written for letter, _, written in pairs}


# letters that Unicode does not decompose
_LATIN = _letters("ł=l ø=o đ=d ð=d þ=th æ=ae œ=oe ı=i")
# as company names are usually spelled abroad; the Ukrainian, Belarusian, Serbian and Macedonian letters at the end
_CYRILLIC = _letters(
    "а=a б=b в=v г=g д=d е=e ж=zh з=z и=i й=i к=k л=l м=m н=n о=o п=p р=r с=s т=t у=u ф=f х=h ц=ts ч=ch ш=sh щ=sch "
    "ъ= ы=y ь= э=e ю=yu я=ya ё=e і=i ї=i є=e ґ=g ў=u ђ=d ј=j љ=lj њ=nj ћ=c џ=dz ѓ=g ќ=k ѕ=dz"
)
# after ISO 843, with f for φ; the pairs are written before the single letters
_GREEK = _letters("α=a β=v γ=g δ=d ε=e ζ=z η=i θ=th ι=i κ=k λ=l μ=m ν=n ξ=x ο=o π=p ρ=r σ=s τ=t υ=y φ=f χ=ch ψ=ps ω=o")
_PAIRS = (("ου", "ou"), ("μπ", "b"), ("ευ", "ev"), ("αυ", "av"))
_PLAIN = str.maketrans({**_LATIN, **_CYRILLIC, **_GREEK})
_UMLAUTS = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue"})


@lru_cache(maxsize=4096)
def plain(text: str) -> str:
    """The words of a text in plain letters, with one space between them; empty if there is no word in it."""
    low = unicodedata.normalize("NFC", text.casefold())
    if low.isascii():
        return " ".join(_WORD.findall(low))
    bare = _bare(low.translate(_PLAIN) if _FOREIGN.search(low) is None else _foreign(low))
    return " ".join(_WORD.findall(bare))


def _foreign(low: str) -> str:
    # й and ё would lose their marks, and accents hide the Greek pairs: single letters first, then what is bare
    bare = _bare("".join(char if char in _CYRILLIC else unicodedata.normalize("NFD", char) for char in low))
    for pair, written in _PAIRS:
        bare = bare.replace(pair, written)
    return bare.translate(_PLAIN)


def _bare(text: str) -> str:
    return "".join(char for char in unicodedata.normalize("NFKD", text) if not unicodedata.combining(char))


def variants(text: str) -> tuple[str, ...]:
    """The plain forms under which a typed text may stand in a record, the likeliest first."""
    first = plain(text)
    found = [first, plain(unicodedata.normalize("NFC", text.casefold()).translate(_UMLAUTS))]
    found.append(first.replace("ae", "a").replace("oe", "o").replace("ue", "u"))
    if _FOREIGN.search(text):
        found.append(first.replace("ks", "x"))
    return tuple(form for form in dict.fromkeys(found) if form)


@lru_cache(maxsize=4096)
def domain(text: str) -> str:
    """The host of a URL, the domain of an e-mail address, or the text itself if it looks like a domain; else empty."""
    bare = text.strip().casefold()
    try:
        host = (urlsplit(bare).hostname or "") if "://" in bare else bare.rpartition("@")[2].partition("/")[0]
    except ValueError:  # `http://[` is no URL: then it is no domain either
        return ""
    return host.removeprefix("www.") if _DOMAIN.fullmatch(host) else ""


def above(host: str) -> tuple[str, ...]:
    """A domain and those that it lies under, but for the last label: `a.b.example` and `b.example`."""
    parts = host.split(".")
    return tuple(".".join(parts[start:]) for start in range(len(parts) - 1))
