// What comes to the light when the mouse is over something, or the focus on it. `part` says what is asked for.
(describe, {part, ...asked}) => {
  const key = Symbol.for("a11ynews hover");
  const kept = window[key] ??= {triggers: [], before: new Set(), fresh: []};
  const isSeen = element => {
    if (!element.isConnected || !element.checkVisibility({visibilityProperty: true, opacityProperty: true})) return false;
    const {left, right, top, bottom, width, height} = element.getBoundingClientRect();
    if (width < 3 || height < 3 || right + scrollX <= 0 || bottom + scrollY <= 0 || left >= document.documentElement.scrollWidth) return false;
    for (let at = element.parentElement; at && at !== document.body; at = at.parentElement) {
      const style = getComputedStyle(at), box = at.getBoundingClientRect();
      if (style.overflow !== "visible" && (box.height < 3 || box.width < 3)) return false;
      if (/inset\((50|100)%/.test(style.clipPath)) return false;
    }
    return top < bottom;
  };
  const all = () => [...document.body?.querySelectorAll("*") ?? []].slice(0, 5000);
  const isOn = element => kept.fresh.some(one => one === element || one.contains(element));
  if (part === "triggers") {
    const found = new Set();
    const PSEUDO = asked.by === "focus" ? /:focus(-within|-visible)?(?![\w-])/ : /:hover/;
    const KINDS = asked.by === "focus" ? ["focus", "focusin"] : ["mouseover", "mouseenter", "pointerenter", "pointerover"];
    const REVEALS = /^(display|visibility|opacity|height|max-height|clip|clip-path|transform|left|right|top|bottom|inset|margin-left|width|scale)$/;
    const read = rules => {
      for (const rule of rules) {
        if (rule.cssRules && !(rule instanceof CSSStyleRule)) { read(rule.cssRules); continue }
        if (!(rule instanceof CSSStyleRule) || !PSEUDO.test(rule.selectorText)) continue;
        if (![...rule.style].some(name => REVEALS.test(name))) continue;
        for (const selector of rule.selectorText.split(/,(?![^(]*\))/)) {
          const at = selector.search(PSEUDO);
          if (at < 0 || !/[\s>+~]/.test(selector.slice(at).trim()) && !/::?(before|after)/.test(selector.slice(at))) continue;
          try { for (const one of document.querySelectorAll(selector.slice(0, at) || "*")) if (found.size < 400) found.add(one) } catch { /* too new a selector */ }
        }
      }
    };
    for (const sheet of [...document.styleSheets, ...document.adoptedStyleSheets]) {
      try { read(sheet.cssRules) } catch { /* of another origin */ }
    }
    const heard = window[Symbol.for("a11ynews heard")] ?? new Map();
    for (const [node, kinds] of heard) {
      if (node instanceof Element && node.ownerDocument === document && node !== document.body && node !== document.documentElement
        && kinds.some(kind => KINDS.includes(kind))) found.add(node);
    }
    const kinds = new Map();
    for (const element of found) {
      const box = element.getBoundingClientRect();
      if (!isSeen(element) || box.width * box.height > innerWidth * innerHeight / 3) continue;
      const kind = `${element.localName}.${element.getAttribute("class")}.${element.parentElement?.getAttribute("class")}`;
      const same = kinds.get(kind) ?? [];
      if (same.length < 3) kinds.set(kind, [...same, element]);
    }
    kept.triggers = [...kinds.values()].flat().slice(0, asked.most);
    return kept.triggers.map(element => [describe(element), heard.has(element)]);
  }
  if (part === "leave") return document.activeElement?.blur?.() ?? null;
  const trigger = kept.triggers[asked.number];
  if (part === "before") {
    trigger.scrollIntoView({block: "center", behavior: "instant"});
    kept.before = new Set(all().filter(isSeen));
    kept.fresh = [];
    // The mouse goes to its own words, not to what it holds besides.
    const box = trigger.getBoundingClientRect();
    for (const [x, y] of [[0.5, 0.5], [0.1, 0.5], [0.5, 0.1], [0.9, 0.5], [0.05, 0.1]]) {
      const at = [box.left + x * box.width, box.top + y * box.height];
      const hit = document.elementFromPoint(...at);
      if (hit && (trigger.contains(hit))) return at;
    }
    return null;
  }
  // What has come to the light since, and holds words or something to use. What itself has the focus is not what appears by it.
  if (part === "fresh") {
    const fresh = all().filter(element => !kept.before.has(element) && isSeen(element));
    const outer = fresh.filter(element => !fresh.some(other => other !== element && other.contains(element)));
    const active = document.activeElement === document.body ? null : document.activeElement;
    kept.fresh = outer.filter(element => !(asked.by === "focus" && element.contains(active))).filter(element => element.textContent.trim() || element.querySelector("img, svg, a, button") || element.matches("img, a, button"));
    if (!kept.fresh.length) return null;
    const uses = kept.fresh.flatMap(element => [element, ...element.querySelectorAll("*")])
      .filter(element => element.matches("a[href], button, input, select, [tabindex='0']") && isSeen(element));
    const box = kept.fresh[0].getBoundingClientRect();
    // Whether it lies over words or pictures of other parts.
    let isOver = false;
    const outside = [...kept.before].filter(element => !trigger.contains(element) && !element.contains(trigger) && !isOn(element)
      && [...element.childNodes].some(node => node.nodeType === 3 && node.data.trim()) || element.localName === "img").slice(0, 2000);
    for (const element of outside) {
      if (element.contains(kept.fresh[0]) || kept.fresh[0].contains(element)) continue;
      const other = element.getBoundingClientRect();
      if (Math.min(box.right, other.right) - Math.max(box.left, other.left) > 4
        && Math.min(box.bottom, other.bottom) - Math.max(box.top, other.top) > 4) { isOver = true; break }
    }
    return {
      first: describe(kept.fresh[0]), isOver, uses: uses.slice(0, 30).map(describe),
      hrefs: uses.map(element => element.getAttribute("href") ?? ""),
      x: box.left + box.width / 2, y: box.top + Math.min(box.height / 2, 40),
      isInTrigger: trigger.contains(kept.fresh[0]),
    };
  }
  if (part === "stays") return kept.fresh.some(isSeen);
  if (part === "point") {
    const hit = document.elementFromPoint(asked.x, asked.y);
    return !!hit && isOn(hit);
  }
  // Whether the keyboard brings it to the light, too: by the focus on it or on what it holds.
  if (part === "keys") {
    const inner = [trigger, ...trigger.querySelectorAll("a[href], button, [tabindex]")].find(element => element.tabIndex >= 0 && isSeen(element))
      ?? (trigger.parentElement ? [...trigger.parentElement.querySelectorAll("a[href], button, [tabindex='0']")].find(element => element.tabIndex >= 0 && isSeen(element)) : null);
    inner?.focus();
    return !!inner && (document.activeElement === inner);
  }
  return null;
}
