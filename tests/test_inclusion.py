"""What a template includes becomes a part of it: the same pages, and the same failures."""

from pathlib import Path

import jinja2
import pytest

from a11ynews import build
from a11ynews.inclusion import JoiningEnvironment
from project import CONFIG, Project
from records import YAML

TEMPLATES = {
    "a part": ("{% include 'part' %} end", {"part": "<b>{{ words }}</b>\n"}),
    "a part within a part": ("{% include 'one' %}", {"one": "1{% include 'two' %}", "two": "2{{ words }}"}),
    "what a part sets": ("{% set x = 1 %}{% include 'part' %}{{ x }}", {"part": "{% set x = 2 %}{{ x }}"}),
    "what is set around it": ("{% set x = words %}{% include 'part' %}", {"part": "{{ x }}"}),
    "what is set around it in some cases": (
        "{% if 0 %}{% set x = 1 %}{% endif %}{% include 'part' %}",
        {"part": "{{ x is defined }}"},
    ),
    "one of several": (
        "{% for kind in kinds %}{% include 'parts/' ~ kind ~ '.html' %}{% endfor %}",
        {
            "parts/a.html": "A{{ kind }}",
            "parts/b.html": "B{% for n in kinds %}{{ loop.index }}{% endfor %}",
            "parts/.html": "none",
        },
    ),
    "one that is there in no folder": ("{% include 'parts/' ~ words ~ '.html' %}", {"parts/a.html": "A"}),
    "one that holds itself": (
        "{% set n = 2 %}{% include 'part' %}",
        {"part": "{{ n }}{% if n %}{% set n = 0 %}{% include 'part' %}{% endif %}"},
    ),
    "in a block": (
        "{% extends 'base' %}{% block main %}{% include 'part' %}{% endblock %}",
        {"base": "[{% block main %}{% endblock %}]", "part": "x"},
    ),
    "in a base": (
        "{% extends 'base' %}{% block main %}y{% endblock %}",
        {"base": "{% include 'part' %}{% block main %}{% endblock %}", "part": "x"},
    ),
    "the loop outside": ("{% for n in kinds %}{% include 'part' %}{% endfor %}", {"part": "{{ loop is defined }}"}),
    "the loop outside, in use there": (
        "{% for n in kinds %}{{ loop.index }}{% include 'part' %}{% endfor %}",
        {"part": "{{ loop.index }}"},
    ),
    "a block in a part": ("{% include 'part' %}", {"part": "{% block one %}1{% endblock %}{{ self.one() }}"}),
    "a part that extends": ("{% include 'part' %}", {"part": "{% extends 'base' %}", "base": "base"}),
    "a macro": ("{% include 'part' %}", {"part": "{% macro m(x) %}<{{ x }}>{% endmacro %}{{ m(words) }}"}),
    "an import": (
        "{% include 'part' %}",
        {"part": "{% from 'macros' import m %}{{ m(1) }}", "macros": "{% macro m(x) %}{{ x }}{% endmacro %}"},
    ),
    "without context": ("{% set x = 1 %}{% include 'part' without context %}", {"part": "{{ x is defined }}"}),
    "what may be missing": ("{% include 'none' ignore missing %}!", {}),
    "what is missing": ("{% include 'none' %}!", {}),
    "what cannot be read": ("{% include 'part' %}!", {"part": "{% if %}"}),
    "what fails": ("1\n{% include 'part' %}", {"part": "\n\n{{ nothing }}"}),
    "what turns escaping off": ("{% include 'part' %}", {"part": "{% autoescape false %}{{ words }}{% endautoescape %}"}),
    "a filter that looks at the context": ("{% include 'part' %}", {"part": "{{ kinds|map('upper')|join }}"}),
    "several names": ("{% include ['none', 'part'] %}", {"part": "x"}),
    "a name that is not text": ("{% include 'parts/' ~ number ~ '.html' %}", {"parts/1.html": "one"}),
}


def outcome(environment: jinja2.Environment) -> str:
    """What a template gives, or how it fails."""
    try:
        return environment.get_template("start").render(words="<i> & b", kinds=["a", "b"], number=1)
    except jinja2.TemplateError as error:
        return f"{type(error).__name__} {error.message}"


@pytest.mark.parametrize(("start", "others"), TEMPLATES.values(), ids=TEMPLATES)
def test_a_joined_template_gives_the_same(start: str, others: dict[str, str]) -> None:
    """Whatever is included, and however: the joined template gives what the plain one gives, and fails where that fails."""
    loader = jinja2.DictLoader({"start": start, **others})
    plain = JoiningEnvironment(loader=loader, autoescape=True, undefined=jinja2.StrictUndefined, trim_blocks=True)

    assert outcome(plain.joining()) == outcome(plain)


