"""The configuration of a site: every fault in it at its line, and what a page does with what is not translated."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from a11ynews.article import ROLES
from a11ynews.config import FILE, Config, find, for_language, load, load_check
from a11ynews.errors import ConfigError
from a11ynews.exclusion import Exclusion
from a11ynews.finding import Owner
from records import MARK, unmarked

LEAST = 'name = "News"\nbase_url = "https://news.example.org/"\nlanguages = ["en", "de-AT"]\n'
WHOLE = """\
name = { en = "News", de_AT = "Nachrichten" }
base_url = "https://news.example.org/today"
languages = ["en", "de_at", "sr@latin"]
default_language = "de-AT"
address = "{year}/{month}/{day}/{record}.{language}.html"

[folders]
news = "records"
locales = "catalogs"
templates = "looks"
site = "public"

[publisher]
name = "City Library"
url = "https://library.example.org/"

[accessibility]
contact = "mailto:accessibility@example.org"

[accessibility.statement]
en = "https://example.org/accessibility"
de = "/barrierefreiheit"

[fallback]
headline = "refuse"
caption = "hide"
"quote source" = "show"
alt = "refuse"
"""


@pytest.fixture
def config_file(tmp_path: Path) -> Path:
    return tmp_path / FILE


@pytest.fixture(scope="module")
def one_file_for_all(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """For a test that writes it many times."""
    return tmp_path_factory.mktemp("config") / FILE


def loaded(config_file: Path, text: str) -> Config:
    config_file.write_text(text, "utf-8")
    return load(config_file)


def faults_of(config_file: Path, text: str) -> list[str]:
    """The faults for which a configuration is refused, as `line:column: message`."""
    with pytest.raises(ConfigError) as caught:
        loaded(config_file, text)
    return [str(fault).removeprefix(f"{FILE}:") for fault in caught.value.faults]


def test_three_keys_are_enough(config_file: Path) -> None:
    """All others have their defaults."""
    config = loaded(config_file, LEAST)

    assert (config.name, config.site_url, config.languages) == ({"": "News"}, "https://news.example.org/", ("en", "de-AT"))
    assert (config.address, config.default_language, config.publisher) == ("{language}/{slug}.html", None, None)
    assert [config.folder(name) for name in ("news", "locales", "templates", "site")] == [
        config_file.parent / name for name in ("news", "locales", "templates", "site")
    ]
    assert (config.accessibility.statement, config.accessibility.contact) == ({}, {})


def test_what_a_configuration_says(config_file: Path) -> None:
    """Every key that there is; languages are told as tags."""
    config = loaded(config_file, WHOLE)

    assert config.name == {"en": "News", "de-AT": "Nachrichten"}
    assert config.site_url == "https://news.example.org/today/"
    assert (config.languages, config.default_language) == (("en", "de-AT", "sr-Latn"), "de-AT")
    assert config.folder("site") == config_file.parent / "public"
    assert config.publisher is not None
    assert config.publisher.url == "https://library.example.org/"
    assert config.accessibility.statement == {"en": "https://example.org/accessibility", "de": "/barrierefreiheit"}
    assert config.accessibility.contact == {"": "mailto:accessibility@example.org"}
    assert (config.root, config.file) == (config_file.parent, FILE)


def test_a_key_knows_its_line(config_file: Path) -> None:
    """Texts of the configuration have a birthplace too; what it does not hold begins where it begins."""
    config = loaded(config_file, WHOLE)

    assert str(config.birthplace("languages")) == f"{FILE}:3:1"
    assert str(config.birthplace("publisher")) == f"{FILE}:13:1"
    assert str(config.birthplace("nothing")) == f"{FILE}:1:1"
    assert config.birthplace("name").owner is Owner.WEB_TEAM


@pytest.mark.parametrize("role", ROLES)
def test_what_is_not_translated_is_shown_but_for_an_alt(config_file: Path, role: str) -> None:
    """Nothing can stand in for an alt: it always refuses."""
    assert loaded(config_file, LEAST).policy(role) == ("refuse" if role == "alt" else "show")


def test_a_policy_is_by_role(config_file: Path) -> None:
    """A headline that is wanted, a caption that can go."""
    config = loaded(config_file, WHOLE)

    assert {role: config.policy(role) for role in ("headline", "caption", "quote source", "alt", "paragraph")} == {
        "headline": "refuse", "caption": "hide", "quote source": "show", "alt": "refuse", "paragraph": "show",
    }  # fmt: skip


FAULTS = {
    "nothing": (
        "▸▸▸",
        "base_url is missing; add “base_url = …”",
        "languages is missing; add “languages",
        "name is missing; add “name = …”",
    ),
    "an unknown key": (LEAST + '▸adress = "x"\n', "the key “adress” is not known; did you mean “address”?"),
    "an unknown table": (
        LEAST + '▸[accesibility.statement]\nen = "/x"\n',
        "the key “accesibility” is not known; did you mean “accessibility”?",
    ),
    "an unknown key in a table": (
        LEAST + '[folders]\nsite = "a"\n▸record = "b"\n',
        "the key “record” is not known; the keys here are news, locales",
    ),
    "an empty name": (LEAST.replace('"News"', '▸" "'), "name is empty; write one value"),
    "a list of names": (LEAST.replace('"News"', "▸[]"), "name is a list; write a text, or a table with one for each language"),
    "no names": (LEAST.replace('"News"', "▸{}"), "name is empty; write a text, or a table with one for each language"),
    "a name in no language": (LEAST.replace('"News"', '{▸xx = "News"}'), "'xx' is no language that the Unicode CLDR knows;"),
    "an empty name in a language": (LEAST.replace('"News"', '{de = ▸""}'), "name for de is empty; write one value"),
    "a base that is none": (
        LEAST.replace('"https://news.example.org/"', '▸"/news/"'),
        "'/news/' is no base of a site; write one such as",
    ),
    "a base with a query": (
        LEAST.replace('"https://news.example.org/"', '▸"https://example.org/?a"'),
        "'https://example.org/?a' is no base of",
    ),
    "a base that runs code": (LEAST.replace('"https://news.example.org/"', '▸"javascript:x"'), "'javascript:x' is not safe"),
    "a base without scheme": (
        LEAST.replace('"https://news.example.org/"', '▸"news.example.org"'),
        "'news.example.org' does not say where it",
    ),
    "a text for languages": (
        LEAST.replace('["en", "de-AT"]', '▸"en"'),
        "languages must be a list, not a text; put its entries between [ and ]",
    ),
    "no languages": (LEAST.replace('["en", "de-AT"]', "▸[]"), "languages is empty; write at least one entry"),
    "a language that is none": (
        LEAST.replace('"de-AT"', '▸"deu"'),
        "'deu' is no language that the Unicode CLDR knows; did you mean “de”?",
    ),
    "a language twice": (
        LEAST.replace('"de-AT"', '"de-AT",\n ▸"de_at"'),
        "de-AT stands here a second time (first at 3:20); keep one of them",
    ),
    "another default": (LEAST + 'default_language = ▸"it"\n', "the default language it is not among languages; add it there"),
    "a default that is none": (LEAST + 'default_language = ▸"xx"\n', "'xx' is no language"),
    "an address of odd fields": (
        LEAST + 'address = ▸"{language}/{title}.html"\n',
        "“{title}” is not known; the fields are {language}, {slug}, {year}",
    ),
    "an address with a format": (LEAST + 'address = ▸"{language}/{slug!r}.html"\n', "“{slug!r}” is not known; the fields are"),
    "one address for all": (
        LEAST + 'address = ▸"{slug}.html"\n',
        "every page needs an address of its own; write {language} and {slug} in it",
    ),
    "an address without slug": (LEAST + 'address = ▸"{language}/index.html"\n', "every page needs an address of its own"),
    "an address above": (
        LEAST + 'address = ▸"../{language}/{slug}.html"\n',
        "'../{language}/{slug}.html' is no address within the site; write one",
    ),
    "an address at the root": (
        LEAST + 'address = ▸"/{language}/{slug}.html"\n',
        "'/{language}/{slug}.html' is no address within the site",
    ),
    "an address from here": (
        LEAST + 'address = ▸"./{language}/{slug}.html"\n',
        "'./{language}/{slug}.html' is no address within the site",
    ),
    "an address of no page": (
        LEAST + 'address = ▸"{language}/{slug}.php"\n',
        "'{language}/{slug}.php' is no address within the site",
    ),
    "a brace too many": (
        LEAST + 'address = ▸"{language}/{slug}}.html"\n',
        "'{language}/{slug}}.html' has a brace too many or too few; write each",
    ),
    "braces within braces": (
        LEAST + 'address = ▸"{{language}}/{slug}.html"\n',
        "'{{language}}/{slug}.html' has a brace too many or too few",
    ),
    "an address that is a list": (LEAST + "address = ▸[]\n", "the address is a list; write one value"),
    "an empty folder": (LEAST + '[folders]\nsite = ▸""\n', "site is empty; write one value"),
    "a text for folders": (LEAST + 'folders = ▸"x"\n', "folders must be a mapping, not a text; put its keys between { and }"),
    "a publisher without name": (LEAST + '▸[publisher]\nurl = "https://example.org/"\n', "name is missing; add “name = …”"),
    "a statement that runs code": (LEAST + '[accessibility]\nstatement = ▸"javascript:x"\n', "'javascript:x' is not safe"),
    "a statement for no language": (
        LEAST + '[accessibility.statement]\n▸german = "/x"\n',
        "'german' is no language tag; did you mean “de”?",
    ),
    "a contact that is none": (
        LEAST + '[accessibility.contact]\nde = ▸"me@example.org"\n',
        "'me@example.org' does not say where it leads; write",
    ),
    "a role that is none": (LEAST + '[fallback]\n▸captoin = "hide"\n', "“captoin” is no role of a text; did you mean “caption”?"),
    "a role like none": (LEAST + '[fallback]\n▸zzz = "hide"\n', "“zzz” is no role of a text; the roles are kicker, headline,"),
    "a role with a line": (
        LEAST + '[fallback]\n▸quote_source = "hide"\n',
        "“quote_source” is no role of a text; did you mean “quote source”?",
    ),
    "a policy that is none": (
        LEAST + '[fallback]\ncaption = ▸"drop"\n',
        "'drop' is not among the choices; write “show”, “refuse” or “hide”",
    ),
    "a policy that is a list": (
        LEAST + "[fallback]\ncaption = ▸[]\n",
        "a list is not among the choices; write “show”, “refuse” or “hide”",
    ),
    "an alt shown": (LEAST + '[fallback]\n▸alt = "show"\n', "an alt is never left untranslated or out; take this line out"),
    "an alt hidden": (LEAST + '[fallback]\n▸alt = "hide"\n', "an alt is never left untranslated or out; take this line out"),
    "an alt of odd policy": (LEAST + '[fallback]\nalt = ▸"x"\n', "'x' is not among the choices"),
    "a slug refused": (
        LEAST + '[fallback]\n▸slug = "refuse"\n',
        "a slug that is not translated is the source's, always; take this line out",
    ),
    "a headline hidden": (
        LEAST + '[fallback]\n▸headline = "hide"\n',
        "a page cannot do without its headline; write “show” or “refuse”",
    ),
    "no TOML": (LEAST + "address = ▸x\n", "this is not TOML: Invalid value;"),
    "a key twice": (LEAST + '▸name = "x"\n', "this key or table stands here a second time; keep one of them"),
}


@pytest.mark.parametrize("case", FAULTS.values(), ids=FAULTS)
def test_a_fault_is_told_at_its_line_and_column(config_file: Path, case: tuple[str, ...]) -> None:
    """With what is wrong and what to do, and no other fault beside it."""
    text, places = unmarked(case[0])
    told = faults_of(config_file, text)

    assert [fault.split(": ")[0] for fault in told] == places
    assert [fault.split(": ", 1)[1].startswith(message) for fault, message in zip(told, case[1:], strict=True)] == [True] * len(
        places
    )
    assert all("; " in fault for fault in told)


def test_all_faults_are_told_at_once(config_file: Path) -> None:
    """From the first line to the last."""
    text, places = unmarked(
        f"""\
