// The keys that a page's words name: [["Ctrl", "M"], ["F6"]].
() => {
  const words = (document.body?.textContent ?? "").slice(0, 200000);
  const named = words.matchAll(/\b(Ctrl|Strg|Control|Alt|Shift|Umschalt|Maiusc)\s*[+-]\s*([A-Za-z0-9])\b|\b(F[1-9][0-2]?)\b/g);
  const out = new Map();
  for (const [, modifier, letter, single] of named) {
    const parts = single ? [single] : [modifier, letter];
    out.set(parts.join("+"), parts);
  }
  return [...out.values()].slice(0, 5);
}
