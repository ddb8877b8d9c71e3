"""Dotted paths in a template's expressions, and which of them a condition proves to be there."""

from __future__ import annotations

from jinja2 import nodes

Guards = frozenset[str]


def path_of(node: nodes.Node) -> str:
    """The dotted path that an expression is, or nothing."""
    match node:
        case nodes.Name(name=name):
            return str(name)
        case nodes.Getattr(node=base, attr=attr):
            inner = path_of(base)
            return f"{inner}.{attr}" if inner else ""
        case _:
            return ""


def truths(test: nodes.Node) -> Guards:
    """The paths that are certainly there where the test holds; whoever has `a.b` has `a`."""
    match test:
        case nodes.And():
            return truths(test.left) | truths(test.right)
        case nodes.Name() | nodes.Getattr():
            steps = path_of(test).split(".")
            return frozenset(".".join(steps[: n + 1]) for n in range(len(steps)))
        case _:
            return frozenset()
