"""
Templates joined: what a template includes becomes a part of it, so that a page is one template.

A page of an article includes some sixty templates, one for each block, and Jinja makes a context for each of them: half of the
time that a page takes to fill in (0.66 ms of 25 KB; joined, 0.3). Only for many pages of templates that do not change meanwhile:
Jinja looks at the including file alone to see whether something has changed, and tells a failure by that file's lines. Whoever
renders with a joined template renders anew with the plain ones where that fails.

An attribute is taken as Python takes it, where Jinja calls a function that would take an entry of that name as well. Where there
is none (an entry of a mapping is meant), the template fails, and `joining(takes_entries=True)` gives templates that do not.

What is included stands in a scope of its own, as it does in Jinja: what it sets is not seen outside. Whatever could tell an
included template from a part of the including one stays as it is, and is included: blocks, inheritance, macros, imports, `loop`
of the template outside, filters that look at the context.
"""

import keyword
from collections.abc import Callable, Iterator, Sequence
from typing import Any

import jinja2
from jinja2 import nodes
from jinja2.compiler import CodeGenerator, Frame
from markupsafe import escape

_APART: tuple[type[nodes.Node], ...] = (
    *(nodes.Extends, nodes.Block, nodes.Macro, nodes.CallBlock, nodes.Import, nodes.FromImport, nodes.FilterBlock),
    *(nodes.EvalContextModifier, nodes.ScopedEvalContextModifier, nodes.ContextReference, nodes.DerivedContextReference),
    *(nodes.Break, nodes.Continue, nodes.OverlayScope, nodes.ExtensionAttribute, nodes.EnvironmentAttribute),
)
_OF_OUTSIDE = frozenset({"loop", "self", "super", "caller", "varargs", "kwargs"})


_ASK_WHETHER_IT_IS_THERE = frozenset({"defined", "undefined", "default", "d"})


class _Generator(CodeGenerator):
    """
    Has `{{ … }}` go through the environment's own `shown`, as Jinja's native types have it go through none.

    What a page shows is mostly safe HTML already, and `markupsafe.escape` makes a new object of each.
    """

    def write_commons(self) -> None:
        super().write_commons()
        self.writeline("shown = environment.shown")

    def _output_child_pre(self, node: nodes.Expr, frame: Frame, finalize: CodeGenerator._FinalizeInfo) -> None:
        if frame.eval_ctx.volatile or not frame.eval_ctx.autoescape:
            super()._output_child_pre(node, frame, finalize)
            return
        self.write("shown(")
        if finalize.src is not None:
            self.write(finalize.src)

    _asks = 0
    """Within how many tests and filters it is that ask whether something is there at all."""

    def visit_Getattr(self, node: nodes.Getattr, frame: Frame) -> None:  # noqa: N802  # Jinja's name
        environment = self.environment
        is_name = node.attr.isidentifier() and not keyword.iskeyword(node.attr)
        is_name = is_name and not (isinstance(node.node, nodes.Name) and node.node.name == "self")  # its blocks are entries
        if not (isinstance(environment, JoiningEnvironment) and environment.is_direct and is_name) or self._asks:
            super().visit_Getattr(node, frame)
            return
        self.write("(")
        self.visit(node.node, frame)
        self.write(f").{node.attr}")

    def visit_Test(self, node: nodes.Test, frame: Frame) -> None:  # noqa: N802  # Jinja's name
        self._visit_asking(node, super().visit_Test, frame)

    def visit_Filter(self, node: nodes.Filter, frame: Frame) -> None:  # noqa: N802  # Jinja's name
        self._visit_asking(node, super().visit_Filter, frame)

    def _visit_asking(self, node: nodes.Test | nodes.Filter, visit: Callable[[Any, Frame], None], frame: Frame) -> None:
        asks = node.name in _ASK_WHETHER_IT_IS_THERE
        self._asks += asks
        visit(node, frame)
        self._asks -= asks


class JoiningEnvironment(jinja2.Environment):
    """An environment whose templates can be joined: see `joining`."""

    is_joining = False
    is_direct = False
    """Whether templates are compiled to take attributes alone."""
    code_generator_class = _Generator
    shown: Callable[[Any], str] = staticmethod(escape)
    """Makes HTML of what a template shows: what `markupsafe.escape` gives, as a `str` of any kind."""

    def joining(self, *, takes_entries: bool = False) -> "JoiningEnvironment":
        """The same environment, with joined templates, read once. With `takes_entries`, `x.name` can be an entry of x."""
        environment = self.overlay(auto_reload=False, cache_size=-1)
        assert isinstance(environment, JoiningEnvironment)
        environment.is_joining, environment.is_direct = True, not takes_entries
        return environment

    def compile(self, source, name=None, filename=None, raw=False, defer_init=False):  # type: ignore[no-untyped-def]  # Jinja has two, of which one is meant
        """Compile a template, joined with what it includes."""
        if self.is_joining and isinstance(source, str):
            source = self.parse(source, name, filename)
            _join(source, self, (name or "",))
        return super().compile(source, name, filename, raw, defer_init)


