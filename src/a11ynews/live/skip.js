// What comes of a link that skips to the content. `part` says what is asked for.
(describe, {part, target}) => {
  let root = document, link = null;
  for (const selector of target) {
    try { link = root?.querySelector(selector) ?? null } catch { link = null }
    root = link?.shadowRoot ?? null;
  }
  const name = decodeURIComponent((link?.getAttribute("href") ?? "").slice(1));
  const goal = name && (document.getElementById(name) ?? document.querySelector(`a[name="${CSS.escape(name)}"]`));
  let active = document.activeElement;
  if (part === "applies") return !!goal && !goal.contains(link) && (active === link || active?.shadowRoot?.activeElement === link);
  if (part === "arrived") {
    if (!goal) return true;
    while (active?.shadowRoot?.activeElement) active = active.shadowRoot.activeElement;
    // Nothing can have the focus after the target: then Tab leaves the page, or begins anew.
    if (!active || active === document.body || active === document.documentElement) return true;
    const isAfter = active === goal || goal.contains(active) || !!(goal.compareDocumentPosition(active) & Node.DOCUMENT_POSITION_FOLLOWING);
    if (isAfter) return true;
    const stops = [...document.querySelectorAll("a[href], button, input, select, textarea, summary, iframe, [tabindex]")];
    return !stops.some(stop => stop.tabIndex >= 0 && !stop.disabled && stop.checkVisibility({visibilityProperty: true})
      && (goal.contains(stop) || goal === stop || goal.compareDocumentPosition(stop) & Node.DOCUMENT_POSITION_FOLLOWING));
  }
  return null;
}
