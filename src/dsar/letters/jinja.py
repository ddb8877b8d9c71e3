"""The sandbox in which letters are filled: nothing to import, nothing undefined, nothing printed unescaped."""

from __future__ import annotations

from datetime import date
from functools import lru_cache
from typing import TYPE_CHECKING, NoReturn

from dsar.letters.errors import HoleError, LetterFileError
from dsar.letters.escape import Markdown, clean, escape

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, MutableMapping
    from pathlib import Path
    from types import CodeType

    from jinja2 import BaseLoader, Environment
    from jinja2 import Template as JinjaTemplate

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
        code = _code(text, None, tuple(voice.filters()))
        return env.template_class.from_code(env, code, env.make_globals(None)).render(context)
    except TemplateError as error:
        where = getattr(error, "name", None) or template.place
        raise LetterFileError(file=where, key="text", problem=error.message or type(error).__name__) from error
    except (TypeError, AttributeError) as error:  # an operation on None: a value that the case does not hold
        raise HoleError(file=template.place) from error


def _environment(words: Words, voice: Voice, finalize: Callable[[object], str]) -> Environment:
    env = _sandbox(finalize, _parts(words, tuple(voice.filters())))
    env.globals.clear()
    env.globals.update(voice.functions())
    env.filters.update(voice.filters())
    return env


def _sandbox(finalize: Callable[[object], str], loader: BaseLoader | None = None) -> Environment:
    from jinja2 import StrictUndefined  # noqa: PLC0415 - heavy, loaded on use
    from jinja2.sandbox import ImmutableSandboxedEnvironment  # noqa: PLC0415 - heavy, loaded on use

    return ImmutableSandboxedEnvironment(
        loader=loader,
        undefined=StrictUndefined,
        finalize=finalize,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,  # a part ends its own paragraph
        autoescape=False,  # the output is Markdown: `finalize` escapes every value
    )


def _parts(words: Words, filters: tuple[str, ...]) -> BaseLoader:
    """What finds and compiles the parts that a letter includes."""
    from jinja2 import BaseLoader, TemplateNotFound  # noqa: PLC0415 - heavy, loaded on use

    class Parts(BaseLoader):
        def load(
            self,
            environment: Environment,
            name: str,
            globals: MutableMapping[str, object] | None = None,  # noqa: A002 - jinja's own name
        ) -> JinjaTemplate:
            path = part(words.roots, words.lang.code, name)
            if path is None:
                raise TemplateNotFound(name)
            code = _code(path.read_text(encoding="utf-8"), name, filters)
            return environment.template_class.from_code(environment, code, globals if globals is not None else {})

    return Parts()


@lru_cache(maxsize=512)
def _code(text: str, name: str | None, filters: tuple[str, ...]) -> CodeType:
    """The code of a text, made once: a campaign fills the same text for many people.

    It is made in a sandbox that holds nothing of any case, so that nothing of one letter can stay in it for the next:
    whatever depends on the language, the law or the case is left to be computed when the letter is filled.
    """
    env = _sandbox(_later)
    env.globals.clear()
    env.filters.update(dict.fromkeys(filters, _later))
    return env.compile(text, name)


def _later(*_: object) -> NoReturn:
    """Stand in for what is not known while a text is compiled."""
    from jinja2.nodes import Impossible  # noqa: PLC0415 - heavy, loaded on use

    raise Impossible


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
