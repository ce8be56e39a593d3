"""The command line: arguments in, exit code out. Only here is anything printed."""

import json
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any, NoReturn

import click
from rich.console import Console
from rich.progress import Progress, SpinnerColumn, TextColumn

from . import __version__
from .article import Article
from .config import FILE, Config, find, load
from .errors import A11yNewsError, ConfigError, Fault, LanguageError, SourceError
from .language import tag_of
from .site import Outcome, Site, read_pages

_EXIT_CODES = """\b
Exit codes:
  0  clean
  1  findings that gate
  2  not everything could be rendered or checked
  3  there was nothing to do: no record or page was found"""

PathArgument = click.Path(path_type=Path)


class _Commands(click.Group):
    """A group whose commands' errors are told in words, never as a traceback, and give their own exit code."""

    def invoke(self, ctx: click.Context) -> Any:
        try:
            return super().invoke(ctx)
        except SourceError as error:
            for fault in error.faults:
                _say_error(str(fault))
            ctx.exit(error.exit_code)
        except A11yNewsError as error:
            _say_error(f"a11ynews: {error}")
            ctx.exit(error.exit_code)


def _say_error(line: str) -> None:
    click.echo(line, err=True)


@click.group(
    cls=_Commands, epilog=_EXIT_CODES, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100}
)
@click.version_option(__version__, prog_name="a11ynews", message="%(prog)s %(version)s")
@click.option("--config", "config_file", type=PathArgument, help=f"The site's configuration [default: the nearest {FILE}].")
@click.pass_context
def main(ctx: click.Context, config_file: Path | None) -> None:
    """Render one news record to accessible pages in every language, and check the pages in a real browser."""
    ctx.obj = config_file


def _config(ctx: click.Context) -> Config:
    file = ctx.obj or find(Path.cwd())
    if file is None:
        message = f"there is no {FILE} here or in a folder above; write one (docs/configuration.md), or name it with --config"
        raise ConfigError([Fault(FILE, 1, 1, message)])
    return load(file)


def _shown(path: Path) -> str:
    """A file's name for messages: from here, where it is below."""
    resolved, here = path.resolve(), Path.cwd().resolve()
    return resolved.relative_to(here).as_posix() if resolved.is_relative_to(here) else str(path)


class _Telling:
    """One line of progress on a terminal, nothing elsewhere."""

    def __init__(self, what: str) -> None:
        console = Console(stderr=True)
        columns = (SpinnerColumn(), TextColumn(what), TextColumn("{task.description}"))
        self._progress = Progress(*columns, console=console, transient=True, disable=not console.is_terminal)
        self._task = self._progress.add_task("")

    def __enter__(self) -> Callable[[str], None]:
        self._progress.start()
        return lambda words: self._progress.update(self._task, description=words)

    def __exit__(self, *_: object) -> None:
        self._progress.stop()


# -- render ------------------------------------------------------------------------------------------------------------


@main.command()
@click.argument("records", nargs=-1, type=PathArgument, metavar="[RECORD …]")
@click.option("--locale", "-l", "locales", multiple=True, metavar="LANG", help="Only this language; may be given several times.")
@click.option("--out", "-o", type=PathArgument, help="Where to write the site [default: the configuration's folder].")
@click.option("--strict", is_flag=True, help="Refuse a page with any text that is not translated.")
@click.pass_context
def render(ctx: click.Context, records: tuple[Path, ...], locales: tuple[str, ...], out: Path | None, strict: bool) -> None:
    """
    Write the pages of RECORDs, or of all records, in every language.

    A picture without alternative text stops its record; an untranslated one stops that language's page. Other texts that are not
    translated are shown in the source language, marked as such.
    """
    config = _config(ctx)
    chosen = [_record_file(path) for path in records]
    site = Site(config, out)
    with _Telling("Rendering") as tell:
        outcome = site.render(chosen, [_language(code, config) for code in locales], strict=strict, tell=tell)
    _tell_outcome(outcome, site)
    if outcome.stopped:
        ctx.exit(2)


def _record_file(path: Path) -> Path:
    """A record may be named by its folder."""
    if path.is_dir():
        return next((file for file in sorted(path.glob("record.*"))), path / "record.yaml")
    return path


def _language(code: str, config: Config) -> str:
    try:
        tag = tag_of(code)
    except LanguageError as error:
        raise click.BadParameter(str(error), param_hint="--locale") from None
    if tag not in config.languages:
        raise click.BadParameter(
            f"{tag} is not among the site's languages ({', '.join(config.languages)}); add it to {config.file}",
            param_hint="--locale",
        )
    return tag


