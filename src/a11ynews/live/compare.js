// Three texts say all that axe judges by: what is there, where, and how it is painted. They are kept in the page, for each cell.
// Gives the number of the first cell that was most like this one, or null; what is other than there: "nothing", "paint" or "place" (and
// perhaps paint); and whether any part of the page keeps its own colours where the reader's are forced. Where nothing can be
// found whatever the paint is, that is not looked at, and all such cells are alike in it. Gives null, and keeps nothing, where what is
// other `isEnough` and it is not.
({styleOf, boxOf, insertedOf}, isPaintWanted, isEnough = () => true) => {
  const STYLES = ["backgroundClip", "backgroundColor", "backgroundImage", "backgroundPosition", "backgroundSize", "border", "boxShadow",
    "color", "filter", "fontFamily", "fontSize", "fontStyle", "fontWeight", "maskImage", "mixBlendMode", "opacity", "outline",
    "pointerEvents", "textDecoration", "textShadow", "transform", "webkitTextFillColor", "webkitTextStroke", "zIndex"];
  const structure = [], places = [], paint = [];
  let opaque = false, adjusts = false;
  // In the narrow window it is noted besides, for the gates of rules, whether anything sticks out, scrolls sideways, is cut off or
  // runs over its box.
  const page = document.documentElement, isNarrow = window.innerWidth <= 320;
  const narrow = {isWide: page.scrollWidth > page.clientWidth + 1, isScrolled: false, isClipped: false, isSpilled: false};
  const isCut = [page, document.body].some(element => element && ["hidden", "clip"].includes(getComputedStyle(element).overflowX));
  const note = (element, style, {x, width, height}) => {
    if (width <= 2 || height <= 2 || style.display === "inline" || element === page || element === document.body) return;
    const isOut = isCut && x < page.clientWidth - 2 && x + width > page.clientWidth + 1;
    const wider = element.scrollWidth - element.clientWidth, higher = element.scrollHeight - element.clientHeight;
    if (!isOut && wider <= 1 && higher <= 1 || !element.textContent.trim()) return;
    narrow.isWide ||= isOut;
    if (style.overflowX === "visible") narrow.isSpilled ||= higher > Math.max(4, parseFloat(style.fontSize) / 2);
    else if (["hidden", "clip"].includes(style.overflowX) || style.overflowY === "hidden") narrow.isClipped ||= wider > 1 || higher > 1;
    else narrow.isScrolled ||= wider > 1;
  };
  const paintOf = style => STYLES.map(name => style[name]).join("|");
  const walk = root => {
    structure.push(root.documentElement?.outerHTML ?? root.innerHTML);
    for (const element of root.querySelectorAll("*")) {
      const box = boxOf(element), {x, y, width, height} = box;
      const style = styleOf(element);
      if (isNarrow) note(element, style, box);
      // What has no size, or lies before the page's beginning, is hidden.
      structure.push(!width, !height, x + width <= 0, y + height <= 0, style.display, style.visibility, style.overflow, style.position,
        style.clip, style.clipPath);
      places.push(x, y, width, height);
      if (isPaintWanted) paint.push(paintOf(style));
      adjusts ||= style.forcedColorAdjust === "none";
      for (const inserted of insertedOf(element)) {
        structure.push(inserted.content, inserted.display);
        places.push(inserted.width, inserted.height);
        if (isPaintWanted) paint.push(paintOf(inserted));
      }
      if (element.shadowRoot) walk(element.shadowRoot);
      if (element.localName === "iframe" || element.localName === "frame") {
        if (element.contentDocument) walk(element.contentDocument);
        else opaque = true;
      }
    }
  };
  walk(document);
  if (isNarrow) window[Symbol.for("a11ynews narrow")] = narrow;
  const key = Symbol.for("a11ynews cells");
  const cells = window[key] ??= [];
  const now = opaque ? null : [structure.join(), places.join(), isPaintWanted ? paint.join() : ""];
  const like = alike => now ? cells.findIndex(cell => cell && alike(cell)) : -1;
  const found = [
    ["nothing", like(cell => cell.every((text, number) => text === now[number]))],
    ["paint", like(cell => cell[0] === now[0] && cell[1] === now[1])],
    ["place", like(cell => cell[0] === now[0])],
  ].find(([, number]) => number >= 0);
  if (!isEnough(found ? found[1] : "")) return null;
  cells.push(now);
  return [found ? found[1] : null, found ? found[0] : "", adjusts];
}
