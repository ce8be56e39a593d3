// How much of the window's height is taken by what stays where it is while one scrolls, and the highest of it.
(describe, _) => {
  if (!document.body) return [];
  const before = [scrollX, scrollY];
  scrollTo({left: 0, top: innerHeight * 2, behavior: "instant"});
  const bars = [];
  let looked = 0;
  for (const element of document.body.querySelectorAll("*")) {
    if (looked++ > 20000) break;
    const {position, zIndex, pointerEvents} = getComputedStyle(element);
    if (position !== "fixed" && position !== "sticky") continue;
    if (element.closest("dialog, [role=dialog], [role=alertdialog], [aria-modal=true]")) continue;
    if (!element.checkVisibility({visibilityProperty: true, opacityProperty: true})) continue;
    if (pointerEvents === "none" || (position === "fixed" && Number(zIndex) < 0)) continue;
    const box = element.getBoundingClientRect();
    const [top, bottom] = [Math.max(0, box.top), Math.min(innerHeight, box.bottom)];
    if (bottom - top < 2 || box.width < innerWidth / 2 || box.left >= innerWidth || box.right <= 0) continue;
    // One that sticks is only in the way while it does.
    if (position === "sticky") {
      scrollBy({top: 8, behavior: "instant"});
      const moved = Math.abs(element.getBoundingClientRect().top - box.top) > 1;
      scrollBy({top: -8, behavior: "instant"});
      if (moved) continue;
    }
    bars.push({element, top, bottom});
  }
  const canScroll = scrollY > 0;
  scrollTo({left: before[0], top: before[1], behavior: "instant"});
  bars.sort((a, b) => a.top - b.top);
  let [taken, reached] = [0, 0];
  for (const {top, bottom} of bars) {
    taken += Math.max(0, bottom - Math.max(top, reached));
    reached = Math.max(reached, bottom);
  }
  if (!canScroll || taken <= innerHeight / 2) return [];
  const highest = bars.reduce((a, b) => b.bottom - b.top > a.bottom - a.top ? b : a);
  return [{element: describe(highest.element), share: Math.round(100 * taken / innerHeight)}];
}
