// What of the page is empty: "main", "body", or nothing; or that all of it is "hidden", where a script could show it. A body with something
// to be operated, or a part with a role, is not empty however little is to be seen of it: that is what the rules look at. Nor is one whose
// content is hidden, where no script could show it: readers get no more than that. Where there is a script, it may have failed.
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
  const hasScript = () => [...document.querySelectorAll("*")].some(element => (element.localName === "script" && /^$|script|module/i.test(element.type)) || element.localName.includes("-") ||
    [...element.attributes].some(({name}) => name.startsWith("on")));
  if (document.body.localName === "frameset") return "";
  // As tools that try out variants of pages do: axe looks at no colours there.
  const isSeen = element => element.checkVisibility({visibilityProperty: true, opacityProperty: true});
  const isHidden = document.body.checkVisibility() && !isSeen(document.body) && ![...document.body.querySelectorAll("*")].some(isSeen);
  if (isHidden && hasScript()) return "hidden";
  if (mains.length && !mains.some(main => shown(main, THINGS))) return "main";
  if (shown(document.body, PARTS)) return "";
  const BARE = "div, link, main, meta, noscript, script, span, style, template, title";
  const hasContent = [document.body, ...document.body.querySelectorAll("*")].some(element => (element !== document.body && !element.matches(BARE)) ||
    (element.matches("body, div, main, span") && [...element.childNodes].some(node => node.nodeType === Node.TEXT_NODE && node.data.trim())));
  return hasContent && !hasScript() ? "" : "body";
}
