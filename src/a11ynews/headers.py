"""
The headers that a web server says with every page: a strict Content-Security-Policy and those that belong to it.

The pages need no script, no inline style and nothing of another origin, so the policy can refuse all of it: should anything ever
get past the escaping, no browser would run or load it. `write` gives the headers in the form of a server or a host.
"""

import json
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from html import escape
from urllib.parse import urlsplit

POLICY: Mapping[str, str] = {
    "default-src": "'none'",
    "style-src": "'self'",
    "img-src": "'self'",
    "media-src": "'self'",
    "font-src": "'self'",
    "base-uri": "'none'",
    "form-action": "'none'",
    "frame-ancestors": "'none'",
}
"""The Content-Security-Policy of our pages (CSP Level 3). What no directive names is refused: scripts, frames, requests."""

DIRECTIVES = frozenset(
    {
        *POLICY,
        *("child-src", "connect-src", "fenced-frame-src", "frame-src", "manifest-src", "object-src", "report-to", "report-uri"),
        *("require-trusted-types-for", "sandbox", "script-src", "script-src-attr", "script-src-elem", "style-src-attr"),
        *("style-src-elem", "trusted-types", "worker-src"),
    }
)
"""The directives that browsers know and that have a value (CSP Level 3, Trusted Types)."""

_DEVICES = ("camera", "display-capture", "geolocation", "hid", "microphone", "midi", "payment", "serial", "usb")
"""What no page asks a reader's machine for (Permissions Policy)."""

# What is read to the letter by nginx ($ and quotation marks), Apache (% and backslashes) and CSP itself (; and ,) is left out.
_SOURCES = re.compile(r"[A-Za-z0-9'*:/._=+?&~@ -]*")


@dataclass(frozen=True, slots=True)
class Headers:
    """Headers with their values, and where on the host they are for."""

    values: Mapping[str, str]
    path: str = "/"
    """The path of the site on its host, with a slash at both ends."""


def sources_fault(directive: str, sources: str) -> str | None:
    """What is wrong with a directive of a policy and its sources; None where nothing is."""
    if directive not in DIRECTIVES:
        return f"“{directive}” is no directive of a Content-Security-Policy; the directives are {', '.join(sorted(DIRECTIVES))}"
    if not _SOURCES.fullmatch(sources):
        return f"the sources of {directive} hold a character that ends them; write them with spaces between: 'self' https://…"
    return None


def headers_of(base_url: str, *, hsts: int = 0, policy: Mapping[str, str] | None = None) -> Headers:
    """
    The headers of a site at an address.

    `policy` replaces directives of `POLICY` or adds others. `hsts` is for how many seconds browsers are to come by https: alone
    (RFC 6797); 0 leaves that out, since it cannot be taken back and concerns all of a host.
    """
    directives = {**POLICY, **(policy or {})}
    values = {
        "Content-Security-Policy": "; ".join(f"{name} {sources}".rstrip() for name, sources in directives.items()),
        "X-Content-Type-Options": "nosniff",
        "Referrer-Policy": "strict-origin-when-cross-origin",
        "Permissions-Policy": ", ".join(f"{name}=()" for name in _DEVICES),
        "Cross-Origin-Opener-Policy": "same-origin",
    }
    if hsts:
        values["Strict-Transport-Security"] = f"max-age={hsts}"
    return Headers(values, f"/{urlsplit(base_url).path.strip('/')}/".replace("//", "/"))


MARK = "Written by a11ynews"
"""How a file of ours begins, after the sign of a comment: one that does not is somebody else's."""

_WHY = f"{MARK}: the pages need no script and nothing of another origin, and these headers have browsers refuse it."


def _netlify(headers: Headers) -> str:
    lines = [f"# {_WHY}", f"{headers.path}*", *(f"  {name}: {value}" for name, value in headers.values.items())]
    return "\n".join(lines) + "\n"


def _apache(headers: Headers) -> str:
    lines = [
        f"# {_WHY}",
        "# Apache needs mod_headers for them.",
        *(f'Header always set {name} "{value}"' for name, value in headers.values.items()),
        "AddType text/vtt .vtt",
    ]
    return "\n".join(lines) + "\n"


def _nginx(headers: Headers) -> str:
    set_all = [f'add_header {name} "{value}" always;' for name, value in headers.values.items()]
    if headers.path != "/":
        set_all = [f"location {headers.path} {{", *(f"    {line}" for line in set_all), "}"]
    lines = [f"# {_WHY}", "# A location that has an add_header of its own does not inherit those of its server.", *set_all]
    return "\n".join(lines) + "\n"


def _caddy(headers: Headers) -> str:
    only = "" if headers.path == "/" else f"{headers.path}* "
    lines = [f"# {_WHY}", f"header {only}{{", *(f'\t{name} "{value}"' for name, value in headers.values.items()), "}"]
    return "\n".join(lines) + "\n"


def _iis(headers: Headers) -> str:
    lines = [
        f"<!-- {_WHY} -->",
        "<configuration>",
        "  <system.webServer>",
        "    <httpProtocol>",
        "      <customHeaders>",
        *(f'        <add name="{name}" value="{escape(value, quote=False)}" />' for name, value in headers.values.items()),
        "      </customHeaders>",
        "    </httpProtocol>",
        "    <staticContent>",
        '      <remove fileExtension=".vtt" />',
        '      <mimeMap fileExtension=".vtt" mimeType="text/vtt" />',
        "    </staticContent>",
        "  </system.webServer>",
        "</configuration>",
    ]
    return "\n".join(lines) + "\n"


def _cloudfront(headers: Headers) -> str:
    """A ResponseHeadersPolicyConfig, as `aws cloudfront create-response-headers-policy` takes it."""
    values = dict(headers.values)
    security: dict[str, dict[str, object]] = {
        "ContentSecurityPolicy": {"ContentSecurityPolicy": values.pop("Content-Security-Policy"), "Override": True},
        "ContentTypeOptions": {"Override": True},
        "ReferrerPolicy": {"ReferrerPolicy": values.pop("Referrer-Policy"), "Override": True},
    }
    del values["X-Content-Type-Options"]
    if hsts := values.pop("Strict-Transport-Security", ""):
        age = int(hsts.removeprefix("max-age="))
        security["StrictTransportSecurity"] = {"AccessControlMaxAgeSec": age, "IncludeSubdomains": False, "Override": True}
    items = [{"Header": name, "Value": value, "Override": True} for name, value in values.items()]
    config = {
        "Name": "a11ynews",
        "SecurityHeadersConfig": security,
        "CustomHeadersConfig": {"Quantity": len(items), "Items": items},
    }
    return json.dumps(config, indent=2) + "\n"


def _json(headers: Headers) -> str:
    return json.dumps(dict(headers.values), indent=2) + "\n"


FORMATS: Mapping[str, Callable[[Headers], str]] = {
    "netlify": _netlify,
    "apache": _apache,
    "nginx": _nginx,
    "caddy": _caddy,
    "iis": _iis,
    "cloudfront": _cloudfront,
    "json": _json,
}
"""How headers can be written down, by the name of the form; `netlify` is Cloudflare Pages' form too."""

FILES: Mapping[str, str] = {"_headers": "netlify", ".htaccess": "apache", "web.config": "iis"}
"""The files that a host reads beside the pages, and the form of each."""


def write(headers: Headers, form: str) -> str:
    """The headers in one of `FORMATS`."""
    return FORMATS[form](headers)


def is_ours(content: bytes) -> bool:
    """Whether a file of headers was written by `write`."""
    return MARK.encode() in content.split(b"\n", 1)[0]
