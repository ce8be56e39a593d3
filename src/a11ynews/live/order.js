// Neighbours that are seen in another order than they stand in the page, within one box: by `order`, reversed rows and columns, floats,
// places of a grid, absolute positions. Of each run of them how many there are, and how much text they hold.
(describe, _) => {
  const found = [];
  const OPERATED = "a[href], button, input, select, [role=button], [role=link], [role=tab], [role=menuitem]";
  const wordsOf = element => (element.innerText ?? "").replace(/\s+/g, " ").trim();
  const isOnlyOperated = element => {
    if (element.matches(OPERATED)) return true;
    const operated = [...element.querySelectorAll(OPERATED)].map(wordsOf).join("").length;
    return operated >= wordsOf(element).length * 0.8;
  };
  let looked = 0;
  for (const box of document.body ? [document.body, ...document.body.querySelectorAll("*")] : []) {
    if (looked++ > 20000 || found.length >= 20) break;
    const inner = Reflect.get(Element.prototype, "children", box);  // a form's own may be its field of that name
    if (inner.length < 2 || inner.length > 200) continue;
    if (box.closest("[aria-hidden=true], table, svg, math, [role=img], ruby")) continue;
    const style = getComputedStyle(box);
    const isRtl = style.direction === "rtl";
    const isArranged = /flex|grid/.test(style.display);
    const children = [...inner].map(element => ({element, style: getComputedStyle(element)}));
    const isMoved = child => child.style.float !== "none" || child.style.position === "absolute";
    if (isArranged) {
      const isReversed = style.flexDirection.endsWith("-reverse") || style.flexWrap === "wrap-reverse";
      const isPlaced = style.display.includes("grid") && children.some(child => child.style.gridColumnStart !== "auto" || child.style.gridRowStart !== "auto");
      if (!isReversed && !isPlaced && !children.some(child => child.style.order !== "0")) continue;
    } else if (children.filter(isMoved).length < 2) {
      continue;
    }
    const items = children.filter(child => (isArranged ? child.style.position !== "absolute" : isMoved(child)) &&
      child.style.position !== "fixed" && child.element.checkVisibility({visibilityProperty: true, opacityProperty: true}))
      .map(child => ({element: child.element, place: child.element.getBoundingClientRect(), words: wordsOf(child.element)}))
      .filter(item => item.words && item.place.width > 2 && item.place.height > 2);
    // Whether the second of two stands wholly before the first, on one line or in one column.
    const isBefore = (second, first) => {
      const [a, b] = [second.place, first.place];
      const high = Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top);
      const wide = Math.min(a.right, b.right) - Math.max(a.left, b.left);
      if (high > Math.min(a.height, b.height) / 2) return isRtl ? a.left >= b.right - 1 : a.right <= b.left + 1;
      return wide > Math.min(a.width, b.width) / 2 && a.bottom <= b.top + 1;
    };
    for (let start = 0; start < items.length - 1; start++) {
      let end = start;
      while (end < items.length - 1 && isBefore(items[end + 1], items[end])) end++;
      if (end === start) continue;
      const run = items.slice(start, end + 1);
      if (!run.every(item => isOnlyOperated(item.element))) {
        found.push({
          element: describe(run[0].element), count: run.length, shortest: Math.min(...run.map(item => item.words.length)),
          first: run[0].words.slice(0, 40), last: run.at(-1).words.slice(0, 40),
        });
      }
      start = end;
    }
  }
  return found;
}
