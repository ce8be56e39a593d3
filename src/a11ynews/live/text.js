// Where text is cut off or lies on other text. `keep` notes how it stands now; without it, what is told is what stands otherwise than
// was noted: newly cut, newly lost, newly overlapping. `all` tells of cut and overlapping text whether or not it was so before.
//
// Nothing is told of what is hidden or shortened on purpose: text hidden from sight, an ellipsis, a slider, a part that a button unfolds.
(describe, {keep = false, all = false}) => {
  const KEY = Symbol.for("a11ynews text");
  const MOST_LINES = 6000, MOST_TOLD = 20;
  const before = window[KEY] ?? new Map();
  const styles = new Map();
  const styleOf = element => styles.get(element) ?? (styles.set(element, getComputedStyle(element)), styles.get(element));
  const up = element => element.assignedSlot ?? element.parentElement ?? element.getRootNode().host ?? null;
  const isClip = value => value === "hidden" || value === "clip";
  const OUT = "script, style, noscript, template, svg, math, select, option, datalist, textarea, title, [aria-hidden=true], [inert], marquee";

  // What an ancestor does to the text in it: null where it hides it from sight altogether.
  const facts = new Map();
  const factsOf = element => {
    if (facts.has(element)) return facts.get(element);
    const parent = up(element);
    const above = parent ? factsOf(parent) : {seen: true, pinned: false};
    const style = styleOf(element);
    const box = element.getBoundingClientRect();
    const hides = (isClip(style.overflowX) || isClip(style.overflowY)) && (box.width <= 2 || box.height <= 2);
    const cutAway = (style.clip !== "auto" && style.position === "absolute") || style.clipPath !== "none";
    const told = {
      seen: above.seen && !hides && !cutAway && !element.matches(OUT) && Number(style.opacity) > 0.05,
      pinned: above.pinned || style.position === "fixed" || style.position === "sticky",
    };
    facts.set(element, told);
    return told;
  };

  // The boxes that cut off what is in an element, each with the axes in which they do. What scrolls by itself loses nothing.
  const clipsOf = element => {
    const clips = [];
    let position = styleOf(element).position, [x, y] = [true, true];
    for (let at = element, child = null; at && at !== document.body && at !== document.documentElement; child = at, at = up(at)) {
      const style = styleOf(at);
      const isBlock = style.display !== "inline" && style.display !== "contents";
      const holds = at === element || position === "static" || position === "relative" || position === "sticky" ||
        style.position !== "static" || style.transform !== "none";
      if (position === "fixed" && at !== element) break;
      if (isBlock && holds) {
        const [clipX, clipY] = [x && isClip(style.overflowX), y && isClip(style.overflowY)];
        if (clipX || clipY) clips.push({at, child, clipX, clipY, style});
        if (["auto", "scroll"].includes(style.overflowX)) x = false;
        if (["auto", "scroll"].includes(style.overflowY)) y = false;
      }
      if (holds && at !== element) position = style.position;
      if (!x && !y) break;
    }
    return clips;
  };
  const innerBox = element => {
    const box = element.getBoundingClientRect(), style = styleOf(element);
    const px = name => parseFloat(style[name]) || 0;
    return {
      left: box.left + px("borderLeftWidth"), right: box.right - px("borderRightWidth"),
      top: box.top + px("borderTopWidth"), bottom: box.bottom - px("borderBottomWidth"),
    };
  };
  // Whether somebody meant it to be so: a slider, a ticker, a part that unfolds, or a shortened text.
  const EXPANDER = "button, summary, [aria-expanded], [aria-controls], [role=button], input[type=checkbox], label";
  const isMeant = ({at, style}, parent) => {
    if (style.webkitLineClamp !== "none") return true;
    if (style.textOverflow !== "clip" && style.textOverflow !== "") return true;
    if (at.scrollLeft || at.scrollTop) return true;
    if (at.closest("[aria-roledescription], [aria-live], details:not([open])")) return true;
    for (let inner = parent; inner && inner !== at; inner = up(inner)) {
      const own = styleOf(inner);
      if (own.transform !== "none" || own.translate !== "none" || own.webkitLineClamp !== "none" || own.textOverflow !== "clip") return true;
    }
    // A part that unfolds has the button in it or right beside it.
    const beside = [at.nextElementSibling, at.previousElementSibling];
    if (!at.parentElement?.matches("body, main, article, section, header, footer, form")) beside.push(at.parentElement?.nextElementSibling);
    return beside.some(one => one?.checkVisibility() && (one.matches(EXPANDER) || (one.children.length < 4 && one.querySelector(EXPANDER)))) ||
      [...at.querySelectorAll("button, summary, [aria-expanded]")].some(one => one.checkVisibility());
  };
  const isRowItem = (parent, at) => {
    for (let inner = parent; inner && inner !== at; inner = up(inner)) {
      const outer = up(inner);
      if (!outer) return false;
      const style = styleOf(outer);
      if (style.display.includes("flex") && style.flexDirection.startsWith("row") && outer.children.length > 1) return true;
      if (styleOf(inner).position === "absolute" || styleOf(inner).float !== "none" || styleOf(inner).display === "inline-block") return true;
    }
    return false;
  };

  const now = new Map();
  const lines = [];
  const roots = [document.body ?? document.documentElement];
  collecting: for (const root of roots) {
    const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT | NodeFilter.SHOW_ELEMENT);
    for (let node = walker.currentNode; node; node = walker.nextNode()) {
      if (node.nodeType === Node.ELEMENT_NODE) {
        if (node.shadowRoot) roots.push(node.shadowRoot);
        continue;
      }
      if (node.nodeType !== Node.TEXT_NODE || !node.data.trim()) continue;
      const parent = node.parentElement ?? node.getRootNode().host;
      if (!parent?.checkVisibility({visibilityProperty: true, opacityProperty: true})) continue;
      const own = factsOf(parent);
      if (!own.seen) continue;
      const range = document.createRange();
      range.selectNodeContents(node);
      const boxes = [...range.getClientRects()].filter(box => box.width > 1 && box.height > 1);
      if (!boxes.length) continue;
      const size = parseFloat(styleOf(parent).fontSize);
      if (size < 2) continue;
      const clips = clipsOf(parent);
      let [seen, lost, cut, culprit] = [0, 0, 0, null];
      for (const box of boxes) {
        let [left, right, top, bottom] = [box.left, box.right, box.top, box.bottom];
        let by = null;
        for (const clip of clips) {
          const inner = clip.box ??= innerBox(clip.at);
          if (clip.clipX && (left < inner.left - 1 || right > inner.right + 1)) by ??= {...clip, x: true};
          if (clip.clipY && (top < inner.top || bottom > inner.bottom)) by ??= {...clip, x: false};
          if (clip.clipX) [left, right] = [Math.max(left, inner.left), Math.min(right, inner.right)];
          if (clip.clipY) [top, bottom] = [Math.max(top, inner.top), Math.min(bottom, inner.bottom)];
        }
        const share = Math.max(0, bottom - top) / box.height;
        // Letters seldom fill their line: a quarter of it can go without a loss.
        if (right - left < 1 || share < 0.1) { lost++; if (by) culprit ??= by; continue }
        const missing = box.width - (right - left);
        if (share < 0.7 || missing > Math.max(6, size * 0.5)) { cut++; culprit ??= by }
        else seen++;
        if (lines.length < MOST_LINES) lines.push({parent, node, left, right, top, bottom, pinned: own.pinned, height: box.height});
      }
      const state = now.get(parent) ?? {seen: 0, lost: 0, cut: 0, partly: false, culprit: null};
      state.seen += seen; state.lost += lost; state.cut += cut;
      const isPartly = cut || (seen && lost);
      if (isPartly && culprit && !(culprit.x && isRowItem(parent, culprit.at)) && !isMeant(culprit, parent)) {
        state.partly = true;
        state.culprit ??= culprit.at;
      } else if (lost && culprit && !seen && !cut) {
        state.whole = isMeant(culprit, parent) ? null : culprit.at;
      }
      now.set(parent, state);
      if (lines.length >= MOST_LINES) break collecting;
    }
  }

  // Lines on other lines, of one text or of two; what is pinned to the window covers others by design.
  const pairs = new Map();
  const movable = lines.filter(line => !line.pinned).sort((a, b) => a.top - b.top);
  let active = [];
  for (const line of movable) {
    active = active.filter(other => other.bottom > line.top + 2);
    if (active.length > 200) active = active.slice(-200);
    for (const other of active) {
      const isOne = other.node === line.node;
      if (!isOne && (other.parent.contains(line.parent) || line.parent.contains(other.parent)) && other.parent !== line.parent) continue;
      const width = Math.min(line.right, other.right) - Math.max(line.left, other.left);
      const height = Math.min(line.bottom, other.bottom) - Math.max(line.top, other.top);
      const smaller = Math.min(line.height, other.height);
      if (width < Math.min(smaller / 2, 6) || height < smaller * 0.45) continue;
      if (isOne && Math.abs(line.top - other.top) < smaller * 0.1) continue;  // pieces of one line
      const under = pairs.get(other.parent) ?? new Map();
      under.set(line.parent, {x: (Math.max(line.left, other.left) + Math.min(line.right, other.right)) / 2, y: (Math.max(line.top, other.top) + Math.min(line.bottom, other.bottom)) / 2});
      pairs.set(other.parent, under);
    }
    active.push(line);
  }

  if (keep) {
    window[KEY] = new Map([...now].map(([element, state]) => [element, {...state, over: new Set(pairs.get(element)?.keys())}]));
    return [];
  }

  const told = [], culprits = new Set();
  for (const [element, state] of now) {
    const was = before.get(element);
    let at = null, how = "cut";
    if (state.partly && (all || (was && !was.partly))) at = state.culprit;
    else if (!all && state.whole && was && was.seen && !was.lost && !was.cut) [at, how] = [state.whole, "lost"];
    if (!at || culprits.has(at)) continue;
    culprits.add(at);
    const within = at === element || element.contains(at) ? element : at;
    told.push({element: describe(within), how, words: element.textContent.replace(/\s+/g, " ").trim().slice(0, 60)});
    if (told.length >= MOST_TOLD) break;
  }
  // Whether both are really to be seen there, and neither is behind something that covers it.
  const isSeenThrough = (first, second, {x, y}) => {
    const scroll = Math.max(0, y + scrollY - innerHeight / 2);
    const [wasX, wasY] = [scrollX, scrollY];
    scrollTo({left: wasX, top: scroll, behavior: "instant"});
    const at = [x - (scrollX - wasX), y - (scrollY - wasY)];
    const stack = first.getRootNode().elementsFromPoint(...at);
    scrollTo({left: wasX, top: wasY, behavior: "instant"});
    const places = [first, second].map(one => stack.findIndex(other => other === one || one.contains(other)));
    if (places.includes(-1)) return false;
    const between = stack.slice(0, Math.max(...places)).filter(one => !one.contains(first) || !one.contains(second));
    return first === second || !between.some(one => {
      const style = styleOf(one);
      return (!/, 0\)$|transparent/.test(style.backgroundColor) || style.backgroundImage !== "none" || one.matches("img, video, canvas, iframe"));
    });
  };
  let looked = 0;
  overlaps: for (const [element, others] of pairs) {
    for (const [other, point] of others) {
      if (!all && (!before.has(element) || !before.has(other) || before.get(element).over.has(other) || before.get(other).over.has(element))) continue;
      if (told.length >= MOST_TOLD || looked++ > 40) break overlaps;
      if (!isSeenThrough(element, other, point)) continue;
      told.push({
        element: describe(other), how: element === other ? "crowded" : "over",
        words: element.textContent.replace(/\s+/g, " ").trim().slice(0, 60),
      });
      break;
    }
  }
  return told;
}