def test_what_is_included_becomes_a_part() -> None:
    """A joined template asks for no other one."""
    loader = jinja2.DictLoader({"start": "{% include 'a' %}{% include 'p/' ~ kinds[0] ~ '.html' %}", "a": "1", "p/a.html": "2"})
    environment = JoiningEnvironment(loader=loader).joining()
    template = environment.get_template("start")
    loader.mapping.clear()  # type: ignore[attr-defined]  # it is a dict
    assert environment.cache is not None
    environment.cache.clear()

    assert template.render(kinds=["a"]) == "12"


class Thing:
    """Something with attributes, one of which is a word of Python's."""

    def __init__(self) -> None:
        self.name = "n"
        self.__dict__["class"] = "c"
        self.inner = {"a": [1]}


ASKED = {
    "an attribute": "{{ thing.name }}{{ thing.name.upper() }}{{ thing.inner.items()|list }}",
    "a word of Python's": "{{ thing.class }}",
    "what may be there": "{{ thing.none is defined }}{{ thing.none is undefined }}{{ thing.name is defined }}",
    "what may be there, further in": "{{ thing.inner.a is defined }}{{ thing.inner.b is defined }}",
    "what has something in its place": "{{ thing.none|default('d') }}{{ thing.none|d('d') }}{{ thing.inner.a|d(0) }}",
    "a block": "{% block b %}b{% endblock %}{{ self.b() }}",
}
ENTRIES = {"an entry": "{{ thing.inner.a }}", "an entry behind a test": "{{ thing.inner.a is defined and thing.inner.a }}"}


@pytest.mark.parametrize("template", (ASKED | ENTRIES).values(), ids=ASKED | ENTRIES)
def test_attributes_are_taken_as_jinja_takes_them(template: str) -> None:
    """Joined templates take them as plain ones do; an entry of a mapping where they take those, and fail else."""
    plain = JoiningEnvironment(loader=jinja2.DictLoader({"start": template}), undefined=jinja2.StrictUndefined)
    wanted = plain.get_template("start").render(thing=Thing())

    assert plain.joining(takes_entries=True).get_template("start").render(thing=Thing()) == wanted
    if template in ASKED.values():
        assert plain.joining().get_template("start").render(thing=Thing()) == wanted
    else:
        with pytest.raises(AttributeError):
            plain.joining().get_template("start").render(thing=Thing())


@pytest.fixture
def room(tmp_path: Path) -> Project:
    """A project with the record that has everything, and its files."""
    project = Project(tmp_path, CONFIG.replace('["en", "de", "it"]', '["en"]'))
    project.write_everything(YAML.replace("languages: [en, de, zh_Hant]\n", ""))
    return project


def made(project: Project) -> dict[str, bytes]:
    """The pages and traces of a project."""
    files = [*project.root.glob("site/**/*.html"), *project.root.glob(".a11ynews/**/*.trace")]
    return {str(file.relative_to(project.root)): file.read_bytes() for file in files}


def test_a_page_of_a_large_site_is_that_of_a_small_one(room: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whether templates are joined, as for many records, or not: every block, and where each of the words comes from."""
    room.write("templates/blocks/contact.html", "{% set x = block.number %}<p>{{ x }}{{ block.contact }}</p>\n")
    room.write("templates/notice.html", '{% include "a11ynews/notice.html" %}{% for n in [1, 2] %}{{ loop.index }}{% endfor %}')
    assert not room.render().stopped
    small = made(room)
    monkeypatch.setattr(build, "FEW", 1)

    outcome = room.site().render(force=True, jobs=1)

    assert outcome.stopped == []
    assert made(room) == small
    assert "site/en/reading-room.html" in small


def test_templates_that_take_entries_of_a_mapping_are_joined_as_well(room: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    """They are joined once more after the first page of which one takes an entry, and no page is made by the plain ones."""
    room.write("templates/notice.html", '{% set words = {"a": "b"} %}{% include "a11ynews/notice.html" %}{{ words.a }}')
    assert not room.render().stopped
    small = made(room)
    monkeypatch.setattr(build, "FEW", 1)
    joining, joined = JoiningEnvironment.joining, []

    def join(environment: JoiningEnvironment, *, takes_entries: bool = False) -> JoiningEnvironment:
        joined.append(takes_entries)
        return joining(environment, takes_entries=takes_entries)

    monkeypatch.setattr(JoiningEnvironment, "joining", join)
    monkeypatch.setattr(jinja2.Template, "render", lambda template, _: pytest.fail(f"the plain {template.name} made a page"))

    assert room.site().render(force=True, jobs=1).stopped == []
    assert made(room) == small
    assert joined == [False, True]


def test_what_fails_in_a_part_is_told_at_its_own_line(room: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    """A joined template knows the lines of one file alone; the web team is told those of the file that fails."""
    room.write("templates/blocks/quote.html", "<blockquote>\n  {{ block.quote.nothing }}\n</blockquote>\n")
    monkeypatch.setattr(build, "FEW", 1)

    stopped = room.site().render(jobs=1).stopped

    assert {(fault.file, fault.line) for fault in stopped} == {("templates/blocks/quote.html", 2)}
