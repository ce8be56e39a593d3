// The stops of the Tab key by their selectors, kept in the page for what is done to them one by one. `part` says what is asked for.
async (describe, {part, ...asked}) => {
  const key = Symbol.for("a11ynews stops");
  const {contains} = Node.prototype;  // a form's own may be its field of that name
  const within = frame => { try { return frame?.contentDocument ?? null } catch { return null } };  // it may not be of this site
  const find = target => {
    let root = document, element = null;
    for (const selector of target) {
      try { element = root?.querySelector(selector) ?? null } catch { element = null }
      root = element?.shadowRoot ?? within(element);
    }
    return element;
  };
  const deepest = () => {
    let at = document.activeElement;
    for (let inner; (inner = at?.shadowRoot?.activeElement ?? within(at)?.activeElement) && inner !== within(at)?.body;) at = inner;
    return at;
  };
  // The place of an element in the window, wherever the frames around it are.
  const boxOf = element => {
    let {left, top, width, height} = element.getBoundingClientRect();
    for (let frame = element.ownerDocument.defaultView?.frameElement; frame; frame = frame.ownerDocument.defaultView?.frameElement) {
      const around = frame.getBoundingClientRect();
      left += around.left + frame.clientLeft; top += around.top + frame.clientTop;
    }
    return {left, top, right: left + width, bottom: top + height, width, height};
  };
  const kept = window[key] ??= [];
  if (part === "find") {
    kept.splice(0, kept.length, ...asked.targets.map(find));
    return kept.map(element => !!element);
  }
  // One of each kind: by name, classes, those of what is around, and where in the page.
  if (part === "kinds") {
    deepest()?.blur?.();
    return kept.map(element => {
      if (!element) return "";
      const names = [];
      for (let at = element, n = 0; at && n < 3; at = at.parentElement, n++) {
        names.push(`${at.localName}.${at.getAttribute("class") ?? ""}.${n ? "" : [at.type, at.getAttribute("style"), at.getAttribute("role")]}`);
      }
      const area = element.closest("header, nav, main, footer, aside, dialog");
      const style = getComputedStyle(element);
      return [...names, area?.localName, element.ownerDocument === document ? "" : element.ownerDocument.URL, style.color, style.backgroundColor, style.outline, style.display].join("|");
    });
  }
  // What is to be seen of a stop, so that a ring around it could be.
  if (part === "facts") {
    return kept.map(element => {
      if (!element?.isConnected) return null;
      const style = getComputedStyle(element), box = boxOf(element);
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
    if (!asked.hastily) await new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)));
    if (!element || deepest() !== element) return {has: false};
    const {left, right, top, bottom, width, height} = boxOf(element);
    return {
      has: true, shows: element.matches(":focus-visible"),
      isInSight: right > 0 && bottom > 0 && left < innerWidth && top < innerHeight && width > 3 && height > 3
        && element.checkVisibility({opacityProperty: true}),
    };
  }
  if (part === "blur") {
    deepest()?.blur?.();
    document.activeElement?.blur?.();
    if (asked.at !== undefined) scrollTo(scrollX, asked.at);
    if (!asked.hastily) await new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)));
    return document.activeElement === document.body || !document.activeElement;
  }
  // Which stops have a line around them, with the focus, that nobody can fail to see: of the browser's own making or of another colour
  // than what lies behind it, cut off by nothing, and covered by nothing. What is said of all others, only pixels can say.
  if (part === "lined") {
    const channels = colour => /^rgba?\(([\d.]+), ([\d.]+), ([\d.]+)(?:, ([\d.]+))?\)$/.exec(colour)?.slice(1).map(one => Number(one ?? 1));
    const brightness = ([r, g, b]) => {
      const [x, y, z] = [r, g, b].map(one => one / 255).map(one => one <= 0.04045 ? one / 12.92 : ((one + 0.055) / 1.055) ** 2.4);
      return 0.2126 * x + 0.7152 * y + 0.0722 * z + 0.05;
    };
    const up = node => node.parentElement ?? (node.getRootNode() instanceof ShadowRoot ? node.getRootNode().host : null);
    // What a style sheet puts over a part is hit as that part.
    const isVeiled = element => ["::before", "::after"].map(part => getComputedStyle(element, part))
      .some(({content, position}) => content !== "none" && content !== "normal" && position !== "static");
    const isLined = element => {
      if (!element?.isConnected || element.ownerDocument !== document) return false;
      element.focus();
      if (deepest() !== element || !element.matches(":focus-visible")) return false;
      const style = getComputedStyle(element), width = parseFloat(style.outlineWidth), offset = parseFloat(style.outlineOffset);
      if (style.outlineStyle === "none" || !(width >= 1) || !(offset >= 0)) return false;
      if (style.clipPath !== "none" || style.maskImage !== "none" || Number(style.opacity) < 0.5) return false;
      const boxes = [...element.getClientRects()];
      if (boxes.length !== 1 || boxes[0].width < 4 || boxes[0].height < 4) return false;
      const far = offset + width, ring = boxes[0];
      const edge = {left: ring.left - far, right: ring.right + far, top: ring.top - far, bottom: ring.bottom + far};
      if (edge.left < 0 || edge.top < 0 || edge.right > innerWidth || edge.bottom > innerHeight) return false;
      let behind = null;
      for (let at = up(element); at; at = up(at)) {
        const around = getComputedStyle(at);
        if (Number(around.opacity) < 0.5 || around.clipPath !== "none" || around.maskImage !== "none" || around.filter !== "none") return false;
        if (at !== document.body && at !== document.documentElement && (around.overflow !== "visible" || around.contain.includes("paint"))) {
          const box = at.getBoundingClientRect();
          if (box.left > edge.left || box.right < edge.right || box.top > edge.top || box.bottom < edge.bottom) return false;
        }
        if (behind) continue;
        const colour = channels(around.backgroundColor);
        if (around.backgroundImage !== "none" || !colour || (colour[3] > 0 && colour[3] < 1)) return false;
        if (colour[3] === 1) behind = colour;
      }
      if (style.outlineStyle !== "auto") {
        const colour = channels(style.outlineColor);
        if (!colour || colour[3] < 1 || !behind) return false;
        const [light, dark] = [brightness(colour), brightness(behind)].sort((a, b) => b - a);
        if (light / dark < 1.5) return false;
      }
      // Of the middles of its sides two at least belong to what it stands in.
      const middle = far - width / 2, [x, y] = [(ring.left + ring.right) / 2, (ring.top + ring.bottom) / 2];
      const root = element.getRootNode();
      const shown = [[x, ring.top - middle], [x, ring.bottom + middle], [ring.left - middle, y], [ring.right + middle, y]]
        .map(at => root.elementFromPoint(...at))
        .filter(hit => hit && (hit === element || contains.call(element, hit) || (contains.call(hit, element) && !isVeiled(hit))));
      return shown.length > 1;
    };
    return kept.map(isLined);
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
    return [...out].map(([number, cover]) => ({number, cover: describe(cover)}));
  }
  return null;
}
