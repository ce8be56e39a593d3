// What of the page is empty: "main", "body", or nothing.
() => {
  const mains = [...document.querySelectorAll("main, [role=main]")].filter(main => main.checkVisibility());
  const shown = element => {
    const roots = [element];
    for (const root of roots) {
      for (const inner of root.querySelectorAll("*")) if (inner.shadowRoot) roots.push(inner.shadowRoot);
    }
    const things = "img, svg, canvas, video, audio, iframe, object, embed, input, select, textarea, button, meter, progress, [role=img]";
    return element.innerText?.trim() || roots.some(root =>
      [...root.querySelectorAll(things)].some(thing => thing.checkVisibility()) ||
      (root !== element && root.textContent.trim()));
  };
  if (!document.body) return document.documentElement.localName === "html" ? "body" : "";
  if (mains.length && !mains.some(shown)) return "main";
  return document.body.localName === "frameset" || shown(document.body) ? "" : "body";
}
