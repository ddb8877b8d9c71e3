"""The sandbox in which letters are filled: nothing to import, nothing undefined, nothing printed unescaped."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from dsar.letters.errors import HoleError, LetterFileError
from dsar.letters.escape import Markdown, clean, escape

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

    from jinja2 import Environment

    from dsar.letters.front import Template
    from dsar.letters.voice import Voice
    from dsar.letters.words import Words

PARTS = "_parts"


def part(roots: tuple[Path, ...], lang: str, name: str) -> Path | None:
    """The file of `{% include "_parts/…" %}`; only files of the language's own folder of parts can be included."""
    folder, _, file = name.partition("/")
    if folder != PARTS:
        return None
    for root in roots:
        for path in (root / lang / PARTS).glob("*.md.j2"):
            if path.name == file:
                return path
    return None


def render(template: Template, text: str, context: Mapping[str, object], words: Words, voice: Voice) -> str:
    """One text of the letter, filled in as Markdown; LetterFileError or HoleError where the file is at fault."""
    return _render(template, text, context, words, voice, escape)


def render_line(template: Template, text: str, context: Mapping[str, object], words: Words, voice: Voice) -> str:
    """As `render`, for one line that is no Markdown."""
    return clean(_render(template, text, context, words, voice, clean))


def _render(  # noqa: PLR0913, PLR0917 - private, called twice above
    template: Template,
    text: str,
    context: Mapping[str, object],
    words: Words,
    voice: Voice,
    escaped: Callable[[str], str],
) -> str:
    from jinja2 import TemplateError  # noqa: PLC0415 - heavy, loaded on use

    env = _environment(words, voice, _finalize(template, words, escaped))
    try:
        return env.from_string(text).render(context)
    except TemplateError as error:
        where = getattr(error, "name", None) or template.place
        raise LetterFileError(file=where, key="text", problem=error.message or type(error).__name__) from error
    except (TypeError, AttributeError) as error:  # an operation on None: a value that the case does not hold
        raise HoleError(file=template.place) from error


def _environment(words: Words, voice: Voice, finalize: Callable[[object], str]) -> Environment:
    from jinja2 import FunctionLoader, StrictUndefined  # noqa: PLC0415 - heavy, loaded on use
    from jinja2.sandbox import ImmutableSandboxedEnvironment  # noqa: PLC0415 - heavy, loaded on use

    def load(name: str) -> str | None:
        path = part(words.roots, words.lang.code, name)
        return path.read_text(encoding="utf-8") if path else None

    env = ImmutableSandboxedEnvironment(
        loader=FunctionLoader(load),
        undefined=StrictUndefined,
        finalize=finalize,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,  # a part ends its own paragraph
        autoescape=False,  # the output is Markdown: `finalize` escapes every value
    )
    env.globals.clear()
    env.globals.update(voice.functions())
    env.filters.update(voice.filters())
    return env


def _finalize(template: Template, words: Words, escaped: Callable[[str], str]) -> Callable[[object], str]:
    def finalize(value: object) -> str:
        match value:
            case Markdown():
                return value
            case str():
                return escaped(value)
            case bool() | None:
                raise HoleError(file=template.place)
            case int():
                return str(value)
            case date():
                return escaped(words.day(value))
            case _:
                # An undefined value says so itself; nothing else has a form of words.
                text = str(value)
                raise LetterFileError(file=template.place, key="text", problem=f"{text[:40]} cannot be printed")

    return finalize
