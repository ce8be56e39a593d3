// What can be operated by the mouse and not by the keyboard. Needs what `listeners.js` has noted.
(describe, _) => {
  const heard = window[Symbol.for("a11ynews heard")] ?? new Map();
  const POINTER = ["click", "mousedown", "mouseup", "pointerdown", "pointerup", "dblclick"];
  const KEYS = ["keydown", "keyup", "keypress"];
  const ROLES = /^(button|link|checkbox|switch)$/;
  const FOCUSABLE = "a[href], area[href], button, input, select, textarea, summary, iframe, [tabindex], [contenteditable], audio[controls], video[controls]";
  const parent = node => node.parentElement ?? (node.getRootNode() instanceof ShadowRoot ? node.getRootNode().host : null);
  const hears = (node, kinds) => (heard.get(node) ?? []).some(kind => kinds.includes(kind));
  const isShown = element => {
    if (!element.checkVisibility({visibilityProperty: true, opacityProperty: true})) return false;
    const box = element.getBoundingClientRect();
    return box.width > 4 && box.height > 4 && box.right + scrollX > 0 && box.bottom + scrollY > 0;
  };
  const isStop = element => element.tabIndex >= 0 && !element.disabled && !element.closest("[inert]") && isShown(element);
  const words = element => (element.getAttribute("aria-label") ?? element.textContent).replace(/\s+/g, " ").trim().toLowerCase();
  const roots = [document], elements = [];
  for (const root of roots) {
    for (const element of root.querySelectorAll("*")) {
      if (elements.length > 20000) break;
      elements.push(element);
      if (element.shadowRoot) roots.push(element.shadowRoot);
    }
  }
  const stops = elements.filter(element => element.matches(FOCUSABLE) && element.tabIndex >= 0);
  const named = new Set(stops.filter(isStop).flatMap(element => [words(element), element.title?.toLowerCase?.() ?? ""]).filter(Boolean));
  const window_ = innerWidth * innerHeight;
  const dead = [], mute = [], maybe = [];
  for (const element of elements) {
    if (element === document.body || element === document.documentElement) continue;
    if (/^(label|option|optgroup|body|html|main|form|svg|path|canvas|video|audio|dialog|details|summary|area|map)$/.test(element.localName)) continue;
    const role = (element.getAttribute("role") ?? "").trim().split(/\s+/)[0];
    const isClicked = hears(element, POINTER);
    if (!isClicked && !(ROLES.test(role))) continue;
    if (!isShown(element) || element.closest("[aria-hidden=true], [inert], [aria-disabled=true], label, [contenteditable]")) continue;
    const isNative = element.matches("a[href], area[href], button, input, select, textarea, summary, iframe");
    if (isNative) continue;
    if (element.tabIndex >= 0 && element.hasAttribute("tabindex")) {
      // It gets the focus: a role of a control wants keys, which a browser gives to its own controls only.
      if (!ROLES.test(role) || !hears(element, ["click"])) continue;
      let hasKeys = hears(window, KEYS) || hears(document, KEYS);
      for (let at = element; at && !hasKeys; at = parent(at)) hasKeys = hears(at, KEYS);
      if (!hasKeys && !element.querySelector(FOCUSABLE)) mute.push({element, role});
      continue;
    }
    if (element.hasAttribute("tabindex")) continue;  // somebody moves the focus here by script
    if (!isClicked) continue;
    if (element.id && document.querySelector(`[aria-activedescendant="${CSS.escape(element.id)}"]`)) continue;
    let isWithin = false;
    for (let at = parent(element); at; at = parent(at)) {
      if (at !== document.body && at !== document.documentElement && at.matches(FOCUSABLE) && at.tabIndex >= 0) isWithin = true;
    }
    if (isWithin || [...element.querySelectorAll(FOCUSABLE)].some(one => one.tabIndex >= 0)) continue;
    if (named.has(words(element)) && words(element)) continue;
    if (element.title && named.has(element.title.toLowerCase())) continue;
    const box = element.getBoundingClientRect();
    if (box.width * box.height > window_ / 4) continue;
    if (ROLES.test(role)) dead.push({element, role});
    else if (!role && getComputedStyle(element).cursor === "pointer" && hears(element, ["click"])) {
      // What opens or closes something may have a twin next to it.
      const TWINS = "a[href], button, summary, [role=button], [role=link], input[type=button], input[type=submit], input[type=checkbox]";
      if (![...element.parentElement?.querySelectorAll(TWINS) ?? []].some(isStop)) maybe.push({element, role: ""});
    }
  }
  const tell = (kind, list) => list.slice(0, 20).map(({element, role}) => ({kind, role, element: describe(element)}));
  return [...tell("dead", dead), ...tell("mute", mute), ...tell("maybe", maybe)];
}
