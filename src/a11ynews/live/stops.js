// The stops of the Tab key by their selectors, kept in the page for what is done to them one by one. `part` says what is asked for.
async (describe, {part, ...asked}) => {
  const key = Symbol.for("a11ynews stops");
  const find = target => {
    let root = document, element = null;
    for (const selector of target) {
      try { element = root?.querySelector(selector) ?? null } catch { element = null }
      root = element?.shadowRoot ?? null;
    }
    return element;
  };
  const deepest = () => {
    let at = document.activeElement;
    while (at?.shadowRoot?.activeElement) at = at.shadowRoot.activeElement;
    return at;
  };
  const kept = window[key] ??= [];
  if (part === "find") {
    kept.splice(0, kept.length, ...asked.targets.map(find));
    return kept.map(element => !!element);
  }
  // One of each kind: by name, classes, those of what is around, and where in the page.
  if (part === "kinds") {
    return kept.map(element => {
      if (!element) return "";
      const names = [];
      for (let at = element, n = 0; at && n < 3; at = at.parentElement, n++) {
        names.push(`${at.localName}.${at.getAttribute("class") ?? ""}.${n ? "" : [at.type, at.getAttribute("style"), at.getAttribute("role")]}`);
      }
      const area = element.closest("header, nav, main, footer, aside, dialog");
      const style = getComputedStyle(element);
      return [...names, area?.localName, style.color, style.backgroundColor, style.outline, style.display].join("|");
    });
  }
  // What is to be seen of a stop, so that a ring around it could be.
  if (part === "facts") {
    return kept.map(element => {
      if (!element?.isConnected) return null;
      const style = getComputedStyle(element), box = element.getBoundingClientRect();
      const isText = element.isContentEditable || element.localName === "textarea"
        || (element.localName === "input" && !/^(checkbox|radio|button|submit|reset|image|range|color|file)$/.test(element.type));
      return {
        hasCaret: isText && !element.readOnly && !/^(rgba\(.*, 0\)|transparent)$/.test(style.caretColor),
        isEmpty: !element.textContent.trim() && !element.matches("a[href], button, input, select, textarea, summary, [role]")
          && !element.querySelector("img, svg, canvas, video"),
        isPart: ["video", "audio", "iframe", "object", "embed", "area"].includes(element.localName) || element.localName.includes("-"),
        top: box.top + scrollY, height: box.height,
      };
    });
  }
  if (part === "focus") {
    const element = kept[asked.number];
    element?.focus({preventScroll: !!asked.staysPut});
    if (asked.at !== undefined) scrollTo(scrollX, asked.at);
    await new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)));
    if (!element || deepest() !== element) return {has: false};
    const {left, right, top, bottom, width, height} = element.getBoundingClientRect();
    return {
      has: true, shows: element.matches(":focus-visible"),
      isInSight: right > 0 && bottom > 0 && left < innerWidth && top < innerHeight && width > 3 && height > 3
        && element.checkVisibility({opacityProperty: true}),
    };
  }
  if (part === "blur") {
    deepest()?.blur?.();
    if (asked.at !== undefined) scrollTo(scrollX, asked.at);
    await new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)));
    return document.activeElement === document.body || !document.activeElement;
  }
  // Which stops are wholly covered when they get the focus, there and back, and by what.
  if (part === "covered") {
    const out = new Map();
    const opaque = element => {
      const {backgroundColor, backgroundImage, opacity, visibility} = getComputedStyle(element);
      const alpha = /rgba\(.*, ([\d.]+)\)/.exec(backgroundColor)?.[1] ?? "1";
      return visibility === "visible" && Number(opacity) > 0.9 && (Number(alpha) > 0.9 && backgroundColor !== "transparent" || backgroundImage !== "none");
    };
    const parent = node => node.parentElement ?? (node.getRootNode() instanceof ShadowRoot ? node.getRootNode().host : null);
    const contains = (outer, inner) => {
      for (let at = inner; at; at = parent(at)) if (at === outer) return true;
      return false;
    };
    const bar = element => {  // what stays in the window while the page is scrolled
      for (let at = element; at; at = parent(at)) if (["fixed", "sticky"].includes(getComputedStyle(at).position)) return at;
      return null;
    };
    const look = number => {
      const element = kept[number];
      if (!element?.isConnected || out.has(number)) return;
      element.focus();
      if (deepest() !== element) return;
      const box = element.getBoundingClientRect();
      const style = getComputedStyle(element);
      if (box.width < 4 || box.height < 4 || Number(style.opacity) < 0.1 || style.pointerEvents === "none" || style.visibility !== "visible") return;
      const clip = {left: Math.max(0, box.left), right: Math.min(innerWidth, box.right), top: Math.max(0, box.top), bottom: Math.min(innerHeight, box.bottom)};
      if (clip.right - clip.left < 4 || clip.bottom - clip.top < 4) return;
      let cover = null, points = 0;
      for (const x of [0.02, 0.25, 0.5, 0.75, 0.98]) for (const y of [0.05, 0.5, 0.95]) {
        let hit = document.elementFromPoint(clip.left + x * (clip.right - clip.left), clip.top + y * (clip.bottom - clip.top));
        while (hit?.shadowRoot) {
          const inner = hit.shadowRoot.elementFromPoint(clip.left + x * (clip.right - clip.left), clip.top + y * (clip.bottom - clip.top));
          if (!inner || inner === hit) break;
          hit = inner;
        }
        if (!hit || contains(hit, element) || contains(element, hit) || [...element.labels ?? []].some(label => contains(label, hit))) return;
        const over = bar(hit);
        if (!over || contains(over, element)) return;
        let isOpaque = false;
        for (let at = hit; at && !contains(at, element); at = parent(at)) if (opaque(at)) { isOpaque = true; break }
        if (!isOpaque) return;
        cover = over; points++;
      }
      if (points) out.set(number, cover);
    };
    for (let number = 0; number < kept.length; number++) look(number);
    for (let number = kept.length - 1; number >= 0; number--) look(number);
    return [...out].slice(0, 20).map(([number, cover]) => ({number, cover: describe(cover)}));
  }
  return null;
}
