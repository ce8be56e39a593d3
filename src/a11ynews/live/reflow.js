// What sticks out of the window sideways, so that readers must scroll in two directions: the innermost elements that cause it.
// What needs two dimensions (tables, pictures, code, maps, films, forms of toolbars) is exempt, as is what scrolls by itself.
(describe, _) => {
  const wide = document.documentElement.scrollWidth - document.documentElement.clientWidth;
  if (wide <= 1) return [];
  const EXEMPT = "table, img, picture, svg, canvas, video, audio, iframe, object, embed, map, pre, math, [role=img], [role=table], [role=grid], [role=toolbar], [role=application]";
  const scrolls = element => ["auto", "scroll", "hidden", "clip"].includes(getComputedStyle(element).overflowX);
  const edge = document.documentElement.clientWidth;
  const isRtl = getComputedStyle(document.documentElement).direction === "rtl";
  const out = [];
  for (const element of document.body.querySelectorAll("*")) {
    if (!element.checkVisibility({visibilityProperty: true, opacityProperty: true})) continue;
    if (element.closest(EXEMPT)) continue;
    const box = element.getBoundingClientRect();
    if (!box.width || !box.height) continue;
    const beyond = isRtl ? -box.left : box.right - edge;
    if (beyond <= 1) continue;
    let inScroller = false;
    for (let at = element.parentElement; at && at !== document.body && at !== document.documentElement; at = at.parentElement) {
      if (scrolls(at)) { inScroller = true; break }
    }
    if (!inScroller) out.push({element, beyond: Math.round(beyond), width: Math.round(box.width)});
  }
  // What holds another culprit is wide because of that one, unless it is so by itself.
  const culprits = out.filter(({element}) => !out.some(other => other.element !== element && element.contains(other.element)));
  if (!culprits.length) {
    const exempt = [...document.body.querySelectorAll(EXEMPT)].some(element => {
      const box = element.getBoundingClientRect();
      return (isRtl ? -box.left : box.right - edge) > 1;
    });
    return exempt ? [] : [{element: describe(document.body), beyond: wide, width: document.documentElement.scrollWidth}];
  }
  return culprits.slice(0, 20).map(({element, beyond, width}) => ({element: describe(element), beyond, width}));
}
