// Controls that have a sign and no words, where they stand in the window. `show` scrolls to one of them.
(describe, {show = -1}) => {
  const KEY = Symbol.for("a11ynews icons");
  const isSign = element => element.matches("svg, i, [class*=icon]") ||
    getComputedStyle(element).maskImage !== "none" || /url\(.*\.svg|url\("data:image\/svg/.test(getComputedStyle(element).backgroundImage);
  window[KEY] ??= [...document.querySelectorAll("button, a[href], summary, [role=button]")].slice(0, 2000).filter(element => {
    if (element.disabled || element.getAttribute("aria-disabled") === "true" || element.innerText?.trim()) return false;
    if (element.querySelector("img, picture, video, canvas, iframe") || !element.checkVisibility({visibilityProperty: true, opacityProperty: true})) return false;
    const box = element.getBoundingClientRect();
    if (box.width < 8 || box.height < 8 || box.width > 96 || box.height > 96) return false;
    return isSign(element) || [...element.querySelectorAll("*")].slice(0, 20).some(isSign);
  }).slice(0, 40);
  if (show >= 0) window[KEY][show]?.scrollIntoView({block: "center", inline: "nearest", behavior: "instant"});
  return window[KEY].map((element, number) => {
    if (!element.isConnected || !element.checkVisibility({visibilityProperty: true, opacityProperty: true})) return null;
    for (let at = element; at; at = at.parentElement) if (getComputedStyle(at).opacity !== "1") return null;
    const {left, top, right, bottom} = element.getBoundingClientRect();
    const [x, y] = [(left + right) / 2, (top + bottom) / 2];
    const above = document.elementFromPoint(x, y);
    if (x >= 0 && y >= 0 && x < innerWidth && y < innerHeight && above && !element.contains(above) && !above.contains(element)) return null;
    // Within the edge: what is around it, at its corners too, is not the sign.
    const style = getComputedStyle(element);
    const edge = Math.max(...["Top", "Right", "Bottom", "Left"].map(side => parseFloat(style[`border${side}Width`]) || 0)) + 1;
    const inset = parseFloat(style.borderTopLeftRadius) > 0 ? Math.max(edge, (right - left) * 0.15) : edge;
    return {number, element: describe(element), lines: [[left + inset, top + inset, right - inset, bottom - inset].map(Math.round)]};
  });
}
