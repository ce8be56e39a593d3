"""The command line: arguments in, exit code out. Only here is anything printed."""

import contextlib
import errno
import json
import os
import re
import sys
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, fields, replace
from datetime import date, datetime, timedelta
from difflib import get_close_matches
from functools import partial, wraps
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar, NoReturn, TypeVar

import click
from click.core import ParameterSource

from . import __version__
from .crew import cores
from .errors import A11yNewsError, ConfigError, Fault, LanguageError, SourceError
from .files import write_bytes, write_pieces
from .headers import FORMATS
from .resources import FILE, find
from .signals import die_of, exit_code, heeded, name_of, signal_of

# What most commands need, each imports for itself: to import it takes five times as long as a render that has nothing to do.
if TYPE_CHECKING:
    from .baseline import Baseline
    from .cluster import Cluster
    from .config import Check as CheckConfig
    from .config import Config
    from .messages import Say
    from .report import Report
    from .result_cache import ResultCache
    from .settled import Settled
    from .shards import Merged, Shard, Writer
    from .site import Outcome, Site
    from .targets import Targets

_EXIT_CODES = """\b
Exit codes:
  0  clean
  1  findings that gate
  2  not everything could be rendered or checked
  3  there was nothing to do: no record or page was found"""

PathArgument = click.Path(path_type=Path)
_Command = TypeVar("_Command", bound=Callable[..., Any])


class _Commands(click.Group):
    """A group whose commands' errors are told in words, never as a traceback, and give their own exit code."""

    def make_context(self, *args: Any, **kwargs: Any) -> click.Context:
        try:
            return super().make_context(*args, **kwargs)
        except KeyboardInterrupt as stopped:
            number = signal_of(stopped)
            _say_error(_stopped(number))
            raise click.exceptions.Exit(exit_code(number)) from None

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
        except OSError as error:
            if not _lacks_room(error):
                raise
            # Of what is written where nobody looks: temporary files, mostly.
            told = f"{error.filename}: cannot be written ({error.strerror})" if error.filename else error.strerror
            _say_error(f"a11ynews: {told}; check the space on the disk and the folder of temporary files (TMPDIR)")
            ctx.exit(2)
        except KeyboardInterrupt as stopped:
            number = signal_of(stopped)
            _say_error(_stopped(number))
            ctx.exit(exit_code(number))


def _lacks_room(error: OSError) -> bool:
    """Whether there is no place to write to, which is nobody's bug. EDQUOT is not on every system."""
    is_without = error.errno == errno.ENOENT and "temporary directory" in str(error)
    return is_without or error.errno in (errno.ENOSPC, errno.EROFS, errno.EFBIG, getattr(errno, "EDQUOT", errno.ENOSPC))


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
    # To look for plugins of pydantic, of which we want none, takes longer than to read the configuration.
    os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "__all__")
    ctx.obj = config_file


def _load(file: Path) -> "Config":
    from .config import load

    return load(file)


def _site(config: "Config", out: Path | None = None) -> "Site":
    from .site import Site

    return Site(config, out)


def _config(ctx: click.Context) -> "Config":
    file = ctx.obj or find(Path.cwd())
    if file is None:
        message = f"there is no {FILE} here or in a folder above; write one (docs/configuration.md), or name it with --config"
        raise ConfigError([Fault(FILE, 1, 1, message)])
    return _load(file)


def _shown(path: Path) -> str:
    """A file's name for messages: from here, where it is below."""
    resolved, here = os.path.realpath(path), os.path.realpath(os.curdir)  # there can be thousands, and a Path takes its time
    if resolved == here:
        return "."
    below = resolved.removeprefix(here.rstrip(os.sep) + os.sep)
    return str(path) if below == resolved else below.replace(os.sep, "/")


def _stopped(number: int) -> str:
    """What is to be said where a signal has ended a command: how far it has come, and what there is of it."""
    name, telling = name_of(number), _Telling.latest
    if telling is None or not telling.looks_at_pages:
        return f"a11ynews: stopped by {name} before it was done; run it again"
    if telling.reported:
        return f"a11ynews: stopped by {name} while it was reporting; whole are {', '.join(telling.reported)}, and nothing else"
    if not telling.in_all:
        return f"a11ynews: stopped by {name} before any page was looked at; nothing is reported"
    pages = f"{telling.done:,} of {_count(telling.in_all, 'page')}"
    return f"a11ynews: stopped by {name} when {pages} had been looked at; nothing is reported"


class _Telling:
    """
    One line of progress on a terminal, nothing elsewhere.

    With `alone` it has no thread of its own, so that this process can be copied.
    """

    latest: "ClassVar[_Telling | None]" = None
    """What is known of how far this process has come, when it is stopped."""

    def __init__(self, what: str, *, alone: bool = False) -> None:
        _Telling.latest = self
        self.looks_at_pages = what == "Checking"
        self.done = self.in_all = 0
        self.reported: list[str] = []
        """The files that reports have been written to."""
        self._alone, self._next = alone, 0.0
        self._progress: Any = None
        # Rich is a tenth of the time that a render takes which has nothing to do.
        if (sys.stderr and sys.stderr.isatty()) or os.environ.keys() & {"FORCE_COLOR", "TTY_COMPATIBLE", "TTY_INTERACTIVE"}:
            self._begin(what)

    def _begin(self, what: str) -> None:
        from rich.console import Console
        from rich.progress import Progress, ProgressColumn, SpinnerColumn, Task, TextColumn
        from rich.text import Text

        class Left(ProgressColumn):
            """How many are done of how many, and in what time the others will be; nothing where that is not known."""

            def render(self, task: Task) -> Text:
                if not task.total:
                    return Text()
                left = "" if task.time_remaining is None else f", {timedelta(seconds=round(task.time_remaining))} left"
                return Text(f"{task.completed:,.0f} of {task.total:,.0f}{left}")

        console = Console(stderr=True)
        columns = (SpinnerColumn(), TextColumn(what), Left(), TextColumn("{task.description}"))
        self._progress = Progress(
            *columns, console=console, transient=True, disable=not console.is_terminal, auto_refresh=not self._alone
        )
        self._task = self._progress.add_task("", total=None)

    def step(self, done: int, in_all: int) -> None:
        """So many are done, of so many."""
        self.done, self.in_all = done, in_all
        if self._progress:
            self._progress.update(self._task, completed=done, total=in_all)

    def __enter__(self) -> Callable[[str], None]:
        if self._progress:
            self._progress.start()
        return self._tell

    def _tell(self, words: str) -> None:
        if not self._progress:
            return
        self._progress.update(self._task, description=words)
        if self._alone and time.monotonic() >= self._next:
            self._progress.refresh()
            self._next = time.monotonic() + 0.1

    def __exit__(self, *_: object) -> None:
        if self._progress:
            self._progress.stop()


def _scheduler_option(help: str) -> Callable[[_Command], _Command]:
    def proven(_ctx: click.Context, _param: click.Parameter, value: str) -> str:
        if value and not re.fullmatch(r"local(:[1-9]\d{0,2})?|[a-z]+://\S+", value):
            raise click.BadParameter(f"{value!r} is no scheduler; write an address such as tcp://10.0.0.1:8786, or local:4")
        return value

    return click.option("--scheduler", default="", metavar="ADDRESS", callback=proven, help=help)


