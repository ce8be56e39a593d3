"""Pictures with IPTC metadata, made by hand as cameras and agencies' programs write them (ISO 16684-1)."""

import io
from collections.abc import Mapping
from typing import Any
from xml.sax.saxutils import escape, quoteattr

from PIL import Image, PngImagePlugin

_CORE = "http://iptc.org/std/Iptc4xmpCore/1.0/xmlns/"


def packet(*, alt: Mapping[str, str] | None = None, description: Mapping[str, str] | None = None) -> str:
    """An XMP packet with the two properties for accessibility."""
    properties = {"AltTextAccessibility": alt, "ExtDescrAccessibility": description}
    inner = "".join(
        f"<Iptc4xmpCore:{name}><rdf:Alt>"
        + "".join(f"<rdf:li xml:lang={quoteattr(tag)}>{escape(words)}</rdf:li>" for tag, words in texts.items())
        + f"</rdf:Alt></Iptc4xmpCore:{name}>"
        for name, texts in properties.items()
        if texts
    )
    return wrapped(f'<rdf:Description rdf:about="">{inner}</rdf:Description>')


def wrapped(description: str, before: str = "") -> str:
    """Some RDF as a packet."""
    return (
        f'<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>{before}<x:xmpmeta xmlns:x="adobe:ns:meta/">'
        f'<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:Iptc4xmpCore="{_CORE}">{description}</rdf:RDF>'
        '</x:xmpmeta><?xpacket end="w"?>'
    )


def _image() -> Image.Image:
    return Image.new("RGB", (64, 40), (30, 90, 160))


def png(xmp: str = "") -> bytes:
    """A PNG with a packet."""
    info = PngImagePlugin.PngInfo()
    if xmp:
        info.add_itxt("XML:com.adobe.xmp", xmp)
    return _saved("PNG", pnginfo=info)


def jpeg(xmp: str) -> bytes:
    """A JPEG with a packet."""
    return _saved("JPEG", xmp=xmp.encode())


def webp(xmp: str) -> bytes:
    """A WebP with a packet."""
    return _saved("WEBP", xmp=xmp.encode())


def _saved(kind: str, **how: Any) -> bytes:
    out = io.BytesIO()
    _image().save(out, kind, **how)
    return out.getvalue()