def _join(node: nodes.Node, environment: jinja2.Environment, within: tuple[str, ...]) -> None:
    """Put included templates in the place of what includes them, in what a part of a template holds."""
    for field in ("body", "else_", "elif_"):
        held = getattr(node, field, None)
        if isinstance(held, list):
            setattr(node, field, [part for inner in held for part in _joined(inner, environment, within)])


def _joined(node: nodes.Node, environment: jinja2.Environment, within: tuple[str, ...]) -> list[nodes.Node]:
    if isinstance(node, nodes.Include) and node.with_context and not node.ignore_missing:
        return _included(node, environment, within)
    if isinstance(node, nodes.Block | nodes.For | nodes.If | nodes.With | nodes.Scope):
        _join(node, environment, within)
    return [node]


def _included(include: nodes.Include, environment: jinja2.Environment, within: tuple[str, ...]) -> list[nodes.Node]:
    wanted = include.template
    if isinstance(wanted, nodes.Const) and isinstance(wanted.value, str):
        body = _body_of(wanted.value, environment, within)
        return [include if body is None else nodes.Scope(body, lineno=include.lineno)]
    # As in "blocks/" ~ block.kind ~ ".html": the one name that is not known before is compared with those that there are.
    if not isinstance(wanted, nodes.Concat) or len(wanted.nodes) != 3:
        return [include]
    before, asked, after = wanted.nodes
    if not (isinstance(before, nodes.Const) and isinstance(after, nodes.Const)) or isinstance(asked, nodes.Const):
        return [include]
    begin, end = str(before.value), str(after.value)
    bodies = {
        name[len(begin) : len(name) - len(end)]: body
        for name in environment.list_templates()
        if name.startswith(begin) and name.endswith(end) and len(name) > len(begin) + len(end)
        if (body := _body_of(name, environment, within)) is not None
    }
    if not bodies:
        return [include]
    # Jinja's parser makes such names so, of which no template can have one; a second parser would begin to count its template.
    kind = object.__new__(nodes.InternalName)
    nodes.Node.__init__(kind, "included", lineno=include.lineno)
    choices = [_case(kind, name, body, include.lineno) for name, body in bodies.items()]
    choice = nodes.If(choices[0].test, choices[0].body, choices[1:], [include], lineno=include.lineno)
    return [nodes.Assign(kind, asked, lineno=include.lineno), choice]


def _case(kind: nodes.Node, name: str, body: list[nodes.Node], line: int) -> nodes.If:
    test = nodes.Compare(kind, [nodes.Operand("eq", nodes.Const(name, lineno=line), lineno=line)], lineno=line)
    return nodes.If(test, [nodes.Scope(body, lineno=line)], [], [], lineno=line)


def _body_of(name: str, environment: jinja2.Environment, within: tuple[str, ...]) -> list[nodes.Node] | None:
    """What a template holds, joined; None where it must stay apart, is not there or cannot be read."""
    if name in within or environment.loader is None:
        return None
    try:
        source, filename, _ = environment.loader.get_source(environment, name)
        tree = environment.parse(source, name, filename)
    except (jinja2.TemplateError, OSError, UnicodeError):
        return None  # told for the page that wants it
    if not _can_be_part(tree, environment):
        return None
    _join(tree, environment, (*within, name))
    return tree.body


def _can_be_part(tree: nodes.Template, environment: jinja2.Environment) -> bool:
    for node in tree.find_all(nodes.Node):
        if isinstance(node, _APART):
            return False
        if isinstance(node, nodes.Filter) and _looks_at_context(environment.filters.get(node.name)):
            return False
        if isinstance(node, nodes.Test) and _looks_at_context(environment.tests.get(node.name)):
            return False
    return _OF_OUTSIDE.isdisjoint(_free_names(tree.body))


def _looks_at_context(function: object) -> bool:
    return getattr(getattr(function, "jinja_pass_arg", None), "name", "") == "context"


def _free_names(body: Sequence[nodes.Node]) -> Iterator[str]:
    """The names in a template; `loop` only where no loop of its own gives it."""
    for node in body:
        if isinstance(node, nodes.Name):
            yield node.name
        inner = _free_names(list(node.iter_child_nodes()))
        yield from (name for name in inner if name != "loop") if isinstance(node, nodes.For) else inner
