"""What a template reads, found without running it: unknown names, values that may be missing, citations used.

Jinja is imported here at the top: this module is loaded only to check letters.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Any

from jinja2 import Environment, TemplateSyntaxError, nodes

from dsar.letters import kinds
from dsar.letters.paths import Guards, path_of, truths
from dsar.letters.reading import Finding, Reading

if TYPE_CHECKING:
    from collections.abc import Callable

    from dsar.letters.kinds import Kind

_ORDERINGS = frozenset({"lt", "lteq", "gt", "gteq"})
# Filters that need a value: the others look at one.
_TAKES_NONE = frozenset({"list", "selectattr", "rejectattr", "map", "first", "last"})
_KEEPS = frozenset({"list", "selectattr", "rejectattr"})


_ENV = Environment()  # noqa: S701 - parses only, renders nothing

Scope = dict[str, "Kind"]


@lru_cache(maxsize=512)
def _tree(text: str) -> nodes.Template:
    """A text as Jinja reads it, parsed once: many letters include the same parts. It is looked at, never changed."""
    return _ENV.parse(text)


class Reader:
    """Reads the texts of one letter into one `Reading`."""

    def __init__(self, needs: tuple[str, ...], part: Callable[[str], str | None], filters: frozenset[str]) -> None:
        """`needs` as declared; `part` finds an included file; `filters` are those that letters have."""
        self.reading = Reading()
        self._needs = needs
        self._part = part
        self._filters = filters | frozenset(_ENV.filters)
        self._file = ""

    def read(self, text: str) -> None:
        """Read one text of the letter."""
        self._parse(text, kinds.names(), frozenset())

    def _parse(self, text: str, scope: Scope, guards: Guards) -> None:
        self.reading.texts.append(text)
        try:
            tree = _tree(text)
        except TemplateSyntaxError as error:
            self.reading.findings.append(Finding(self._file, error.lineno, error.message or "it is no template"))
            return
        self._body(tree.body, scope, guards)

    def _fault(self, node: nodes.Node, text: str) -> None:
        finding = Finding(self._file, node.lineno, text)
        if finding not in self.reading.findings:
            self.reading.findings.append(finding)

    def _body(self, body: list[nodes.Node], scope: Scope, guards: Guards) -> None:
        for node in body:
            self._statement(node, scope, guards)

    def _statement(self, node: nodes.Node, scope: Scope, guards: Guards) -> None:
        match node:
            case nodes.Output():
                for one in node.nodes:
                    self._value(one, scope, guards)
            case nodes.If():
                self._if(node, scope, guards)
            case nodes.For():
                inner = scope | self._bound(node.target, kinds.element(self._expr(node.iter, scope, guards)))
                self._body(node.body, inner | {"loop": Any}, guards)
                self._body(node.else_, scope, guards)
            case nodes.Assign(target=nodes.Name(name=name)):
                scope[name] = self._expr(node.node, scope, guards)
            case nodes.Include(template=nodes.Const(value=str(name))):
                self._include(node, name, scope, guards)
            case _:
                self._fault(node, f"{type(node).__name__.lower()} has no place in a letter; use a part")

    def _if(self, node: nodes.If, scope: Scope, guards: Guards) -> None:
        self._expr(node.test, scope, guards)
        self._body(node.body, scope, guards | truths(node.test))
        for one in node.elif_:
            self._if(one, scope, guards)
        self._body(node.else_, scope, guards)

    def _include(self, node: nodes.Include, name: str, scope: Scope, guards: Guards) -> None:
        text = self._part(name)
        if text is None:
            self._fault(node, f"there is no part {name}")
            return
        outer, self._file = self._file, name
        self._parse(text, scope, guards)
        self._file = outer

    def _bound(self, target: nodes.Node, kind: Kind) -> Scope:
        match target:
            case nodes.Name(name=name):
                return {name: kind}
            case nodes.Tuple(items=items):
                pairs = zip(items, kinds.members(kind, len(items)), strict=True)
                return {item.name: one for item, one in pairs if isinstance(item, nodes.Name)}
            case _:
                return {}

    def _value(self, node: nodes.Node, scope: Scope, guards: Guards) -> Kind:
        """An expression whose value is printed or used: it must not be missing."""
        kind = self._expr(node, scope, guards)
        path = path_of(node)
        declared = any(need == path or need.startswith(path + ".") for need in self._needs)
        if kinds.optional(kind) and path and path not in guards and not declared:
            self._fault(node, f"`{path}` may be missing: declare it under needs, or ask for it with if")
        return kinds.present(kind)

    def _expr(self, node: nodes.Node, scope: Scope, guards: Guards) -> Kind:
        match node:
            case nodes.Name(name=name):
                return self._name(node, name, scope)
            case nodes.Getattr(attr=attr):
                return self._attribute(node, attr, scope, guards)
            case nodes.Filter():
                return self._filter(node, scope, guards)
            case nodes.Call():
                return self._call(node, scope, guards)
            case nodes.And():
                self._expr(node.left, scope, guards)
                self._expr(node.right, scope, guards | truths(node.left))
                return bool
            case nodes.Compare():
                ordered = any(one.op in _ORDERINGS for one in node.ops)
                for one in (node.expr, *(operand.expr for operand in node.ops)):
                    (self._value if ordered else self._expr)(one, scope, guards)
                return bool
            case _:
                for child in node.iter_child_nodes():
                    if isinstance(child, nodes.Expr):
                        self._expr(child, scope, guards)
                return Any

    def _name(self, node: nodes.Node, name: str, scope: Scope) -> Kind:
        self.reading.names.add(name)
        if name in scope:
            return scope[name]
        if name not in kinds.RETURNS:
            self._fault(node, f"there is no `{name}`")
        return Any

    def _attribute(self, node: nodes.Getattr, attr: str, scope: Scope, guards: Guards) -> Kind:
        base = self._value(node.node, scope, guards)
        kind = kinds.attribute(base, attr)
        if kind is None:
            self._fault(node, f"`{path_of(node.node) or 'the value'}` has no `{attr}`")
            return Any
        return kind

    def _filter(self, node: nodes.Filter, scope: Scope, guards: Guards) -> Kind:
        if node.name not in self._filters:
            self._fault(node, f"there is no filter `{node.name}`")
        for one in (*node.args, *(pair.value for pair in node.kwargs)):
            self._expr(one, scope, guards)
        if node.node is None:
            return Any
        take = self._expr if node.name in _TAKES_NONE else self._value
        kind = take(node.node, scope, guards)
        self._attribute_argument(node, kinds.element(kind))
        return kind if node.name in _KEEPS else Any

    def _attribute_argument(self, node: nodes.Filter, kind: Kind) -> None:
        """`selectattr("right", …)`, `map(attribute="id")`: the attribute is one of the elements'."""
        named = [pair.value for pair in node.kwargs if pair.key == "attribute"]
        named += node.args[:1] if node.name in {"selectattr", "rejectattr"} else []
        for one in named:
            if isinstance(one, nodes.Const) and isinstance(one.value, str) and kinds.attribute(kind, one.value) is None:
                self._fault(node, f"what is filtered has no `{one.value}`")

    def _call(self, node: nodes.Call, scope: Scope, guards: Guards) -> Kind:
        self._expr(node.node, scope, guards)
        for one in (*node.args, *(pair.value for pair in node.kwargs)):
            self._expr(one, scope, guards)
        name = node.node.name if isinstance(node.node, nodes.Name) else ""
        kept = {"cite": self.reading.cites, "precedent": self.reading.precedents, "by_right": self.reading.rights}
        if name in kept:
            for one in node.args:
                if isinstance(one, nodes.Const):
                    kept[name].add(str(one.value))
                else:
                    self._fault(node, f"`{name}` takes a text in quotation marks, so that it can be checked")
        return kinds.RETURNS.get(name, Any)
