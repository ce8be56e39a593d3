// Fields, and what comes of another value in them. `part` says what is asked for.
async (describe, {part, ...asked}) => {
  const key = Symbol.for("a11ynews fields");
  const kept = window[key] ??= [];
  const named = element => element ? element.localName + (element.id ? `#${element.id}` : "") : "";
  if (part === "find") {
    const kinds = new Map(), heard = window[Symbol.for("a11ynews heard")] ?? new Map();
    for (const element of document.querySelectorAll("select, input, textarea")) {
      if (element.disabled || element.readOnly || !element.checkVisibility({visibilityProperty: true})) continue;
      const type = element.localName === "input" ? element.type : element.localName;
      if (/^(hidden|submit|reset|button|image|file|color|password|date|time|month|week|datetime-local)$/.test(type)) continue;
      if (element.localName === "select" && element.options.length < 2) continue;
      // What listens by itself may do something of its own.
      const hears = (heard.get(element) ?? []).some(kind => /^(input|change|key)/.test(kind));
      const kind = `${type}.${element.getAttribute("class")}.${element.name}.${element.getAttribute("onchange")}.${hears ? kinds.size : ""}`;
      if (!kinds.has(kind)) kinds.set(kind, element);
    }
    kept.splice(0, kept.length, ...[...kinds.values()].slice(0, asked.most));
    return kept.map(element => {
      const type = element.localName === "input" ? element.type : element.localName;
      const pressed = /^(checkbox|radio)$/.test(type) ? "Space" : /^(number|range)$/.test(type) ? "ArrowUp"
        : type !== "select" ? "a" : element.selectedIndex < element.options.length - 1 ? "ArrowDown" : "ArrowUp";
      return {element: describe(element), key: pressed};
    });
  }
  const element = kept[asked.number];
  if (part === "focus") {
    if (!element?.isConnected) return false;
    element.focus();
    await new Promise(done => setTimeout(done, 50));
    return document.activeElement === element;
  }
  // A field for one sign passes the focus on to the next, as readers expect.
  if (part === "after") {
    await new Promise(done => setTimeout(done, 100));
    const active = document.activeElement;
    const isOwn = !active || active === document.body || active === element || element.contains(active) || (element.maxLength > 0 && element.maxLength < 5);
    return {jumped: isOwn || !active.matches("a[href], button, input, select, textarea, [tabindex]") ? "" : named(active)};
  }
  return null;
}
