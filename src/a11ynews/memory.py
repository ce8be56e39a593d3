"""The translation memory of a site: what its catalogs have for the same words elsewhere."""

from dataclasses import dataclass

from .merge import Suggestion, Wanted
from .po import PoFile

# An alt is said in place of one picture, and a slug is in one address: neither is right anywhere else.
_NEVER = ("alt", "slug")


@dataclass(slots=True)
class _Use:
    """One translation of a text: where it stands first, and how often it is in use."""

    file: str
    role: str
    live: int = 0


class Memory:
    """
    The translations of one language from another, by their source words.

    What is fuzzy is not remembered. A translation in the same role goes before those in others, one in use before an
    obsolete one, the one that is used most before the rest, and the first one before those that were added later.
    """

    def __init__(self) -> None:
        self._in_role: dict[tuple[str, str], dict[str, _Use]] = {}
        self._anywhere: dict[str, dict[str, _Use]] = {}

    def add(self, po: PoFile) -> None:
        """Remember the translations of a catalog, those behind `#~` too."""
        for entry in po.entries:
            role, words = entry.context, entry.strings.get(0, "")
            if role in _NEVER or entry.is_header or entry.plural or not words.strip() or entry.fuzzy:
                continue
            for uses in (self._in_role.setdefault(entry.key, {}), self._anywhere.setdefault(entry.id, {})):
                use = uses.setdefault(words, _Use(po.file, role))
                if not entry.obsolete:
                    if not use.live:
                        use.file, use.role = po.file, role
                    use.live += 1

    def recall(self, text: Wanted) -> Suggestion | None:
        """The translation of the same words, with its origin; None where there is none, and always for an alt and a slug."""
        if text.context in _NEVER:
            return None
        uses = self._in_role.get(text.key) or self._anywhere.get(text.id)
        if not uses:
            return None
        words = max(uses, key=lambda words: uses[words].live)
        use = uses[words]
        return Suggestion(words, use.file if use.role == text.context else f"{use.file} ({use.role})")