name = {{ en = {MARK}"", {MARK}deu = "x" }}
base_url = {MARK}"ftp://example.org/"
languages = ["en", {MARK}"german", {MARK}"en"]
default_language = {MARK}"it"
{MARK}adress = "x"
[publisher]
url = {MARK}"x"
[accessibility]
statement = {MARK}"data:text/html,x"
[fallback]
{MARK}alt = "hide"
{MARK}headline = "hide"
""".replace("[publisher]", f"{MARK}[publisher]")
    )

    assert [fault.split(": ")[0] for fault in faults_of(config_file, text)] == places


@pytest.mark.parametrize(
    "role", ["kicker", "caption", "credit", "description", "author role", "location", "section", "tag", "related link", "licence"]
)
def test_what_a_page_can_do_without_can_be_hidden(config_file: Path, role: str) -> None:
    """And nothing else, see above."""
    assert loaded(config_file, f'{LEAST}[fallback]\n"{role}" = "hide"\n').policy(role) == "hide"


@pytest.mark.parametrize(
    "address",
    [
        "{language}/{slug}.html",
        "{language}/{slug}/",
        "{record}.{language}.html",
        "{year}/{month}-{day}/{slug}_{language}/",
        "n/{language}.{slug}/",
    ],
)
def test_an_address_is_a_page_or_a_folder(config_file: Path, address: str) -> None:
    """Of the fields that there are."""
    assert loaded(config_file, f'{LEAST}address = "{address}"\n').address == address


@pytest.mark.parametrize(
    ("language", "found"),
    [
        ("de", ("Nachrichten", "de")),
        ("de-AT", ("Nachrichten", "de")),
        ("sr-Latn", ("Vesti", "sr-Latn")),
        ("sr", ("News", "")),
        ("it", ("News", "")),
    ],
)
def test_a_value_by_language_falls_back_along_the_chain(language: str, found: tuple[str, str]) -> None:
    """To the parent, then to the one for all."""
    assert for_language({"": "News", "de": "Nachrichten", "sr-Latn": "Vesti", "fr": ""}, language) == found


def test_a_table_without_the_language_gives_its_first_value() -> None:
    """With the language it was written for; an empty table gives none."""
    assert for_language({"fr": "", "de": "Nachrichten", "en": "News"}, "it") == ("Nachrichten", "de")
    assert for_language({}, "it") is None


def test_the_nearest_configuration_above_is_found(tmp_path: Path) -> None:
    """From any folder of a project."""
    inner = tmp_path / "a" / "b"
    inner.mkdir(parents=True)
    (tmp_path / FILE).write_text(LEAST)

    assert find(inner) == tmp_path / FILE
    (tmp_path / "a" / FILE).write_text(LEAST)
    assert find(inner) == tmp_path / "a" / FILE


@pytest.mark.parametrize("is_folder", [False, True], ids=["missing", "a folder"])
def test_a_configuration_that_cannot_be_read_is_told(config_file: Path, is_folder: bool) -> None:
    """With what to do."""
    if is_folder:
        config_file.mkdir()
    with pytest.raises(ConfigError, match="; name another file with --config"):
        load(config_file)


@given(
    st.lists(
        st.sampled_from(
            [
                LEAST,
                *(f"{key} = " for key in Config.model_fields),
                "[fallback]\n",
                "[folders]\n",
                "{",
                "}",
                "[",
                "]",
                '"',
                '"x"',
                "'",
                "1",
                "true",
                "\n",
                "alt",
                ".",
            ]
        ),
        max_size=20,
    ).map("".join)
)
def test_no_text_raises_anything_but_faults(one_file_for_all: Path, text: str) -> None:
    """Whatever somebody writes."""
    file = one_file_for_all
    file.write_text(text, "utf-8")
    try:
        config = load(file)
    except ConfigError as error:
        told = error.faults
    else:
        told = ()
        assert config.languages

    assert all("; " in fault.message and fault.line >= 1 for fault in told)


# -- checks ------------------------------------------------------------------------------------------------------------

CHECK = """\
[check]
axe = "tools/axe.min.js"
best_practices = true
wait_for = "main > h1"
origins = ["https://cdn.example.org/", "http://127.0.0.1:8000"]
patience = 20
cells = ["1280 px, light", "320 px, dark, forced colours"]
baseline = "known.json"
exclude = [
  { selector = "#map", reason = "not ours", pages = "de/*" },
  { selector = ".ad:not(.own)", reason = "sold" },
]