@contextlib.contextmanager
def _joined(scheduler: str, most: int | None = None) -> Iterator["Cluster | None"]:
    """The cluster of a scheduler, if one is named."""
    if not scheduler:
        yield None
        return
    from .cluster import joined

    with joined(scheduler, most) as cluster:
        yield cluster


# -- render ------------------------------------------------------------------------------------------------------------


@main.command()
@click.argument("records", nargs=-1, type=PathArgument, metavar="[RECORD …]")
@click.option("--locale", "-l", "locales", multiple=True, metavar="LANG", help="Only this language; may be given several times.")
@click.option("--out", "-o", type=PathArgument, help="Where to write the site [default: the configuration's folder].")
@click.option("--strict", is_flag=True, help="Refuse a page with any text that is not translated.")
@click.option("--force", is_flag=True, help="Render every page anew, whether anything has changed or not.")
@click.option(
    "--jobs",
    "-j",
    type=click.IntRange(1, 256),
    metavar="N",
    help="In how many processes [default: one for each core, and one alone for a few records].",
)
@_scheduler_option("Render by the workers of the Dask scheduler at this address; local[:N] starts N here.")
@click.pass_context
def render(
    ctx: click.Context,
    records: tuple[Path, ...],
    locales: tuple[str, ...],
    out: Path | None,
    strict: bool,
    force: bool,
    jobs: int | None,
    scheduler: str,
) -> None:
    """
    Write the pages of RECORDs, or of all records, in every language.

    Only those are rendered that a change touches: of a record, a catalog, a template, a picture, the configuration, of a11ynews
    itself, or of the page. The pages of deleted records are removed.

    A picture without alternative text stops its record; an untranslated one stops that language's page. Other texts that are not
    translated are shown in the source language, marked as such.
    """
    seen = None if records or locales or force or scheduler else _seen(ctx, out, strict=strict)
    if seen and seen.is_settled:
        _say_error(_done(0, seen.unchanged, seen.around, seen.files_around) + ".")
        return
    config = _config(ctx)
    chosen = [_record_file(path) for path in records]
    site = _site(config, out)
    languages = [_language(code, config) for code in locales]
    with _joined(scheduler, jobs) as cluster, _Telling("Rendering", alone=True) as tell:
        hire = cluster.rendering if cluster else None
        outcome = site.render(chosen, languages, strict=strict, force=force, jobs=jobs, tell=tell, hire=hire, seen=seen)
    _tell_outcome(outcome, site)
    if outcome.stopped:
        ctx.exit(2)


def _seen(ctx: click.Context, out: Path | None, *, strict: bool) -> "Settled | None":
    """What the signatures of files tell of the site."""
    from .settled import settled

    file = ctx.obj or find(Path.cwd())
    return settled(file, out, strict=strict) if file else None


def _record_file(path: Path) -> Path:
    """A record may be named by its folder."""
    if path.is_dir():
        return next((file for file in sorted(path.glob("record.*"))), path / "record.yaml")
    return path


def _language(code: str, config: "Config", option: str = "--locale") -> str:
    from .language import tag_of

    try:
        tag = tag_of(code)
    except LanguageError as error:
        raise click.BadParameter(str(error), param_hint=option) from None
    if tag not in config.languages:
        raise click.BadParameter(
            f"{tag} is not among the site's languages ({', '.join(config.languages)}); add it to {config.file}",
            param_hint=option,
        )
    return tag


def _tell_outcome(outcome: "Outcome", site: "Site") -> None:
    for remark in outcome.remarks:
        _say_error(f"note: {remark}")
    for fault in sorted(outcome.notes):
        _say_error(f"{fault.file}:{fault.line}:{fault.column}: note: {fault.message}")
    for fault in sorted(outcome.stopped):
        _say_error(f"{fault.file}:{fault.line}:{fault.column}: error: {fault.message}")
    out = _shown(site.out)
    for path in outcome.written:
        click.echo(f"{out}/{path}")
    for path in outcome.removed:
        click.echo(f"{out}/{path} removed: no record makes it any more")
    for path in outcome.kept:
        click.echo(f"{out}/{path} kept as it was: it could not be rendered anew")
    for path in outcome.left:
        click.echo(f"{out}/{path} left where it is: it should go, but somebody has changed it; remove it if nobody needs it")
    parts = [_done(len(outcome.written), outcome.unchanged, len(outcome.around), len(outcome.files_around))]
    if outcome.notes:
        parts.append(f"{_count(len(outcome.notes), 'text')} shown in the source language")
    if outcome.stopped:
        parts.append(f"{_count(len(outcome.stopped), 'error')}: not everything was rendered")
    _say_error("; ".join(parts) + ".")


def _done(written: int, unchanged: int, around: int, files_around: int) -> str:
    """What a render has done."""
    told = f", {unchanged:,} unchanged" if unchanged else ""
    beside = f", with {_count(around, 'page')} and {_count(files_around, 'file')} around them" if around else ""
    return f"{_count(written, 'page')} written{told}{beside}"


def _count(number: int, noun: str) -> str:
    return f"{number:,} {noun}{'' if number == 1 else 's'}"


# -- serve -------------------------------------------------------------------------------------------------------------


@main.command()
@click.option(
    "--port", type=click.IntRange(0, 65535), metavar="PORT", help="The port to listen on; 0 is any that is free [default: 8119]."
)
@click.option("--open", "opens", is_flag=True, help="Open the list of all pages in the browser.")
@click.option("--lang", default="", help="The language of the preview's own words: en, de or it [default: the page's].")
@click.pass_context
def serve(ctx: click.Context, port: int | None, opens: bool, lang: str) -> None:
    """
    Show the pages as they stand, and let translators work on them in the browser.

    A page is loaded anew as soon as its record, catalog, template, style or the configuration is saved. What is wrong is told in
    the page. Only this machine is answered, and nothing but catalogs is written. Ctrl+C stops it.
    """
    from .serve import open_server

    if lang:
        _sayer(lang)
    file = ctx.obj or find(Path.cwd())
    server = open_server(file or _config(ctx)._file, port=port, lang=lang, tell=lambda what: _say_error(f"changed: {what}"))
    click.echo(f"Preview: {server.url} (Ctrl+C stops it)")
    if opens:
        click.launch(server.url)
    with contextlib.suppress(KeyboardInterrupt):
        server.run()


# -- check -------------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Look:
    """Which pages are to be looked at, and how: what every command that checks pages can be told."""

    pages: tuple[str, ...]
    lists: tuple[str, ...]
    sitemaps: tuple[str, ...]
    browser: bool
    quick: bool
    thorough: bool
    best_practices: bool
    axe: Path | None
    only: tuple[str, ...]
    origins: tuple[str, ...]
    timeout: int | None
    workers: int
    scheduler: str
    cache: Path | None
    no_cache: bool


