// Whether a page may be otherwise than it was: `keep` notes how it is, and without it is told whether it differs, or whether its scripts
// may have kept something in mind. Needs what `listeners.js` has noted, and takes a page for touched where that is not known.
(describe, {keep}) => {
  const KEY = Symbol.for("a11ynews mark");
  const HEARD = /^(key|focus|blur|mouse|pointer|click|input|change|before|selection|hashchange|popstate|toggle|touch|wheel|scroll$)/;
  const now = () => {
    const parts = [location.href], roots = [document];
    for (const root of roots) {
      parts.push(root.documentElement?.outerHTML ?? root.innerHTML);
      for (const element of root.querySelectorAll("*")) {
        if (element.shadowRoot) roots.push(element.shadowRoot);
        if (element.contentDocument) roots.push(element.contentDocument);
        if ("value" in element || "checked" in element) parts.push(`${element.value}|${element.checked}|${element.selectedIndex}`);
      }
    }
    return parts.join();
  };
  if (keep) { window[KEY] = now(); return false }
  const heard = window[Symbol.for("a11ynews heard")];
  if (!heard || window[KEY] === undefined || frames.length) return true;
  for (const kinds of heard.values()) if (kinds.some(kind => HEARD.test(kind))) return true;
  if (document.querySelector("[onfocus], [onblur], [onkeydown], [onkeyup], [onkeypress], [onclick], [onmouseover], [onmouseenter], [onchange], [oninput]")) return true;
  return window[KEY] !== now();
}
