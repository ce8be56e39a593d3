// What sticks out of the window sideways, so that readers must scroll in two directions: the innermost elements that cause it.
// What needs two dimensions (tables, pictures, code, maps, films, tool bars) is exempt, as is what scrolls by itself; and what holds
// nothing to read or to operate: to see all of an ornament nobody scrolls.
(describe, _) => {
  const root = document.documentElement, body = document.body;
  if (!body) return [];
  const wide = root.scrollWidth - root.clientWidth;
  // Where the window cannot be scrolled sideways, what sticks out is lost.
  const isCut = [root, body].some(element => ["hidden", "clip"].includes(getComputedStyle(element).overflowX));
  if (wide <= 1 && !isCut) return [];
  const EXEMPT = "table:not([role=presentation], [role=none]), img, picture, svg, canvas, video, audio, iframe, object, embed, map, " +
    "pre, math, [role=img], [role=table], [role=grid], [role=treegrid], [role=math], [role=toolbar], [role=application]";
  const OPERATED = "button, input:not([type=hidden]), select, textarea, summary";
  const edge = root.clientWidth;
  const isRtl = getComputedStyle(root).direction === "rtl";
  const beyondOf = box => Math.round(isRtl ? -box.left : box.right - edge);
  const clips = element => ["auto", "scroll", "hidden", "clip"].includes(getComputedStyle(element).overflowX);
  const inScroller = element => {
    for (let at = element.parentElement; at && at !== body && at !== root; at = at.parentElement) if (clips(at)) return true;
    return false;
  };
  const wordsOf = element => [...element.childNodes].filter(node => node.nodeType === Node.TEXT_NODE && node.data.trim());
  const range = document.createRange();
  const beyondOfWords = element => Math.max(0, ...wordsOf(element).flatMap(node => {
    range.selectNodeContents(node);
    return [...range.getClientRects()].map(beyondOf);
  }));
  const out = [];
  let looked = 0;
  for (const element of body.querySelectorAll("*")) {
    const box = element.getBoundingClientRect();
    const beyond = beyondOf(box);
    if (beyond <= 1 || box.width <= 2 || box.height <= 2) continue;
    if (looked++ > 3000) break;
    const isOperated = element.matches(OPERATED);
    if (!isOperated && !wordsOf(element).length) continue;
    if (element.closest(EXEMPT) || !element.checkVisibility({visibilityProperty: true, opacityProperty: true})) continue;
    // A box that is a little too wide around words that are not, costs nobody a line.
    if (!isOperated && beyond < 64 && beyondOfWords(element) <= 1) continue;
    // What waits outside, as a menu does that slides in, is not cut: it is not there yet.
    if (isCut && (isRtl ? box.right <= 2 : box.left >= edge - 2)) continue;
    if (getComputedStyle(element).position === "fixed" && !isCut) continue;
    if (inScroller(element)) continue;
    out.push({element, beyond, width: Math.round(box.width), isCut});
  }
  // What holds another culprit is wide because of that one, unless it is so by itself.
  const culprits = out.filter(({element}) => !out.some(other => other.element !== element && element.contains(other.element)));
  return culprits.slice(0, 20).map(({element, ...told}) => ({element: describe(element), ...told}));
}