def _looking(command: Callable[..., None]) -> Callable[..., None]:
    """Give a command the options of a look at pages; it takes them as `look`."""

    @wraps(command)
    def looking(*args: Any, **given: Any) -> None:
        command(*args, look=_Look(**{one.name: given.pop(one.name) for one in fields(_Look)}), **given)

    options = [
        click.argument("pages", nargs=-1, metavar="[PAGE …]"),
        click.option(
            "--urls",
            "lists",
            multiple=True,
            metavar="FILE",
            help="Check the addresses in a list, one a line; - is the standard input.",
        ),
        click.option(
            "--sitemap",
            "sitemaps",
            multiple=True,
            metavar="FILE|URL",
            help="Check the pages of a sitemap, or of a sitemap index.",
        ),
        click.option(
            "--browser/--no-browser", default=True, help="Whether to check in Chromium with axe besides the static rules."
        ),
        click.option("--quick", is_flag=True, help="Look at each page at one width and in light colours only."),
        click.option("--thorough", is_flag=True, help="Run the rules that take long, too, such as the walk with the keyboard."),
        click.option("--best-practices", is_flag=True, help="Run axe's best practices besides the WCAG 2.2 A and AA rules."),
        click.option(
            "--axe", type=PathArgument, metavar="FILE", help="Use the axe-core in this file instead of the packaged one."
        ),
        click.option(
            "--rule", "only", multiple=True, metavar="ID", help="Run this rule alone, ours or axe/ID; may be given several times."
        ),
        click.option(
            "--origin",
            "origins",
            multiple=True,
            metavar="URL",
            help="Load what pages need from this origin too; may be given several times.",
        ),
        click.option(
            "--timeout",
            type=click.IntRange(1, 3600),
            metavar="SECONDS",
            help="How long a page may take to load, and to be looked at.",
        ),
        click.option(
            "--workers",
            type=click.IntRange(1, 64),
            default=cores,
            metavar="N",
            help="How many pages to look at at the same time, each in a browser of its own [default: one a core].",
        ),
        click.option(
            "--cache",
            type=PathArgument,
            metavar="DIR",
            help="Where to keep results for the next check [default: a11ynews among your caches].",
        ),
        click.option("--no-cache", is_flag=True, help="Look at every page anew, and keep no results."),
        _scheduler_option("Look at pages by the workers of the Dask scheduler at this address; local[:N] starts N here."),
    ]
    made: Callable[..., None] = looking
    for option in reversed(options):
        made = option(made)
    return made


def _told(command: Callable[..., None]) -> Callable[..., None]:
    """Give a command the options of how a report is told."""
    for option in (
        click.option("--lang", default="en", show_default=True, help="The language of the report: en, de or it."),
        click.option(
            "--format",
            "-f",
            "formats",
            multiple=True,
            metavar="FORMAT[=FILE]",
            help="How to tell the findings, into a file where one is named; may be given several times [default: text].",
        ),
    ):
        command = option(command)
    return command


@main.command()
@_looking
@click.option(
    "--changed-since",
    metavar="REV",
    help="Check only the pages that can show what has changed since this branch left REV, committed or not.",
)
@click.option(
    "--baseline",
    "baselines",
    multiple=True,
    type=PathArgument,
    metavar="FILE",
    help="Fail only for what is not in this baseline; may be given several times [default: the configuration's].",
)
@_told
@click.option(
    "--shard",
    "shard_written",
    metavar="N/M",
    help="Check the Nth of M parts of the pages, as 2/5; with --format shard=FILE “report merge” makes one report of all.",
)
@click.pass_context
def check(
    ctx: click.Context,
    look: _Look,
    changed_since: str | None,
    baselines: tuple[Path, ...],
    formats: tuple[str, ...],
    lang: str,
    shard_written: str | None,
) -> None:
    """
    Check PAGEs, or the pages of the site: static rules, then axe in Chromium.

    A PAGE is a file, a folder, a pattern such as "site/**/*.html", or an address. What could not be checked fails the run with
    exit code 2.
    """
    from .baseline import accept
    from .baseline import read as read_baseline
    from .reporters import REPORTERS

    wanted = [_format(value, [*REPORTERS, "shard"]) for value in formats or ("text",)]
    shard_files = [file for name, file in wanted if name == "shard"]
    if None in shard_files:
        raise click.BadParameter("it goes into a file; write shard=FILE", param_hint="--format")
    if shard_files == [file for _name, file in wanted]:
        wanted.append(("text", None))  # what is written down is for no reader
    shard = _shard(shard_written) if shard_written is not None else None
    say = _sayer(lang)
    file, said = _check_config(ctx)
    if not baselines and file and said.baseline:
        baselines = (file.parent / said.baseline,)
    known = [read_baseline(path, _shown(path)) for path in dict.fromkeys(baselines)]
    pictures = any(name == "html" for name, _file in wanted)
    keeping = _Keeping(shard, known) if shard or shard_files else None
    targets, report = _look_at(
        ctx,
        look,
        changed_since=changed_since,
        baselines=baselines,
        pictures=pictures and (not keeping or keeping.shard.of == 1),
        keeping=keeping,
    )
    accept(report, known, targets)
    if keeping and keeping.shard.of > 1:
        from .shards import note_of

        report.notes.append(note_of(keeping.shard, report))
    are_written = True
    for shard_file in shard_files if keeping else ():
        if keeping and keeping.writer and shard_file:
            are_written &= _is_written(shard_file, keeping.writer.write)
    code = _tell_report(report, [one for one in wanted if one[0] != "shard"], say, lang)
    ctx.exit(code if are_written else 2)


@dataclass(slots=True)
class _Keeping:
    """What a check of a shard is to write down."""

    shard: "Shard"
    baselines: list["Baseline"]
    writer: "Writer | None" = None

    def __init__(self, shard: "Shard | None", baselines: list["Baseline"]) -> None:
        from .shards import Shard

        self.shard, self.baselines, self.writer = shard or Shard(1, 1), baselines, None


def _shard(written: str) -> "Shard":
    from .shards import Shard

    try:
        return Shard.parse(written)
    except ValueError as error:
        raise click.BadParameter(f"{written!r} is no shard; {error}", param_hint="--shard") from None


def _check_config(ctx: click.Context) -> "tuple[Path | None, CheckConfig]":
    """The configuration's file and what it says of checks: a site of somebody else's needs none."""
    from .config import Check, load_check

    file = ctx.obj or find(Path.cwd())
    return file, load_check(file) if file else Check()


