"""What was found in a letter without running it."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Finding:
    """A fault in a template: `part` is the included file, or empty for the letter itself."""

    part: str
    line: int
    text: str


@dataclass(slots=True)
class Reading:
    """What one letter reads, over its subject, its text and the parts it includes."""

    findings: list[Finding] = field(default_factory=list)
    names: set[str] = field(default_factory=set)
    cites: set[str] = field(default_factory=set)
    precedents: set[str] = field(default_factory=set)
    rights: set[str] = field(default_factory=set)
    texts: list[str] = field(default_factory=list)
