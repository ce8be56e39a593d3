// What of the page is empty: "main", "body", or nothing. A body with something to be operated, or a part with a role, is not empty
// however little is to be seen of it: that is what the rules look at.
() => {
  const mains = [...document.querySelectorAll("main, [role=main]")].filter(main => main.checkVisibility());
  const THINGS = "img, svg, canvas, video, audio, iframe, object, embed, input, select, textarea, button, meter, progress, [role=img]";
  const PARTS = `${THINGS}, summary, a[href], [role], [tabindex], [aria-label]`;
  const shown = (element, things) => {
    const roots = [element, element.shadowRoot].filter(Boolean);
    for (const root of roots) {
      for (const inner of root.querySelectorAll("*")) if (inner.shadowRoot) roots.push(inner.shadowRoot);
    }
    return element.innerText?.trim() || roots.some(root =>
      [...root.querySelectorAll(things)].some(thing => thing.checkVisibility()) ||
      (root !== element && root.textContent.trim()));
  };
  if (!document.body) return document.documentElement.localName === "html" ? "body" : "";
  if (mains.length && !mains.some(main => shown(main, THINGS))) return "main";
  return document.body.localName === "frameset" || shown(document.body, PARTS) ? "" : "body";
}
