"""What has changed since a revision, and which pages can show it: a page too few would be a pass that nobody has earned."""

import json
import os
import shutil
import subprocess
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from a11ynews.changes import changes_since, choose
from a11ynews.check import Settings, check
from a11ynews.cli import main
from a11ynews.config import load
from a11ynews.errors import A11yNewsError
from a11ynews.report import Report
from a11ynews.targets import Targets, gather
from project import CONFIG, GERMAN, RECORD, Project

PAGE = (
    '<!doctype html><html lang="en"><head><title>{title}</title>{head}</head>'
    "<body><main><h1>{title}</h1>{body}</main></body></html>"
)


@pytest.fixture(scope="module", autouse=True)
def alone() -> Iterator[None]:
    """git goes by nothing that whoever runs the tests has set."""
    with pytest.MonkeyPatch.context() as patch:
        for name in [name for name in os.environ if name.startswith("GIT_")]:
            patch.delenv(name)
        patch.setenv("GIT_CONFIG_GLOBAL", os.devnull)
        patch.setenv("GIT_CONFIG_NOSYSTEM", "1")
        for who in ("AUTHOR", "COMMITTER"):
            patch.setenv(f"GIT_{who}_NAME", "Test")
            patch.setenv(f"GIT_{who}_EMAIL", "test@example.org")
        yield


def git(where: Path, *arguments: str) -> str:
    """Run git; its output."""
    return subprocess.run(["git", "-C", str(where), *arguments], check=True, capture_output=True, text=True).stdout.strip()


def commit(root: Path, words: str = "Change") -> str:
    """Commit all that is in a working tree; the commit."""
    git(root, "add", "--all")
    git(root, "commit", "--quiet", "--allow-empty", "--message", words)
    return git(root, "rev-parse", "HEAD")


def write(root: Path, files: dict[str, str]) -> None:
    """Write files below a folder."""
    for name, content in files.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(content, "utf-8")


def html(title: str, body: str = "<p>Text.</p>", head: str = "") -> str:
    """A page without a fault."""
    return PAGE.format(title=title, body=body, head=head)


@pytest.fixture
def repository(made_repository: Path, tmp_path: Path) -> Path:
    """A repository with three pages in `public/`, their assets, and `main` where they were committed; HEAD is on `topic`."""
    return Path(shutil.copytree(made_repository, tmp_path / "repository"))