def _tell_outcome(outcome: Outcome, site: Site) -> None:
    for fault in sorted(outcome.notes):
        _say_error(f"{fault.file}:{fault.line}:{fault.column}: note: {fault.message}")
    for fault in sorted(outcome.stopped):
        _say_error(f"{fault.file}:{fault.line}:{fault.column}: error: {fault.message}")
    out = _shown(site.out)
    for path in outcome.written:
        click.echo(f"{out}/{path}")
    for path in outcome.removed:
        click.echo(f"{out}/{path} removed: no record makes it any more")
    parts = [f"{_count(len(outcome.written), 'page')} written"]
    if outcome.notes:
        parts.append(f"{_count(len(outcome.notes), 'text')} shown in the source language")
    if outcome.stopped:
        parts.append(f"{_count(len(outcome.stopped), 'error')}: not everything was rendered")
    _say_error("; ".join(parts) + ".")


def _count(number: int, noun: str) -> str:
    return f"{number:,} {noun}{'' if number == 1 else 's'}"


# -- check -------------------------------------------------------------------------------------------------------------


@main.command()
@click.argument("paths", nargs=-1, type=PathArgument, metavar="[PATH …]")
@click.option("--browser/--no-browser", default=True, help="Whether to check in Chromium with axe besides the static rules.")
@click.option("--best-practices", is_flag=True, help="Run axe's best practices besides the WCAG 2.2 A and AA rules.")
@click.pass_context
def check(ctx: click.Context, paths: tuple[Path, ...], browser: bool, best_practices: bool) -> None:
    """
    Check the pages in PATHs, or of the site: static rules, then axe in Chromium.

    A PATH is a page or a folder of pages. What could not be checked fails the run with exit code 2.
    """
    from . import check as checking
    from .report import Report
    from .reporters import REPORTERS

    chosen = list(paths) or [_config(ctx).folder("site")]
    if not paths and not chosen[0].is_dir():
        raise A11yNewsError(f"{_shown(chosen[0])}/ is not there; run “a11ynews render” first, or name what to check")
    found = read_pages(chosen, _shown)
    report = Report(unfinished=list(found.unfinished), notes=list(found.notes))
    with _Telling("Checking") as tell:
        checking.check_static(found.pages, report)
        if browser:
            from .live.session import examine

            for root, pages in found.by_root.items():
                examine(pages, root, report, best_practices=best_practices, tell=tell)
    if not browser:
        report.notes.append("not checked in a browser: --no-browser was given")
    click.echo(REPORTERS["text"](report, colour=sys.stdout.isatty()), nl=False)
    ctx.exit(report.exit_code)


# -- catalog -----------------------------------------------------------------------------------------------------------


@main.group()
def catalog() -> None:
    """Keep the translators' catalogs (.po files)."""


@catalog.command()
@click.argument("languages", nargs=-1, metavar="[LANG …]")
@click.pass_context
def update(ctx: click.Context, languages: tuple[str, ...]) -> None:
    """
    Bring the catalogs up to date with the records and templates.

    New texts are added, changed ones marked fuzzy with their old words; no translation is ever lost. What does not change stays
    byte for byte, and a run with nothing new writes nothing.
    """
    from .translate import update as update_catalogs

    config = _config(ctx)
    done = update_catalogs(Site(config), [_language(code, config) for code in languages])
    for updated in done.catalogs:
        merged = updated.merge
        parts = [
            f"{number:,} {what}"
            for number, what in (
                (merged.new, "new"),
                (merged.changed, "changed"),
                (merged.returned, "returned"),
                (merged.obsolete, "obsolete"),
            )
            if number
        ]
        waiting = f"{updated.open:,} to translate" if updated.open else "complete"
        click.echo(f"{updated.file}: {', '.join(parts) or ('updated' if updated.written else 'unchanged')}; {waiting}")
    for fault in sorted(done.faults):
        _say_error(f"{fault.file}:{fault.line}:{fault.column}: error: {fault.message}")
    if done.faults:
        _say_error(f"{_count(len(done.faults), 'error')}: what they concern was not updated and is as it was.")
        ctx.exit(2)


# -- schema, browser ---------------------------------------------------------------------------------------------------


@main.command()
def schema() -> None:
    """Print the JSON Schema of a record, for completion in editors."""
    click.echo(json.dumps(record_schema(), indent=2, ensure_ascii=False))


def record_schema() -> dict[str, Any]:
    """The JSON Schema of a record."""
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **Article.model_json_schema(), "title": "a11ynews record"}


@main.group()
def browser() -> None:
    """Find or install the browser that checks run in."""


@browser.command()
def where() -> None:
    """Say which browser is used."""
    from .live.browser import find as find_browser

    found = find_browser()
    click.echo(f"{found.path}  {found.version} ({found.origin})")


@browser.command()
def install() -> None:
    """Make a browser ready: Playwright's own where it can be downloaded, else the system's."""
    from .live.browser import install as install_browser

    installed = install_browser(_say_error)
    click.echo(f"{installed.path}  {installed.version} ({installed.origin})")


def run() -> NoReturn:
    """The program."""
    sys.exit(main())


if __name__ == "__main__":
    run()