def _look_at(
    ctx: click.Context,
    look: _Look,
    *,
    changed_since: str | None = None,
    baselines: Sequence[Path] = (),
    pictures: bool = False,
    keeping: "_Keeping | None" = None,
) -> "tuple[Targets, Report]":
    """Gather pages and check them."""
    from .check import check as check_pages
    from .check import settings_of
    from .shards import Writer, keep_to
    from .targets import gather

    named = look.pages
    if not (look.pages or look.lists or look.sitemaps):
        site = _config(ctx).folder("site")
        if not site.is_dir():
            raise A11yNewsError(f"{_shown(site)}/ is not there; run “a11ynews render” first, or name what to check")
        named = (str(site),)
    from .config import is_origin

    for origin in look.origins:
        if not is_origin(origin):
            raise click.BadParameter(f"{origin!r} is no origin; write one such as https://cdn.example.org", param_hint="--origin")
    file, said = _check_config(ctx)
    given: dict[str, Any] = {"browser": look.browser, "only": frozenset(look.only), "origins": (*said.origins, *look.origins)}
    if look.quick and look.thorough:
        raise click.UsageError("--quick and --thorough exclude each other; give one of them")
    given |= {"profile": "quick"} if look.quick else {"profile": "thorough"} if look.thorough else {}
    given |= {"best_practices": True} if look.best_practices else {}
    given |= {"axe": look.axe} if look.axe else {}
    given |= {"patience": look.timeout} if look.timeout else {}
    given |= {"pictures": True} if pictures else {}
    given |= {"workers": look.workers}
    given |= {"project": ctx.obj.resolve().parent} if ctx.obj else {}
    settings = settings_of(said, file.parent if file else Path(), **given)
    named_workers = ctx.get_parameter_source("workers") is not ParameterSource.DEFAULT
    with _joined(look.scheduler, look.workers if named_workers else None) as cluster, (telling := _Telling("Checking")) as tell:
        settings = replace(settings, cluster=cluster)
        with _cached(look) as cache:
            targets = gather(
                named,
                lists=look.lists,
                sitemaps=look.sitemaps,
                shown=_shown,
                patience=settings.patience,
                tell=tell,
                is_wanted=keeping.shard.holds_address if keeping else lambda _: True,
                cache=cache,
            )
            if changed_since is not None:
                if keeping and targets.addresses:
                    raise click.UsageError("--changed-since goes by files, so with --shard name no addresses")
                _choose_changed(targets, changed_since, ctx, baselines)
            writer = None
            if keeping:
                keep_to(targets, keeping.shard)
                writer = keeping.writer = Writer(keeping.shard, targets, settings, keeping.baselines, _shown)
                ctx.call_on_close(writer.close)
            report = check_pages(targets, settings, tell=tell, step=telling.step, keeper=writer, cache=cache)
        report.notes += cache.notes if cache else []
        return targets, report


@contextlib.contextmanager
def _cached(look: _Look) -> Iterator["ResultCache | None"]:
    """The results of earlier checks, unless they are not wanted; what is found meanwhile is kept, however this ends."""
    if look.no_cache and look.cache:
        raise click.UsageError("--cache and --no-cache exclude each other; give one of them")
    if look.no_cache:
        yield None
        return
    from .result_cache import ResultCache, default_folder

    cache = ResultCache(look.cache or default_folder())
    try:
        yield cache
    finally:
        cache.save()


def _choose_changed(targets: "Targets", revision: str, ctx: click.Context, baselines: Sequence[Path] = ()) -> None:
    """Keep to the pages that can show what has changed since a revision; a baseline that has changed concerns them all."""
    from .changes import changes_since, choose

    file = ctx.obj or find(Path.cwd())
    # A configuration for checks alone says nothing of what pages are made of.
    config = _load(file) if file and any(page.is_ours for page in targets.pages) else None
    changes = changes_since(revision, file.resolve().parent if file else Path.cwd())
    choose(targets, changes, config, [*([file] if file else []), *baselines])


def _sayer(lang: str) -> "Say":
    from .messages import LANGUAGES, sayer

    if lang.split("-")[0] not in LANGUAGES:
        raise click.BadParameter(f"{lang!r} is none of {', '.join(LANGUAGES)}", param_hint="--lang")
    return sayer(lang)


def _tell_report(report: "Report", wanted: Sequence[tuple[str, Path | None]], say: "Say", lang: str) -> int:
    """
    Tell a report in each format that is wanted, to its file or the standard output; the exit code.

    What cannot be written is told, and leaves the check incomplete; the other reports are written all the same. Somebody who has
    read enough of the standard output may close it.
    """
    from .reporters import pieces

    are_written = True
    for name, file in wanted:
        is_terminal = bool(sys.stdout and sys.stdout.isatty())  # there is none where it was closed from the first
        told = pieces(name, report, say=say, lang=lang, colour=file is None and is_terminal)
        if file:
            are_written &= _is_written(file, partial(write_pieces, pieces=map(_encoded, told)))
        else:
            are_written &= _is_echoed(told)
    return report.exit_code if are_written else 2


def _encoded(piece: str) -> bytes:
    return piece.encode("utf-8", "replace")


def _is_written(file: Path, write: Callable[[Path], None]) -> bool:
    """Write a report's file; if that cannot be done tell why."""
    try:
        write(file)
    except A11yNewsError as error:
        _say_error(f"a11ynews: {error}")
        return False
    if _Telling.latest:
        _Telling.latest.reported.append(_shown(file))
    return True


def _is_echoed(pieces: Iterable[str]) -> bool:
    try:
        for piece in pieces:
            click.echo(piece, nl=False)
    except OSError as error:
        with contextlib.suppress(OSError, ValueError):
            # What is left would be written when the program ends, and fail again.
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        if error.errno == errno.EPIPE:
            return True
        _say_error(f"a11ynews: the standard output cannot be written ({error.strerror}); check the space on the disk")
        return False
    return True


# -- report ------------------------------------------------------------------------------------------------------------


@main.group("report")
def report_group() -> None:
    """Put the reports of shards together, and tell them."""


@report_group.command("merge")
@click.argument("files", nargs=-1, required=True, type=PathArgument, metavar="FILE …")
@_told
@click.pass_context
def report_merge(ctx: click.Context, files: tuple[Path, ...], formats: tuple[str, ...], lang: str) -> None:
    """
    Make one report of FILEs that "check --shard N/M --format shard=FILE" has written.

    It is the report of one check of all pages, with its exit code; the pages are not looked at again. A folder stands for all
    files in it that end with .shard, .shard.gz, .jsonl or .jsonl.gz. A shard that is missing, there twice, or of another run
    fails it with exit code 2.
    """
    from .shards import merge

    _tell_merged(ctx, merge([(file, _shown(file)) for named in files for file in _in_folder(named)]), formats, lang)


@report_group.command("show")
@click.argument("file", type=PathArgument, metavar="FILE")
@_told
@click.pass_context
def report_show(ctx: click.Context, file: Path, formats: tuple[str, ...], lang: str) -> None:
    """Tell again, in other formats or another language, what one FILE of a shard holds."""
    from .shards import read_one

    _tell_merged(ctx, read_one(file, _shown(file)), formats, lang)


_SHARD_SUFFIXES = (".shard", ".shard.gz", ".jsonl", ".jsonl.gz")


def _in_folder(named: Path) -> list[Path]:
    if not named.is_dir():
        return [named]
    found = sorted(path for path in named.rglob("*") if path.name.endswith(_SHARD_SUFFIXES) and path.is_file())
    if not found:
        raise A11yNewsError(f"{_shown(named)}/ holds no file that ends with .shard or .shard.gz; name the files themselves")
    return found