@pytest.fixture(scope="module")
def made_repository(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Made once for all tests, which have a copy each."""
    root = tmp_path_factory.mktemp("repository")
    git(root, "init", "--quiet", "--initial-branch=main", "--template=")
    link = '<link rel="stylesheet" href="css/site.css">'
    write(
        root,
        {
            "public/a.html": html("Alpha", '<p><a href="b.html">Beta</a></p>', link),
            "public/b.html": html(
                "Beta", '<img src="img/flood%20zürich.png" srcset="/img/two.png 2x, img/three.png 3x" alt="A flood">'
            ),
            "public/c/c.html": html(
                "Gamma", '<iframe src="../frame.html" title="Chart"></iframe><script src="/js/c.js"></script>'
            ),
            "public/frame.html": html("Frame"),
            "public/css/site.css": '@import "base.css"; body { background: url(../img/back.png) }',
            "public/css/base.css": "@font-face { src: url('/fonts/text.woff2') }",
            "public/js/c.js": 'import { chart } from "./chart.js";',
            "public/js/chart.js": 'fetch("/data/chart.json")',
            "public/data/chart.json": "{}",
            **{f"public/img/{name}.png": name for name in ("flood zürich", "two", "three", "back")},
            "public/fonts/text.woff2": "font",
            "README.md": "Read me.",
            "build.py": "pass",
        },
    )
    commit(root, "Begin")
    git(root, "switch", "--quiet", "--create", "topic")
    return root


@pytest.fixture
def chosen(repository: Path) -> Callable[..., list[str]]:
    """Which pages of `public/` are chosen, since `main` unless another revision is named."""

    def choose_of(revision: str = "main", decisive: Iterable[Path] = ()) -> list[str]:
        return names(targets_since(repository, repository / "public", revision, decisive), repository / "public")

    return choose_of


def targets_since(where: Path, site: Path, revision: str = "main", decisive: Iterable[Path] = ()) -> Targets:
    """The pages of a folder, chosen by what has changed."""
    targets = gather([str(site)])
    file = next((folder / "a11ynews.toml" for folder in (where,) if (folder / "a11ynews.toml").is_file()), None)
    choose(targets, changes_since(revision, where), load(file) if file else None, decisive)
    return targets


def names(targets: Targets, site: Path) -> list[str]:
    """The pages that are chosen, by their paths in a site."""
    assert targets.chosen is not None
    return sorted(Path(page.name).relative_to(site).as_posix() for page in targets.chosen)


ALL = ["a.html", "b.html", "c/c.html", "frame.html"]

# -- what git says -----------------------------------------------------------------------------------------------------


def changed(root: Path, revision: str = "main") -> list[str]:
    """The files that have changed, from the root."""
    return [path.relative_to(root).as_posix() for path in changes_since(revision, root).changed]


def test_what_is_committed_staged_unstaged_and_untracked_counts(repository: Path) -> None:
    """The working tree is compared, not HEAD: whoever runs the check before a commit sees what it will bring."""
    write(repository, {"public/a.html": html("A")})
    commit(repository)
    write(repository, {"public/b.html": html("B"), "public/new.html": html("New"), "public/frame.html": html("F")})
    git(repository, "add", "public/b.html")

    assert changed(repository) == ["public/a.html", "public/b.html", "public/frame.html", "public/new.html"]


def test_the_point_where_the_branch_left_counts_not_what_came_after_on_the_other_side(repository: Path) -> None:
    """As `git diff main...`: what others have done on main meanwhile is not this branch's doing."""
    write(repository, {"public/a.html": html("A")})
    commit(repository)
    git(repository, "switch", "--quiet", "main")
    write(repository, {"public/b.html": html("B")})
    commit(repository)
    git(repository, "switch", "--quiet", "topic")

    assert changed(repository) == ["public/a.html"]


def test_a_renamed_file_counts_by_both_names_and_a_deleted_one_by_its_own(repository: Path) -> None:
    """Whoever refers to the old name is touched too."""
    git(repository, "mv", "public/a.html", "public/ä b.html")
    git(repository, "rm", "--quiet", "public/b.html")
    found = changes_since("main", repository)

    assert changed(repository) == ["public/a.html", "public/b.html", "public/ä b.html"]
    assert {path.name for path in found.gone} == {"a.html", "b.html"}
    assert {path.name for path in found.added} == {"ä b.html"}


def test_names_with_blanks_quotes_umlauts_and_line_breaks_are_kept(repository: Path) -> None:
    """git would write them in quotation marks, with escapes."""
    odd = ["public/ü.html", 'public/"quoted".html', "public/two\nlines.html", "public/ leading.html", "public/-dash.html"]
    write(repository, dict.fromkeys(odd, html("Odd")))
    commit(repository)

    assert changed(repository) == sorted(odd)


def test_what_is_ignored_and_what_is_in_a_submodule_does_not_count(repository: Path, tmp_path: Path) -> None:
    """Output of a build, and other repositories, with or without an entry in .gitmodules."""
    other = tmp_path / "other"
    other.mkdir()
    git(other, "init", "--quiet")
    write(other, {"page.html": html("Other")})
    commit(other)
    git(repository, "-c", "protocol.file.allow=always", "submodule", "--quiet", "add", str(other), "theme")
    commit(repository)
    git(repository, "branch", "--force", "main")
    write(
        repository,
        {"theme/page.html": html("New"), "build/x.html": html("X"), ".gitignore": "build/\n", "public/a.html": html("A")},
    )
    git(repository, "clone", "--quiet", str(other), "nested")

    assert changed(repository) == [".gitignore", "public/a.html"]


def test_a_folder_below_the_root_of_the_working_tree_will_do(repository: Path) -> None:
    """Paths are counted from the root, whatever git is configured to do."""
    git(repository, "config", "diff.relative", "true")
    git(repository, "config", "diff.renames", "copies")
    git(repository, "config", "diff.noprefix", "true")
    write(repository, {"public/a.html": html("A"), "docs/x.md": "x"})
    found = changes_since("main", repository / "public" / "css")

    assert found.root == repository.resolve()
    assert [path.name for path in found.changed] == ["x.md", "a.html"]


@pytest.mark.parametrize("revision", ["", " ", "--output=stolen", "-x", "--help", "a\0b", "a\nb"])
def test_what_is_no_revision_never_reaches_git(repository: Path, revision: str) -> None:
    """Not as an option either."""
    with pytest.raises(A11yNewsError, match="is no revision; name a branch, a tag or a commit") as error:
        changes_since(revision, repository)

    assert "\n" not in str(error.value)
    assert not (repository / "stolen").exists()


@pytest.mark.parametrize("revision", ["nowhere", "0" * 40, "main..topic", "main...", "HEAD~9", "main:public", ":/", "$(touch x)"])
def test_a_revision_that_is_not_there_is_told_with_what_to_do(repository: Path, revision: str) -> None:
    """A range is none either: it is always compared with HEAD."""
    with pytest.raises(A11yNewsError) as error:
        changes_since(revision, repository)

    assert str(error.value).startswith(f"--changed-since: there is no commit {revision} here; mend its name, or run: git fetch;")
    assert "fetch-depth: 0" in str(error.value)


def test_a_clone_that_does_not_reach_back_is_told_with_what_to_do(repository: Path, tmp_path: Path) -> None:
    """The usual clone of a CI system holds one commit."""
    commit(repository, "Ours")
    git(repository, "switch", "--quiet", "main")
    commit(repository, "Theirs")
    git(repository, "switch", "--quiet", "topic")
    clone = tmp_path / "clone"
    git(tmp_path, "clone", "--quiet", "--depth=1", "--no-single-branch", repository.as_uri(), str(clone))
    with pytest.raises(A11yNewsError) as error:
        changes_since("origin/main", clone)

    assert str(error.value) == (
        "--changed-since: this clone is shallow and does not reach back to where HEAD left origin/main; "
        "run: git fetch --unshallow; in a GitHub workflow, give actions/checkout “fetch-depth: 0”; in GitLab, GIT_DEPTH: 0"
    )


def test_histories_without_a_common_commit_are_told(repository: Path) -> None:
    """There is nothing to compare with."""
    git(repository, "switch", "--quiet", "--orphan", "other")
    commit(repository)

    with pytest.raises(A11yNewsError, match="HEAD and main have no commit in common; name a revision that HEAD comes from"):
        changes_since("main", repository)


def test_a_folder_outside_any_repository_and_one_without_a_commit_are_told(tmp_path: Path) -> None:
    """No traceback, and no pass."""
    with pytest.raises(A11yNewsError, match="is in no git repository; run it in one"):
        changes_since("main", tmp_path)
    git(tmp_path, "init", "--quiet")
    with pytest.raises(A11yNewsError, match="there is no commit main here"):
        changes_since("main", tmp_path)
    with pytest.raises(A11yNewsError, match="there is no commit yet to compare with"):
        changes_since("HEAD", tmp_path)


def test_a_machine_without_git_is_told(repository: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A container may have none."""
    monkeypatch.setenv("PATH", "")

    with pytest.raises(A11yNewsError, match="there is no git; install it"):
        changes_since("main", repository)


# -- any folder of pages -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("file", "pages"),
    [
        ("public/a.html", ["a.html"]),
        ("public/css/site.css", ["a.html"]),
        ("public/css/base.css", ["a.html"]),
        ("public/img/back.png", ["a.html"]),
        ("public/fonts/text.woff2", ["a.html"]),
        ("public/img/flood zürich.png", ["b.html"]),
        ("public/img/two.png", ["b.html"]),
        ("public/img/three.png", ["b.html"]),
        ("public/frame.html", ["c/c.html", "frame.html"]),
        ("public/js/c.js", ["c/c.html"]),
        ("public/js/chart.js", ["c/c.html"]),
        ("public/data/chart.json", ["c/c.html"]),
        ("README.md", []),
        ("build.py", []),
        ("public/NOTES.md", []),
        (".github/workflows/ci.yml", []),
        ("public/.htaccess", []),
        ("public/js/called-by-a-made-up-name.js", ALL),
        ("public/data.csv", ALL),
        ("shared/style.css", ALL),
        ("a11ynews.toml", ALL),
    ],
)
def test_a_change_leads_to_the_pages_that_can_show_it(
    repository: Path, chosen: Callable[..., list[str]], file: str, pages: list[str]
) -> None:
    """Through style sheets, scripts and frames; what nothing leads to and a page may load all the same means every page."""
    write(repository, {file: CONFIG if file == "a11ynews.toml" else html("Changed")})

    assert chosen() == pages


def test_a_page_that_is_gone_leads_to_the_pages_that_link_to_it(repository: Path, chosen: Callable[..., list[str]]) -> None:
    """Their link is broken now. A page that is only changed touches none of them."""
    (repository / "public/b.html").unlink()

    assert chosen() == ["a.html"]


@pytest.mark.parametrize("link", ["/news/", "../news/", "/news", "https://example.org/news/index.html#top", "/base/news/?page=2"])
def test_a_link_to_a_folder_leads_to_its_index(repository: Path, chosen: Callable[..., list[str]], link: str) -> None:
    """Written as links are written, also where the site stands in a folder of its host."""
    write(
        repository,
        {"public/news/index.html": html("News"), "public/c/c.html": html("Gamma", f'<p><a href="{link}">News</a></p>')},
    )
    commit(repository)
    git(repository, "branch", "--force", "main")
    (repository / "public/news/index.html").unlink()

    assert chosen() == ["c/c.html"]


@pytest.mark.parametrize(
    "body",
    [
        '<div data-background="img/new.png">x</div>',
        '<div style="background: url(img/new.png)">x</div>',
        "<style>main { background: url( 'img/new.png' ) }</style><p>x</p>",
        '<script>show("img/new.png")</script><p>x</p>',
        "<script>load(`/deep/img/new.png`)</script><p>x</p>",
        '<video poster="img/new.png"></video>',
        "<iframe title=x srcdoc=\"<img src='img/new.png'>\"></iframe>",
        '<svg><image xlink:href="/img/new.png"/></svg>',
        '<picture><source srcset="img/small.png 1x,img/new.png 2x"></picture>',
        "<img alt=x src=https://example.org/img/new.png?v=2>",
    ],
)
def test_an_asset_is_found_wherever_a_page_may_name_it(repository: Path, chosen: Callable[..., list[str]], body: str) -> None:
    """In any attribute, since scripts read those that browsers do not."""
    write(repository, {"public/b.html": html("Beta", body)})
    commit(repository)
    git(repository, "branch", "--force", "main")
    write(repository, {"public/img/new.png": "new"})

    assert chosen() == ["b.html"]


def test_addresses_are_counted_from_the_base_element(repository: Path, chosen: Callable[..., list[str]]) -> None:
    """As browsers do."""
    write(repository, {"public/b.html": html("Beta", '<img src="x.png" alt="X">', '<base href="/deep/er/">')})
    commit(repository)
    git(repository, "branch", "--force", "main")
    write(repository, {"public/deep/er/x.png": "new"})

    assert chosen() == ["b.html"]


def test_style_sheets_that_import_each_other_come_to_an_end(repository: Path, chosen: Callable[..., list[str]]) -> None:
    """A circle is followed once."""
    write(
        repository,
        {"public/css/base.css": '@import "site.css"; @import url(last.css)', "public/css/last.css": "p { color: black }"},
    )

    assert chosen() == ["a.html"]


def test_pages_that_git_does_not_keep_are_all_checked_and_told(repository: Path) -> None:
    """A generator has made them of sources that nobody knows here."""
    write(repository, {".gitignore": "built/\n", "built/x.html": html("X"), "content/x.md": "X"})
    targets = targets_since(repository, repository / "built")

    assert names(targets, repository / "built") == ["x.html"]
    assert targets.notes[1:] == [
        f"git does not keep {repository / 'built/x.html'}, so nobody knows what it is made of: it is checked"
    ]


def test_pages_outside_the_repository_are_checked(repository: Path, tmp_path: Path) -> None:
    """git knows nothing of them."""
    write(tmp_path / "elsewhere", {"x.html": html("X")})

    assert names(targets_since(repository, tmp_path / "elsewhere"), tmp_path / "elsewhere") == ["x.html"]


def test_a_link_to_a_page_counts_like_the_page(repository: Path, chosen: Callable[..., list[str]]) -> None:
    """Changed is what it leads to, or where it leads."""
    write(repository, {"source/d.html": html("Delta"), "source/e.html": html("Epsilon")})
    (repository / "public/d.html").symlink_to("../source/d.html")
    commit(repository)
    git(repository, "branch", "--force", "main")
    write(repository, {"source/d.html": html("Delta 2")})
    by_its_target = chosen()
    git(repository, "checkout", "--quiet", ".")
    (repository / "public/d.html").unlink()
    (repository / "public/d.html").symlink_to("../source/e.html")

    assert by_its_target == ["d.html"]
    assert chosen() == ["d.html"]


def test_an_asset_behind_a_link_is_found_when_it_or_the_link_changes(repository: Path, chosen: Callable[..., list[str]]) -> None:
    """git knows both by names that the page does not write."""
    write(repository, {"themes/old/t.css": "p {}", "themes/new/t.css": "p {}"})
    for name, css in (("b", "theme"), ("c/c", "../themes/old")):
        write(repository, {f"public/{name}.html": html("Beta", head=f'<link rel="stylesheet" href="../{css}/t.css">')})
    (repository / "theme").symlink_to("themes/old")
    commit(repository)
    git(repository, "branch", "--force", "main")
    write(repository, {"themes/old/t.css": "p { color: black }"})
    behind = chosen()
    git(repository, "checkout", "--quiet", ".")
    (repository / "theme").unlink()
    (repository / "theme").symlink_to("themes/new")

    assert behind == ["b.html", "c/c.html"]
    assert chosen() == ALL


def test_a_file_that_the_verdict_depends_on_means_every_page(repository: Path, chosen: Callable[..., list[str]]) -> None:
    """An entry that was taken out of a baseline gates where it occurs."""
    write(repository, {"known.txt": "x"})

    assert chosen(decisive=[repository / "known.txt"]) == ALL
    assert chosen() == []


def test_pages_from_the_web_are_always_checked(repository: Path) -> None:
    """No file says anything of them."""
    targets = gather([str(repository / "public")])
    targets.from_web = gather([str(repository / "public/a.html")]).pages
    choose(targets, changes_since("main", repository), None)

    assert targets.chosen == frozenset(targets.from_web)
    assert targets.notes[1:] == ["what has changed says nothing of pages from the web: all of them are checked"]


# -- a site of ours ----------------------------------------------------------------------------------------------------

SITE = ["de-AT/bridge.html", "de/bridge.html", "en/bridge.html", "it/ponte.html"]
ROAD = ["en/road.html"]


IN_FOUR = CONFIG.replace('"it"]', '"it", "de-AT"]')


@pytest.fixture
def project(made_project: Path, tmp_path: Path) -> Project:
    """A site with a record in four languages and another in one, rendered and committed; HEAD is on `topic`."""
    return Project(Path(shutil.copytree(made_project, tmp_path / "project")), IN_FOUR)


@pytest.fixture(scope="module")
def made_project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Rendered once for all tests, which have a copy each."""
    made = Project(tmp_path_factory.mktemp("project"), IN_FOUR)
    made.write(".gitignore", "site/\n.a11ynews/\n")
    made.record(RECORD + "slug: bridge\n")
    made.record("languages: [en]\nslug: road\n" + RECORD.replace("The bridge", "The road"), "road")
    made.translate("de", GERMAN)
    made.translate("it", {words: f"{words} in italiano" for words in GERMAN} | {"bridge": "ponte"})
    made.write("README.md", "Read me.")
    assert made.render().stopped == []
    git(made.root, "init", "--quiet", "--initial-branch=main", "--template=")
    commit(made.root)
    git(made.root, "switch", "--quiet", "--create", "topic")
    return made.root


def chosen_of(project: Project) -> list[str]:
    """Which pages of a site are chosen."""
    return names(targets_since(project.root, project.root / "site"), project.root / "site")


@pytest.mark.parametrize(
    ("file", "pages"),
    [
        ("news/bridge/record.yaml", SITE),
        ("news/bridge/bridge.png", SITE),
        ("news/bridge/notes/sources.txt", SITE),
        ("news/road/record.yaml", ROAD),
        ("locales/it/LC_MESSAGES/bridge.po", ["it/ponte.html"]),
        ("locales/de/LC_MESSAGES/bridge.po", ["de-AT/bridge.html", "de/bridge.html"]),
        ("locales/de/LC_MESSAGES/a11ynews.po", ["de-AT/bridge.html", "de/bridge.html"]),
        ("locales/en/LC_MESSAGES/a11ynews.po", ["en/bridge.html", "en/road.html"]),
        ("templates/article.html", sorted(SITE + ROAD)),
        ("templates/style.css", sorted(SITE + ROAD)),
        ("a11ynews.toml", sorted(SITE + ROAD)),
        ("requirements.txt", sorted(SITE + ROAD)),
        ("locales/glossary.csv", []),
        ("locales/bridge.pot", []),
        ("README.md", []),
        ("news/README.md", []),
        ("news/gone/record.yaml", sorted(SITE + ROAD)),
        ("locales/de/LC_MESSAGES/gone.po", sorted(SITE + ROAD)),
        ("locales/de/strange.po", sorted(SITE + ROAD)),
    ],
)
def test_a_source_leads_to_the_pages_that_are_made_of_it(project: Project, file: str, pages: list[str]) -> None:
    """A record to its pages in all languages, a catalog to those of its language and of those that inherit from it."""
    path = project.root / file
    project.write(file, (path.read_bytes() if path.exists() else b"") + b"\n# changed\n")

    assert chosen_of(project) == pages


def test_a_catalog_that_came_or_went_leads_to_the_record_in_all_languages(project: Project) -> None:
    """A page may have come or gone with it, and with that a line in its sisters' menus."""
    (project.root / "locales/it/LC_MESSAGES/bridge.po").unlink()

    assert chosen_of(project) == SITE


def test_a_page_that_shows_words_of_another_record_is_found_by_its_trace(project: Project) -> None:
    """As an index page will."""
    trace = project.root / ".a11ynews/site/pages/en/road.html.trace"
    line, _, marked = trace.read_text("utf-8").partition("\n")
    data = json.loads(line)
    data["places"][0][0] = "news/bridge/record.yaml"
    trace.write_text(f"{json.dumps(data)}\n{marked}", "utf-8")
    project.write("news/bridge/record.yaml", RECORD + "slug: bridge\n# changed\n")

    assert chosen_of(project) == sorted(SITE + ROAD)


def test_the_lists_that_show_a_record_are_chosen_with_it(project: Project) -> None:
    """With its words and its pictures; of a list that a new record is put into, every page, for all that is older moves on."""
    project.write("a11ynews.toml", CONFIG.replace("lists.make = false", "lists.per_page = 1").replace(', "de", "it"', ""))
    text = RECORD.replace("bridge.png", "picture.png").replace("2026-05-04", "2026-05-05")

    def record(text: str, id: str) -> Path:
        return project.record(text, id).with_name("bridge.png").rename(project.root / f"news/{id}/picture.png")

    picture = record(text.replace("body:", "section: Roads\nbody:") + "slug: road\n", "road")
    assert project.render().stopped == []
    commit(project.root)
    git(project.root, "branch", "--force", "main")

    picture.write_bytes(picture.read_bytes() + b"x")
    changed = chosen_of(project)
    git(project.root, "checkout", "--quiet", ".")
    record(text.replace("2026-05-05", "2026-05-06") + "slug: new\n", "new")
    assert project.render().stopped == []

    # The site in one language has its first page at the root too.
    assert changed == ["en/index.html", "en/road.html", "en/roads/index.html", "index.html"]
    assert chosen_of(project) == ["en/index.html", "en/new.html", "en/page/2/index.html", "en/page/3/index.html", "index.html"]


def test_a_rendered_page_that_git_keeps_and_somebody_has_changed_is_chosen(project: Project) -> None:
    """Published by a commit, and mended by hand; what a render adds anew says nothing."""
    project.write(".gitignore", ".a11ynews/\n")
    commit(project.root)
    git(project.root, "branch", "--force", "main")
    page = project.root / "site/en/bridge.html"
    page.write_text(page.read_text("utf-8").replace("The mayor", "A mayor"), "utf-8")
    project.write("site/media/bridge/new.avif", "new")

    assert chosen_of(project) == ["en/bridge.html"]


def test_a_page_in_the_site_that_no_record_makes_goes_by_git(project: Project) -> None:
    """It is a page like any other; here git does not keep it."""
    project.write("site/extra.html", html("Extra"))

    assert chosen_of(project) == ["extra.html"]


def test_a_site_without_a_configuration_in_the_repository_is_checked_whole(project: Project) -> None:
    """Nobody can say what its pages are made of."""
    project.write("anything.txt", "x")
    targets = gather([str(project.root / "site")])
    choose(targets, changes_since("main", project.root), None)

    assert names(targets, project.root / "site") == sorted(SITE + ROAD)
    assert targets.notes[1:] == [
        f"every page of {project.root / 'site'} is checked: no a11ynews.toml in this repository says what its pages are made of"
    ]


# -- the check ---------------------------------------------------------------------------------------------------------


def checked(repository: Path) -> Report:
    """The report on what has changed in `public/`, without a browser."""
    return check(targets_since(repository, repository / "public"), Settings(browser=False))


def test_only_chosen_pages_are_checked_and_told_and_rules_that_compare_pages_see_all(repository: Path) -> None:
    """A title that another page has already is found; what is wrong on that other page is not told."""
    write(repository, {"public/b.html": html("Beta", "<img src=x.png>"), "public/frame.html": html("Beta")})
    commit(repository)
    git(repository, "branch", "--force", "main")
    write(repository, {"public/c/c.html": html("Beta", "<img src=y.png>")})
    report = checked(repository)

    assert [page.name for page in report.pages] == [str(repository / "public/c/c.html")]
    assert {finding.place.page for finding in report.findings} == {str(repository / "public/c/c.html")}
    assert {"title-unique", "alt-missing"} <= {finding.rule for finding in report.findings}
    assert report.untouched == 3


def test_where_no_page_can_show_a_change_nothing_is_checked_and_that_is_no_pass(repository: Path) -> None:
    """Exit code 0, so that a request without pages can be merged; and a verdict of its own, so that nobody takes it for one."""
    write(repository, {"README.md": "Changed."})
    report = checked(repository)

    assert (report.exit_code, report.verdict, report.pages, report.untouched) == (0, "untouched", [], 4)


def test_what_could_not_be_read_is_unfinished_whether_it_has_changed_or_not(repository: Path) -> None:
    """Incomplete outranks untouched."""
    report = check(
        Targets(unfinished=gather([str(repository / "public"), "missing.html"]).unfinished, chosen=frozenset()),
        Settings(browser=False),
    )

    assert (report.exit_code, report.verdict) == (2, "incomplete")


# -- the command -------------------------------------------------------------------------------------------------------


def run(*arguments: str) -> Result:
    """Run `a11ynews check`, without a browser."""
    return CliRunner().invoke(main, ["check", "--no-browser", *arguments])


def test_the_command_checks_what_has_changed(repository: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """And says how much that was of how many pages."""
    monkeypatch.chdir(repository)
    write(repository, {"public/a.html": html("Alpha", "<img src=x.png>")})
    result = run("--changed-since", "main", "public")
    base = git(repository, "rev-parse", "--short=12", "main")

    assert result.exit_code == 1
    assert "public/a.html:1: error [alt-missing]" in result.stdout
    assert f"note: 1 file has changed since main (merge base {base}): 1 of 4 pages can show it and was checked" in result.stdout
    assert "1 page checked: static rules" in result.stdout


def test_the_command_says_plainly_that_nothing_needed_checking(repository: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """In words, and in JSON."""
    monkeypatch.chdir(repository)
    result = run("--changed-since", "main", "public", "--format", "text", "--format", "json=out.json")
    data = json.loads((repository / "out.json").read_text("utf-8"))

    assert result.exit_code == 0
    assert "NOTHING TO CHECK: no change can have touched a page (exit code 0)" in result.stdout
    assert "PASSED" not in result.stdout
    assert (data["verdict"], data["exit_code"], data["pages"]) == ("untouched", 0, [])


def test_the_command_tells_a_bad_revision_in_words(repository: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Exit code 2, without a traceback."""
    monkeypatch.chdir(repository)
    result = run("--changed-since=--output=x", "public")

    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr == (
        "a11ynews: --changed-since: '--output=x' is no revision; name a branch, a tag or a commit, such as origin/main\n"
    )


def test_the_command_goes_by_the_configuration_of_the_site(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without a page being named, from anywhere below it."""
    monkeypatch.chdir(project.root / "news")
    project.write("news/road/record.yaml", project.read("news/road/record.yaml") + "# changed\n")
    result = run("--changed-since", "main", "--format", "json")

    assert [Path(page["file"]).name for page in json.loads(result.stdout)["pages"]] == ["road.html"]