[check.rules]
"link-name" = "off"
"axe/region" = "warning"
"""


def test_what_is_said_of_checks_is_read(config_file: Path) -> None:
    """The parts that are left out know where they are written."""
    check = loaded(config_file, LEAST + CHECK).check

    assert (check.axe, check.best_practices, check.wait_for, check.patience) == ("tools/axe.min.js", True, "main > h1", 20)
    assert check.origins == ("https://cdn.example.org", "http://127.0.0.1:8000")
    assert check.cells == ((1280, "light", False), (320, "dark", True))
    assert check.baseline == "known.json"
    assert check.exclude == (
        Exclusion("#map", "not ours", "de/*", "a11ynews.toml:13:3"),
        Exclusion(".ad:not(.own)", "sold", "", "a11ynews.toml:14:3"),
    )
    assert check.rules == {"link-name": "off", "axe/region": "warning"}


def test_a_site_of_somebody_elses_needs_nothing_but_checks(config_file: Path) -> None:
    """The rest is for sites that are rendered; where there is any of it, all of it must be right."""
    config_file.write_text(CHECK)
    assert load_check(config_file).patience == 20

    config_file.write_text(LEAST + CHECK)
    assert load_check(config_file).patience == 20

    config_file.write_text('name = "News"\n' + CHECK)
    with pytest.raises(ConfigError, match="base_url is missing"):
        load_check(config_file)


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ('wait = "h1"', "1: the key “wait” is not known; did you mean “wait_for”?"),
        ('wait_for = "h1["', "12: 'h1[' is no CSS selector that can be used here (Expected"),
        (
            'wait_for = "a::before"',
            "12: 'a::before' is no CSS selector that can be used here (Pseudo-elements are not supported.); mend",
        ),
        ('wait_for = ""', "12: wait_for is empty; write a CSS selector"),
        ('origins = ["cdn.example.org"]', "12: 'cdn.example.org' is no origin; write one such as https://cdn.example.org"),
        ('origins = ["https://a.example/x"]', "12: 'https://a.example/x' is no origin; write one such as"),
        ('origins = ["https://u:p@a.example"]', "12: 'https://u:p@a.example' is no origin; write one such as"),
        ("patience = 0", "12: patience is '0'; write a whole number from 1 to 3600"),
        ('best_practices = "perhaps"', "18: best_practices is 'perhaps'; write true or false"),
        ('cells = ["320 px"]', "10: '320 px' is no way of looking at a page; write one such as “320 px, light”"),
        ('cells = ["100 px, light"]', "10: '100 px, light' is no way of looking at a page; write one such as “320 px, light”"),
        ('exclude = "a"', "11: exclude must be a list of tables; write each as"),
        ('exclude = ["a"]', "12: an entry of exclude must be a table; write"),
        ('exclude = [{ selector = "a" }]', "12: reason is missing; add “reason = …”"),
        ('exclude = [{ reason = "a" }]', "12: selector is missing; add “selector = …”"),
        ('exclude = [{ selector = "", reason = "" }]', "25: selector is empty; write one value"),
        ('exclude = [{ selector = "..", reason = "x" }]', "25: '..' is no CSS selector that can be used here ("),
        ('exclude = [{ selector = "a", reason = "x", page = "y" }]', "44: the key “page” is not known; did you mean “pages”?"),
        ('rules = { "link-name" = "bad" }', "25: 'bad' is not among the choices; write “off”, “review”, “warning” or “error”"),
    ],
)
def test_what_is_wrong_about_checks_is_told_at_its_place(config_file: Path, line: str, message: str) -> None:
    """As for every other part."""
    config_file.write_text(f"[check]\n{line}\n")

    with pytest.raises(ConfigError) as caught:
        load_check(config_file)

    assert str(caught.value).splitlines()[0].startswith(f"a11ynews.toml:2:{message}")
