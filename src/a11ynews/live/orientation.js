// How the parts that hold most of the text are turned, and how much text is to be seen. `keep` notes it; without it, what is told is
// what is turned by a quarter against what was noted, and how much less is to be seen.
(describe, {keep = false}) => {
  const KEY = Symbol.for("a11ynews orientation");
  if (!document.body) return [];
  const root = document.documentElement;
  const lengthOf = element => element.checkVisibility() ? (element.innerText ?? "").replace(/\s+/g, "").length : 0;
  const all = lengthOf(document.body);
  const turned = element => {
    const {transform, rotate} = getComputedStyle(element);
    let angle = 0;
    if (transform !== "none") {
      const {a, b} = new DOMMatrix(transform);
      angle += Math.atan2(b, a) * 180 / Math.PI;
    }
    const by = /^(?:z |0 0 1 )?(-?[\d.]+)deg$/.exec(rotate);
    return angle + (by ? Number(by[1]) : 0);
  };
  const now = new Map();
  const parts = [root];
  for (const element of parts) {
    now.set(element, turned(element));
    if (parts.length > 200) break;
    // Down to where the text parts: only what turns most of it turns the page.
    for (const child of Reflect.get(Element.prototype, "children", element)) if (child === document.body || (all && lengthOf(child) > all / 2)) parts.push(child);
  }
  if (keep) {
    window[KEY] = {angles: now, all};
    return [];
  }
  const before = window[KEY];
  if (!before) return [];
  const found = [];
  if (all && before.all) {
    for (const [element, angle] of now) {
      if (!before.angles.has(element)) continue;
      const quarter = Math.abs(angle - before.angles.get(element)) % 180;
      if (Math.abs(quarter - 90) < 2) found.push({element: describe(element), how: "turned"});
    }
  }
  const most = Math.max(all, before.all), least = Math.min(all, before.all);
  if (!found.length && most > 40 && least < most * 0.3) {
    found.push({element: describe(document.body), how: all < before.all ? "gone upright" : "gone lengthways"});
  }
  return found;
}