def _tell_merged(ctx: click.Context, merged: "Merged", formats: Sequence[str], lang: str) -> None:
    from .baseline import accept
    from .check import check as check_pages
    from .reporters import REPORTERS

    ctx.call_on_close(merged.close)
    wanted = [_format(value, list(REPORTERS)) for value in formats or ("text",)]
    say = _sayer(lang)
    report = check_pages(merged.targets, merged.settings, kept=merged.kept)
    report.unfinished += merged.no_browser
    accept(report, merged.baselines, merged.targets)
    report.notes += [merged.note] if merged.note else []
    ctx.exit(_tell_report(report, wanted, say, lang))


# -- baseline ----------------------------------------------------------------------------------------------------------


@main.group()
def baseline() -> None:
    """Keep what is known already in a file, so that a check fails only for what is new."""


_REASON = "Why it is accepted, for everybody who reads the baseline."
_EXPIRES = "The last day on which it is accepted, as 2027-01-31 [default: without end]."
_OWNER = "Who answers for it [default: who usually mends it: editor, translator, web team]."


@baseline.command("write")
@_looking
@click.option("--output", "-o", required=True, type=PathArgument, metavar="FILE", help="The file to write.")
@click.option("--reason", required=True, metavar="TEXT", help=_REASON)
@click.option("--expires", metavar="DATE", help=_EXPIRES)
@click.option("--owner", default="", metavar="NAME", help=_OWNER)
@click.option("--force", is_flag=True, help="Write it although the file is there already.")
@click.pass_context
def baseline_write(
    ctx: click.Context, look: _Look, output: Path, reason: str, expires: str | None, owner: str, force: bool
) -> None:
    """
    Check PAGEs, or the pages of the site, and write all that is found to a baseline.

    From then on "check --baseline FILE" fails only for what is new. Nothing is written where the check is not complete.
    """
    from .baseline import entries_of, must_be_complete
    from .baseline import write as write_baseline

    today = date.today()
    until, reason = _until(expires, today), _reason(reason)
    if output.exists() and not force:
        raise A11yNewsError(
            f"{_shown(output)} is there already; bring it up to date with “a11ynews baseline update”, or replace it with --force"
        )
    _, report = _look_at(ctx, look)
    must_be_complete(report)
    entries = entries_of(report.new, reason, today, until, owner.strip())
    write_baseline(output, entries)
    click.echo(f"{_shown(output)}: {_entries(len(entries))} for {_count(len(report.new), 'finding')}")


@baseline.command("update")
@_looking
@click.option("--baseline", "file", required=True, type=PathArgument, metavar="FILE", help="The baseline to bring up to date.")
@click.option("--add", is_flag=True, help="Add what is new; this needs --reason.")
@click.option("--reason", metavar="TEXT", help=_REASON)
@click.option("--expires", metavar="DATE", help=_EXPIRES)
@click.option("--owner", metavar="NAME", help=_OWNER)
@click.pass_context
def baseline_update(
    ctx: click.Context, look: _Look, file: Path, add: bool, reason: str | None, expires: str | None, owner: str | None
) -> None:
    """
    Check PAGEs, or the pages of the site, and take what is no more out of a baseline.

    What has moved is written anew. Nothing is added unless --add says so, and nothing is said of pages that were not looked at.
    """
    from .baseline import entries_of
    from .baseline import read as read_baseline
    from .baseline import update as update_baseline
    from .baseline import write as write_baseline

    today = date.today()
    if add and reason is None:
        raise click.UsageError("--add needs --reason: why is it accepted?")
    if not add and (reason, expires, owner) != (None, None, None):
        raise click.UsageError("--reason, --expires and --owner are for what --add adds")
    until, why = _until(expires, today), _reason(reason) if reason is not None else ""
    known = read_baseline(file, _shown(file))
    targets, report = _look_at(ctx, look)
    done = update_baseline(
        known,
        report,
        targets,
        today,
        add=lambda new: entries_of(new, why, today, until, (owner or "").strip()) if add else [],
    )
    is_written = write_baseline(file, done.entries)
    counts = ((done.removed, "removed"), (done.renewed, "renewed"), (done.added, "added"))
    parts = [f"{number:,} {what}" for number, what in counts if number] or ["updated" if is_written else "unchanged"]
    click.echo(f"{_shown(file)}: {', '.join(parts)}; {_entries(len(done.entries))}")
    if left := len(report.new) if not add else 0:
        _say_error(f"note: {_count(left, 'finding')} not in the baseline; mend them, or accept them with --add --reason")


@baseline.command("show")
@click.argument("file", type=PathArgument, metavar="FILE")
def baseline_show(file: Path) -> None:
    """List the entries of a baseline; those that have ended, or soon will, are marked."""
    from rich.console import Console

    from .baseline import read as read_baseline
    from .baseline import to_terminal

    console = Console()
    colour = console.is_terminal and not console.no_color
    known = read_baseline(file, _shown(file))
    click.echo(to_terminal(known, date.today(), colour=colour, width=console.width if console.is_terminal else 120), nl=False)


def _until(written: str | None, today: date) -> date | None:
    from .baseline import read_date

    if written is None:
        return None
    try:
        until = read_date(written)
    except ValueError as error:
        raise click.BadParameter(f"{written!r} is no date; write {error}", param_hint="--expires") from None
    if until < today:
        raise click.BadParameter(f"{written} is over; write a day to come", param_hint="--expires")
    return until


def _reason(written: str) -> str:
    if not written.strip():
        raise click.BadParameter("it is empty; say why this is accepted", param_hint="--reason")
    return " ".join(written.split())


def _entries(number: int) -> str:
    return f"{number:,} {'entry' if number == 1 else 'entries'}"


# -- rules -------------------------------------------------------------------------------------------------------------


@main.command()
@click.argument("ids", nargs=-1, metavar="[ID …]")
@click.option("--axe", "with_axe", is_flag=True, help="List axe's rules too; this needs the browser.")
@click.option("--format", "-f", "form", type=click.Choice(["text", "json"]), default="text", show_default=True)
@click.option("--lang", default="en", show_default=True, help="The language of names and facts; helps are in English.")
def rules(ids: tuple[str, ...], with_axe: bool, form: str, lang: str) -> None:
    """
    List the rules, or explain the rules named by their IDs.

    An explanation says what a rule looks at, which WCAG criteria, EN 301 549 clauses and ACT rules it serves, who mends what it
    finds, and shows bad and good examples. axe's rules have ids such as axe/image-alt.
    """
    from . import guide
    from .live.axe_words import template_of
    from .rule import RuleFacts

    say = _sayer(lang)
    of_axe: dict[str, RuleFacts] = {}
    if with_axe or any(id.startswith("axe/") for id in ids):
        from .live.axe import version
        from .live.axe_rules import described

        of_axe = {id: facts for id, facts in described().items() if template_of(id)}
    unknown = [id for id in ids if guide.find(id) is None and id not in of_axe]
    if unknown:
        near = get_close_matches(unknown[0], [*(rule.id for rule in guide.ALL), *of_axe], 1, 0.6)
        hint = f"did you mean {near[0]}?" if near else "“a11ynews rules” lists them"
        raise click.BadParameter(f"{unknown[0]!r} is no rule; {hint}", param_hint="ID")
    chosen = [rule for rule in guide.ALL if not ids or rule.id in ids]
    if form == "json":
        click.echo(guide.as_json(chosen, [facts for facts in of_axe.values() if not ids or facts.id in ids]), nl=False)
    elif ids:
        told = [guide.explained(rule, say) for rule in chosen]
        told += [guide.explained_axe(of_axe[id], version(), template_of(id), say) for id in ids if id in of_axe]
        click.echo("\n".join(told), nl=False)
    else:
        click.echo(guide.listed([*(rule.facts for rule in chosen), *of_axe.values()], say), nl=False)
        if not with_axe:
            _say_error("note: axe's rules are not in this list; --axe lists them too")


# -- catalog -----------------------------------------------------------------------------------------------------------


@main.group()
def catalog() -> None:
    """Keep the translators' catalogs (.po files)."""


@catalog.command()
@click.argument("languages", nargs=-1, metavar="[LANG …]")
@click.option("--trivial", is_flag=True, help="Keep translations whose source changed in spelling or punctuation only.")
@click.option("--memory/--no-memory", default=True, help="Whether to suggest what the same words have in other records.")
@click.pass_context
def update(ctx: click.Context, languages: tuple[str, ...], trivial: bool, memory: bool) -> None:
    """
    Bring the catalogs up to date with the records and templates.

    New texts are added, changed ones marked fuzzy with their old words; no translation is ever lost. What does not change stays
    byte for byte, and a run with nothing new writes nothing. Suggestions are marked fuzzy, with a comment that tells where they
    are from.
    """
    from .translate import update as update_catalogs

    config = _config(ctx)
    chosen = [_language(code, config, "LANG") for code in languages]
    with _Telling("Updating") as tell:
        done = update_catalogs(_site(config), chosen, trivial=trivial, memory=memory, tell=tell)
    for updated in done.catalogs:
        merged = updated.merge
        parts = [
            f"{number:,} {what}"
            for number, what in (
                (merged.new, "new"),
                (merged.changed, "changed"),
                (merged.trivial, "kept in spite of a trivial change"),
                (merged.returned, "returned"),
                (merged.obsolete, "obsolete"),
                (merged.remembered, "from the translation memory"),
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


@catalog.command()
@click.argument("languages", nargs=-1, metavar="[LANG …]")
@click.option(
    "--xliff", type=click.Choice(["2.1"]), default="2.1", show_default=True, expose_value=False, help="The version of XLIFF."
)
@click.option("--record", "-r", "records", multiple=True, metavar="ID", help="Only this record; may be given several times.")
@click.option("--out", "-o", type=PathArgument, help="The folder to write to [default: xliff, beside the configuration].")
@click.pass_context
def export(ctx: click.Context, languages: tuple[str, ...], records: tuple[str, ...], out: Path | None) -> None:
    """
    Write the catalogs as XLIFF files, for translation agencies: one a record and language.

    A record is named by its folder, the page's own words by “a11ynews”. A catalog that is not up to date is not exported.
    """
    from .exchange import export_catalogs

    config = _config(ctx)
    done = export_catalogs(_site(config), [_language(code, config, "LANG") for code in languages], records, out)
    for exported in done.files:
        waiting = f"{exported.open:,} to translate" if exported.open else "complete"
        click.echo(f"{_shown(exported.path)}: {_count(exported.units, 'text')}; {waiting}")
    for fault in sorted(done.faults):
        _say_error(f"{fault.file}:{fault.line}:{fault.column}: error: {fault.message}")
    if done.faults:
        _say_error(f"{_count(len(done.faults), 'error')}: what they concern was not exported.")
        ctx.exit(2)


@catalog.command("import")
@click.argument("files", nargs=-1, required=True, type=PathArgument, metavar="FILE …")
@click.pass_context
def import_(ctx: click.Context, files: tuple[Path, ...]) -> None:
    """
    Take the XLIFF files that agencies deliver into the catalogs.

    Only what they have changed is touched. What would break a page is refused, text by text, and stays as it was.
    """
    from .exchange import import_files

    done = import_files(_site(_config(ctx)), files)
    for imported in done.catalogs:
        parts = [
            f"{number:,} {what}"
            for number, what in (
                (imported.translated, "translated"),
                (imported.fuzzy, "fuzzy"),
                (imported.refused, "refused"),
                (imported.unchanged, "unchanged"),
            )
            if number
        ]
        click.echo(f"{imported.file}: {', '.join(parts)}")
    for fault in sorted(done.notes):
        _say_error(f"{fault.file}:{fault.line}:{fault.column}: note: {fault.message}")
    for fault in sorted(done.faults):
        _say_error(f"{fault.file}:{fault.line}:{fault.column}: error: {fault.message}")
    if done.faults:
        _say_error(f"{_count(len(done.faults), 'error')}: what they concern was not taken in and is as it was.")
        ctx.exit(2)


@catalog.command()
@click.argument("languages", nargs=-1, metavar="[LANG …]")
@click.option(
    "--format",
    "formats",
    multiple=True,
    metavar="FORMAT[=FILE]",
    help="terminal, json or markdown, into a file where one is named; may be given several times [default: terminal].",
)
@click.option(
    "--budget",
    "budgets",
    multiple=True,
    metavar="LANG=PERCENT",
    help="How much of a language must be translated, or as PERCENT of each one; goes before the configuration.",
)
@click.option("--alts", is_flag=True, help="Count alternative texts alone.")
@click.pass_context
def status(
    ctx: click.Context, languages: tuple[str, ...], formats: tuple[str, ...], budgets: tuple[str, ...], alts: bool
) -> None:
    """
    Say how much is translated, by record and language.

    Counted are the words of the source. A fuzzy translation is none, nor is one that would break the page. A language that is
    below its budget (--budget, or “budget” in the configuration's [translation]) exits with 1.
    """
    from .status import take_stock, to_json, to_markdown, to_terminal

    def to_stdout(stock: Any) -> str:
        from rich.console import Console

        console = Console()
        colour = console.is_terminal and not console.no_color
        return to_terminal(stock, colour=colour, width=console.width if console.is_terminal else 80)

    reports = {"terminal": to_terminal, "json": to_json, "markdown": to_markdown}
    wanted = [_format(value, list(reports)) for value in formats or ("terminal",)]
    config = _config(ctx)
    chosen = [_language(code, config, "LANG") for code in languages]
    stock = take_stock(_site(config), chosen, budgets=dict(_budget(value, config) for value in budgets), alts_only=alts)
    for name, file in wanted:
        if file:
            write_bytes(file, reports[name](stock).encode())
        else:
            click.echo((to_stdout if name == "terminal" else reports[name])(stock), nl=False)
    for fault in sorted(set(stock.faults)):
        _say_error(f"{fault.file}:{fault.line}:{fault.column}: error: {fault.message}")
    if stock.faults:
        _say_error(f"{_count(len(set(stock.faults)), 'error')}: what they concern is in no number.")
    ctx.exit(stock.exit_code)


def _format(value: str, known: list[str]) -> tuple[str, Path | None]:
    name, equals, file = value.partition("=")
    if name not in known or (equals and not file):
        message = f"{value!r} is no format; write {', '.join(known[:-1])} or {known[-1]}, or as json=FILE"
        raise click.BadParameter(message, param_hint="--format")
    return name, Path(file) if file else None


def _budget(value: str, config: "Config") -> tuple[str, float]:
    from .config import read_percentage

    code, equals, written = value.rpartition("=")
    percentage = read_percentage(written.removesuffix("%").strip())
    if percentage is None or (equals and not code):
        message = f"{value!r} is no budget; write one such as de=90, or 90 for every language"
        raise click.BadParameter(message, param_hint="--budget")
    return _language(code, config, "--budget") if code else "", percentage


@catalog.command()
@click.option(
    "--locale", "-l", "locales", multiple=True, metavar="LANG", help="Only this one: en-XA or ar-XB; may be given several times."
)
@click.option("--out", "-o", type=PathArgument, help="Where to write the catalogs [default: the configuration's folder].")
@click.pass_context
def pseudo(ctx: click.Context, locales: tuple[str, ...], out: Path | None) -> None:
    """
    Write catalogs that nobody has translated, to see what a page does in other languages.

    en-XA has accents, longer texts, and brackets that show what is cut off; ar-XB is written from right to left. Links, {fields}
    and names stay. To render their pages, name the two among the languages of the configuration.
    """
    from .pseudo import LOCALES, fill

    config = _config(ctx)
    chosen = list(dict.fromkeys(_pseudo_locale(code, LOCALES) for code in locales)) or list(LOCALES)
    filling = fill(_site(config), chosen, out)
    for filled in filling.catalogs:
        click.echo(f"{filled.file}: {_count(filled.entries, 'text')}{'' if filled.written else '; unchanged'}")
    for fault in sorted(filling.faults):
        _say_error(f"{fault.file}:{fault.line}:{fault.column}: error: {fault.message}")
    if strangers := [locale for locale in chosen if locale not in config.languages]:
        _say_error(f"note: to render {' and '.join(strangers)}, add them to “languages” in {config.file}.")
    if filling.faults:
        _say_error(f"{_count(len(filling.faults), 'error')}: what they concern was not written.")
        ctx.exit(2)


def _pseudo_locale(code: str, known: tuple[str, ...]) -> str:
    tag = next((tag for tag in known if tag.lower() == code.lower().replace("_", "-")), None)
    if tag is None:
        raise click.BadParameter(f"{code!r} is no pseudo-locale; there are {' and '.join(known)}", param_hint="--locale")
    return tag


@catalog.command()
@click.argument("languages", nargs=-1, metavar="[LANG …]")
@_told
@click.pass_context
def lint(ctx: click.Context, languages: tuple[str, ...], formats: tuple[str, ...], lang: str) -> None:
    """
    Check the translations: links, names, numbers, alternative texts, quotation marks, language and more.

    Each finding names the line of the catalog. What is not translated, or fuzzy, is left to “status”. A comment above an entry
    keeps a rule quiet there: “# a11ynews: ignore RULE because …”. The rules are listed in docs/catalog-rules.md.
    """
    from .lint import lint as lint_catalogs
    from .reporters import REPORTERS

    wanted = [_format(value, list(REPORTERS)) for value in formats or ("text",)]
    say = _sayer(lang)
    config = _config(ctx)
    with _Telling("Checking") as tell:
        report = lint_catalogs(_site(config), [_language(code, config, "LANG") for code in languages], tell=tell)
    ctx.exit(_tell_report(report, wanted, say, lang))


# -- headers -----------------------------------------------------------------------------------------------------------


@main.command()
@click.option(
    "--format",
    "-f",
    "form",
    type=click.Choice(list(FORMATS)),
    default="netlify",
    show_default=True,
    help="The server or host; netlify is Cloudflare Pages' form too.",
)
@click.pass_context
def headers(ctx: click.Context, form: str) -> None:
    """
    Print the headers that a web server should send with the pages, for its own configuration.

    They are a strict Content-Security-Policy and those that belong to it; docs/security.md says where they go.
    """
    click.echo(FORMATS[form](_config(ctx).header_values), nl=False)


# -- a new project, a new record -----------------------------------------------------------------------------------------


@main.command()
@click.argument("folder", default=".", type=PathArgument)
@click.option("--name", default="Example News", show_default=True, help="The site's name.")
@click.option(
    "--base-url",
    default="https://news.example.org/",
    show_default=True,
    metavar="URL",
    help="The address that the site will have.",
)
@click.option(
    "--languages",
    default="en,de,it",
    show_default=True,
    metavar="LANG,…",
    help="The site's languages; the first is the default one.",
)
@click.option("--keep", is_flag=True, help="Leave a README, .gitignore or editor's settings that are there as they are.")
def init(folder: Path, name: str, base_url: str, languages: str, keep: bool) -> None:
    """
    Make a small complete project in FOLDER [default: here], which renders and checks clean.

    It has a configuration, one record with a picture, its translations, a workflow for continuous integration, and settings for
    editors. Nothing is asked, and nothing that is there already is overwritten.
    """
    from .project import STORY
    from .project import init as begin

    where = "" if folder == Path() else f"{folder}/"
    now = datetime.now().astimezone()
    begun = begin(folder, name=name, base_url=base_url, languages=languages.split(","), now=now, keep=keep, shown=where)
    for path in begun.written:
        click.echo(f"{where}{path}")
    for path in begun.kept:
        _say_error(f"note: {where}{path} was there already and is as it was")
    for waiting in begun.waiting:
        told = f"{_count(waiting.texts, 'text')} to translate in {where}{waiting.folder}/"
        then = f"; its page of {STORY} is made once the alt is translated" if waiting.is_stopped else ""
        _say_error(f"note: {waiting.language}: {told}{then}")
    steps = [*([f"cd {folder}"] if where else []), "a11ynews render", "a11ynews check"]
    _say_error(f"{_count(len(begun.written), 'file')} written. Next: {' && '.join(steps)}")


@main.command()
@click.argument("slug")
@click.option("--headline", default="", metavar="WORDS", help="The headline.")
@click.option("--language", default="", metavar="LANG", help="The record's language [default: the site's].")
@click.option(
    "--picture",
    "files",
    multiple=True,
    type=PathArgument,
    metavar="FILE",
    help="A picture to copy beside it; may be given several times.",
)
@click.pass_context
def new(ctx: click.Context, slug: str, headline: str, language: str, files: tuple[Path, ...]) -> None:
    """
    Begin a record in news/YEAR/SLUG/: a file that says in comments what goes where.

    What a picture's IPTC metadata offer as an alternative text stands in it as a comment. The record is refused by a render until
    somebody has looked at the picture and written one.
    """
    from .project import new as begin

    site = _site(_config(ctx))
    created = begin(
        site,
        slug,
        datetime.now().astimezone(),
        files=files,
        language=_any_language(language) if language else "",
        headline=headline,
    )
    for path in (created.record, *created.files):
        click.echo(path)
    for note in created.notes:
        _say_error(f"note: {note}")
    _tell_to_do(created.to_do)


def _any_language(code: str) -> str:
    from .language import tag_of

    try:
        return tag_of(code)
    except LanguageError as error:
        raise click.BadParameter(str(error), param_hint="--language") from None


def _tell_to_do(faults: Sequence[Fault]) -> None:
    for fault in sorted(faults):
        _say_error(f"{fault.file}:{fault.line}:{fault.column}: to do: {fault.message}")


@main.command()
@click.option("--browser/--no-browser", default=True, help="Whether a browser is needed: to check, but not to render.")
@click.option("--format", "-f", "form", type=click.Choice(["text", "json"]), default="text", show_default=True)
@click.pass_context
def doctor(ctx: click.Context, browser: bool, form: str) -> None:
    """
    Say what is missing on this machine and in this project, and what to do.

    Looked at are Python and the packages, the browser and whether it starts, fonts, axe, the configuration, the folders and the
    catalogs. Nothing is changed. What is optional does not count; anything that is missing exits with 2.
    """
    from .doctor import diagnose

    with _Telling("Looking at") as tell:
        found = diagnose(ctx.obj or find(Path.cwd()), with_browser=browser, shown=_shown, tell=tell)
    click.echo(found.to_json() if form == "json" else found.to_text(), nl=False)
    ctx.exit(found.exit_code)


# -- import, export ----------------------------------------------------------------------------------------------------


@main.command("import")
@click.argument("files", nargs=-1, required=True, type=PathArgument, metavar="FILE …")
@click.option("--to", type=PathArgument, metavar="FOLDER", help="Where to make the records' folders [default: news/YEAR].")
@click.option("--slug", default="", metavar="SLUG", help="The folder of the record, where there is one article.")
@click.option("--language", default="", metavar="LANG", help="The language of articles that do not say theirs.")
@click.pass_context
def import_articles(ctx: click.Context, files: tuple[Path, ...], to: Path | None, slug: str, language: str) -> None:
    """
    Make drafts of records from articles of others: ninjs 3, or schema.org's NewsArticle in JSON-LD or in a page of HTML.

    What is left out is told. Pictures are named, not downloaded, and one without an alternative text stays without: the record is
    refused by a render until somebody has written one.
    """
    from .interchange import import_files

    file = ctx.obj or find(Path.cwd())
    if not file and not to:
        raise A11yNewsError(f"there is no {FILE} here or in a folder above, so name the folder for the records with --to")
    done = import_files(
        files,
        site=_site(_load(file)) if file else None,
        to=to,
        now=datetime.now().astimezone(),
        language=_any_language(language) if language else "",
        slug=slug,
        shown=_shown,
    )
    for imported in done.drafts:
        click.echo(imported.record)
        for note in imported.notes:
            _say_error(f"{imported.record}:1:1: note: left out or changed: {note}")
        for name, address in imported.pictures.items():
            _say_error(f"{imported.record}:1:1: note: to put beside it: {name}, from {address}")
        _tell_to_do(imported.to_do)
    for fault in done.notes:
        _say_error(f"{fault.file}:{fault.line}:{fault.column}: note: {fault.message}")
    for fault in sorted(done.faults):
        _say_error(f"{fault.file}:{fault.line}:{fault.column}: error: {fault.message}")
    if done.faults:
        _say_error(f"{_count(len(done.faults), 'error')}: what they concern was not imported.")
        ctx.exit(2)


@main.command("export")
@click.argument("records", nargs=-1, required=True, metavar="SLUG …")
@click.option("--format", "-f", "form", type=click.Choice(["ninjs", "jsonld"]), required=True, help="IPTC ninjs 3.1 or JSON-LD.")
@click.option("--language", "languages", multiple=True, metavar="LANG", help="In this language [default: the record's own].")
@click.option("--out", "-o", type=PathArgument, help="A folder for one file each, in place of the standard output.")
@click.option("--strict", is_flag=True, help="Refuse an article with any text that is not translated.")
@click.pass_context
def export_articles(
    ctx: click.Context, records: tuple[str, ...], form: str, languages: tuple[str, ...], out: Path | None, strict: bool
) -> None:
    """
    Write records and their translations as others take them: ninjs 3.1, or schema.org's NewsArticle as JSON-LD.

    As in a render, a picture whose alternative text is not translated stops its article, and other texts that are not translated
    are given in the source language and told.
    """
    from .interchange import Format, alone, document
    from .interchange import export as export_records

    config = _config(ctx)
    wanted: Format = "ninjs" if form == "ninjs" else "jsonld"
    chosen = list(dict.fromkeys(_language(code, config, "--language") for code in languages))
    done = export_records(_site(config), records, wanted, chosen, strict=strict)
    for fault in sorted(set(done.notes)):
        _say_error(f"{fault.file}:{fault.line}:{fault.column}: note: {fault.message}")
    for fault in sorted(set(done.faults)):
        _say_error(f"{fault.file}:{fault.line}:{fault.column}: error: {fault.message}")
    suffix = "ninjs.json" if form == "ninjs" else "jsonld"
    if out:
        for name, item in done.documents.items():
            content = json.dumps(alone(item, wanted), indent=2, ensure_ascii=False)
            write_bytes(out / f"{name}.{suffix}", f"{content}\n".encode())
            click.echo(_shown(out / f"{name}.{suffix}"))
    elif done.documents:
        click.echo(json.dumps(document(done, wanted), indent=2, ensure_ascii=False))
    if done.faults:
        _say_error(f"{_count(len(set(done.faults)), 'error')}: what they concern was not exported.")
        ctx.exit(2)


# -- schema, browser ---------------------------------------------------------------------------------------------------


@main.command()
@click.option(
    "--of", "what", type=click.Choice(["record", "report"]), default="record", show_default=True, help="What it describes."
)
def schema(what: str) -> None:
    """Print the JSON Schema of a record, for completion in editors, or of a JSON report, for programs that read one."""
    from .article import record_schema
    from .reporters.json import schema as report_schema

    click.echo(json.dumps(record_schema() if what == "record" else report_schema(), indent=2, ensure_ascii=False))


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
    """The program, but for its first moment: see `__main__`."""
    try:
        with heeded(_end_at_once) as signals:
            try:
                code = main()
            except SystemExit as ended:
                code = ended.code
    except KeyboardInterrupt as stopped:  # before the command began, or after it had ended
        die_of(signal_of(stopped))
    if signals and code:  # a server that is stopped has done what it was asked for
        die_of(signals[0])
    sys.exit(code)


def _end_at_once(number: int) -> None:
    """Tell that somebody does not wait for the way out; a terminal gets its cursor back, which the progress line hides."""
    cursor = "\x1b[?25h\r\x1b[2K" if sys.stderr and sys.stderr.isatty() else ""
    os.write(2, f"{cursor}{_stopped(number)}\n".encode())
    if hand := sys.modules.get("a11ynews.live.hand"):
        hand.abandon()


if __name__ == "__main__":
    run()
