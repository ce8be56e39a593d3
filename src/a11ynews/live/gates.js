// What a glance at the page tells of it: whether there is anything at all that a costly rule could find. For the console's interface,
// which alone knows who listens to what. It changes nothing, and gives the focus to nothing.
(() => {
  const told = {};
  const roots = [document], elements = [];
  for (const root of roots) {
    for (const element of root.querySelectorAll("*")) {
      if (elements.length > 20000) break;
      elements.push(element);
      if (element.shadowRoot) roots.push(element.shadowRoot);
    }
  }
  const isShown = element => {
    if (!element.checkVisibility({visibilityProperty: true, opacityProperty: true})) return false;
    const {width, height, right, left} = element.getBoundingClientRect();
    return width > 2 && height > 2 && right + scrollX > 0 && left < document.documentElement.scrollWidth;
  };
  const STOPS = "a[href], area[href], button, input:not([type=hidden]), select, textarea, summary, iframe, [tabindex], [contenteditable]";

  // Rules of style sheets that apply in this window, each selector by itself; those that stand in another with that one's selector.
  const styles = [];
  let hasOrientation = false;
  const split = selectors => {
    const parts = [];
    let depth = 0, from = 0;
    for (let at = 0; at <= selectors.length; at++) {
      const sign = selectors[at];
      if (sign === "(" || sign === "[") depth++;
      else if (sign === ")" || sign === "]") depth--;
      else if (at === selectors.length || (sign === "," && !depth)) { parts.push(selectors.slice(from, at).trim()); from = at + 1 }
    }
    return parts;
  };
  const read = (rules, outer, root) => {
    for (const rule of rules) {
      if (styles.length > 30000) return;
      if (rule instanceof CSSMediaRule) {
        hasOrientation ||= /orientation|aspect-ratio/.test(rule.conditionText);
        if (!matchMedia(rule.conditionText).matches) continue;
      }
      let selectors = outer;
      if (rule instanceof CSSStyleRule) {
        selectors = split(rule.selectorText);
        if (outer) selectors = selectors.map(one => one.includes("&") ? one.replaceAll("&", `:is(${outer.join()})`) : `:is(${outer.join()}) ${one}`);
        if (rule.style.length) for (const selector of selectors) styles.push({selector, style: rule.style, root});
      }
      if (rule.cssRules?.length) read(rule.cssRules, selectors, root);
    }
  };
  for (const root of roots) {
    for (const sheet of [...root.styleSheets, ...root.adoptedStyleSheets]) {
      if (sheet.disabled || (sheet.media.mediaText && !matchMedia(sheet.media.mediaText).matches)) continue;
      try { read(sheet.cssRules, null, root) } catch { /* of another origin */ }
    }
  }
  const matches = (element, selector) => { try { return element.matches(selector) } catch { return false } };

  // The focus: elements from which a style takes the line around them, and to which none gives anything else.
  const FOCUS = /:focus(?:-visible|-within)?(?![\w-])/;
  const SEEN = /^(?:background|border|box-shadow|color|text-|filter|opacity|transform|scale|translate|padding|margin|width|height|min-|max-|font|letter|content|clip|left|top|right|bottom|inset|position|fill|stroke|visibility|display)/;
  const takesLine = style => style.outlineStyle === "none" || style.outlineWidth === "0px" || style.outlineColor === "transparent";
  const givesLine = style => Boolean(style.outlineStyle && style.outlineStyle !== "none" && style.outlineWidth !== "0px" && style.outlineColor !== "transparent");
  // What the element with the focus must match: a selector up to there, without the focus itself.
  const upTo = selector => {
    const found = FOCUS.exec(selector);
    const end = selector.slice(found.index).search(/(?<![(,][^)]*)[\s>+~](?![^(]*\))/);
    const base = (end < 0 ? selector : selector.slice(0, found.index + end)).replace(new RegExp(FOCUS, "g"), "");
    return !base || /[\s>+~(,]$/.test(base) ? `${base}*` : base.replace(/\(\)/g, "(*)");
  };
  const takes = [], gives = [];
  const always = new Map();  // by style, for whom it holds with and without the focus
  for (const {selector, style} of styles) if (!FOCUS.test(selector)) always.set(style, [...always.get(style) ?? [], selector]);
  for (const {selector, style} of styles) {
    const isOfFocus = FOCUS.test(selector);
    if (/:not\([^)]*:focus/.test(selector) || /::(?!before|after)/.test(selector)) continue;
    if (takesLine(style)) takes.push(isOfFocus ? upTo(selector) : selector);
    if (!isOfFocus || always.get(style)?.includes(upTo(selector))) continue;
    const isMore = [...style].some(name => SEEN.test(name));
    if (isMore || givesLine(style)) gives.push({base: upTo(selector), isWithin: selector.includes(":focus-within"), line: isMore ? "" : style.outlineColor});
  }
  const kinds = new Map();
  for (const element of elements) {
    if (!element.matches(STOPS) || element.tabIndex < 0 || element.matches("iframe, textarea, :disabled, [contenteditable]")) continue;
    if (element.matches("input:not([type=checkbox], [type=radio], [type=button], [type=submit], [type=reset], [type=image], [type=range], [type=file], [type=color])")) continue;
    const kind = `${element.localName} ${element.type ?? ""} ${element.className} ${element.parentElement?.className} ${element.style.outline}`;
    if (kinds.size < 80 && !kinds.has(kind) && isShown(element)) kinds.set(kind, element);
  }
  // A line in the colour of what it is drawn on is none.
  const canvas = new OffscreenCanvas(1, 1).getContext("2d", {willReadFrequently: true});
  const painted = colour => {
    canvas.clearRect(0, 0, 1, 1);
    canvas.fillStyle = colour;
    canvas.fillRect(0, 0, 1, 1);
    return canvas.getImageData(0, 0, 1, 1).data;
  };
  const isLost = (line, element) => {
    if (!line || !CSS.supports("color", line) || /currentcolor|var\(|auto|initial|inherit|unset|revert/i.test(line)) return false;
    let at = element.parentElement;
    while (at && painted(getComputedStyle(at).backgroundColor)[3] < 255) at = at.parentElement;
    const [one, other] = [painted(line), at ? painted(getComputedStyle(at).backgroundColor) : [255, 255, 255, 255]];
    return one[3] === 0 || [0, 1, 2].every(part => Math.abs(one[part] - other[part]) < 24);
  };
  const within = (element, selector) => { try { return Boolean(element.closest(selector)) } catch { return false } };
  const isGiven = element => gives.some(({base, isWithin, line}) =>
    (matches(element, base) || (isWithin && within(element, base))) && !isLost(line, element));
  const isDrawnOver = element => gives.some(({base, line}) => matches(element, base) && isLost(line, element));
  const ofKinds = [...kinds.values()];
  told.unseenFocus = ofKinds.some(element => !isGiven(element) &&
    (takesLine(element.style) || isDrawnOver(element) || takes.some(selector => matches(element, selector))));

  // The mouse: parts with something to use that a style brings to light where the mouse is, and none where the focus is.
  const REVEALS = /^(?:display|visibility|opacity|height|max-height|clip|clip-path|transform|translate|left|right|top|bottom|inset|margin-left|margin-top|width|scale)$/;
  const reveals = style => [...style].some(name => REVEALS.test(name));
  const byFocus = styles.filter(({selector, style}) => FOCUS.test(selector) && reveals(style)).map(({selector}) => selector.replace(new RegExp(FOCUS, "g"), ""));
  told.hiddenUses = styles.some(({selector, style, root}) => {
    const at = selector.indexOf(":hover");
    if (at < 0 || !/[\s>+~]/.test(selector.slice(at).trim()) || !reveals(style)) return false;
    let parts = [];
    const base = selector.replaceAll(":hover", "");
    try { parts = [...root.querySelectorAll(/^[\s>+~]/.test(base) ? `*${base}` : base)].slice(0, 60) } catch { return false }
    return parts.some(part => !isShown(part) && (part.matches(STOPS) || part.querySelector(STOPS)) && !byFocus.some(one => matches(part, one)));
  });

  // Scripts: what listens to keys, to the focus, to other values, by its own words and those of the page's functions that it calls.
  const words = (listener, depth = 0) => {
    let text = "";
    try { text = Function.prototype.toString.call(listener?.handleEvent ?? listener).slice(0, 4000) } catch { return "" }
    if (depth > 2) return text;
    const names = new Set([...text.matchAll(/(?<![.\w$])([A-Za-z_$][\w$]*)\s*[(),]/g)].map(([, name]) => name));
    for (const name of [...names].slice(0, 12)) {
      const own = Object.getOwnPropertyDescriptor(window, name)?.value;
      if (typeof own === "function" && own !== listener && !/\[native code\]/.test(Function.prototype.toString.call(own))) text += words(own, depth + 1);
    }
    return text;
  };
  const KEYS = ["keydown", "keyup", "keypress"], FOCUSES = ["focus", "focusin", "blur", "focusout"], VALUES = ["change", "input", "click"];
  const LEADS = /location|\.submit\s*\(|\bopen\s*\(/;
  told.takesKeys = told.takesFocus = told.leadsOn = false;
  for (const node of [window, document, ...elements]) {
    let listeners = {};
    try { listeners = getEventListeners(node) } catch { continue }
    for (const [kind, list] of Object.entries(listeners)) {
      const [isKey, isFocus] = [KEYS.includes(kind), FOCUSES.includes(kind)];
      const isValue = VALUES.includes(kind) && node instanceof Element && node.matches("select, input[type=checkbox], input[type=radio], input[list]") && (kind !== "click" || node.localName === "input");
      if (!isKey && !isFocus && !isValue) continue;
      for (const {listener} of list.slice(0, 8)) {
        const text = words(listener);
        const moves = /\bfocus\s*\(/.test(text), holds = /preventDefault|return false/.test(text);
        if (isKey) told.takesKeys ||= (holds && (/['"`]Tab['"`]|\b9\b/.test(text) || !/\bkey\b|keyCode|which|\.code\b/.test(text))) || (moves && /['"`]Tab['"`]|\b9\b/.test(text));
        if (isFocus) told.takesFocus ||= moves || /\.blur\s*\(/.test(text) || LEADS.test(text);
        if (isValue) told.leadsOn ||= LEADS.test(text) || /\bfocus\s*\(/.test(text);
      }
    }
  }

  // What moves by itself: animations without an end, pictures that may have several frames, films.
  told.moves = elements.some(element => {
    const {animationName, animationIterationCount, animationDuration} = getComputedStyle(element);
    return animationName !== "none" && (animationIterationCount.includes("infinite") || parseFloat(animationDuration) * parseFloat(animationIterationCount) > 5) && isShown(element);
  });
  const isMoving = address => /\.a?gif(?:[?#]|$)|\.apng(?:[?#]|$)|^data:image\/(?:gif|apng)/i.test(address);
  told.hasFrames = elements.some(element => isMoving(element.currentSrc || element.src || "") || (element.localName === "video" && element.autoplay)) ||
    performance.getEntriesByType("resource").some(({name}) => isMoving(name));
  told.hasFilms = elements.some(element => element.localName === "video" || element.localName === "audio");
  told.hasOrientation = hasOrientation;
  return {...told, ...window[Symbol.for("a11ynews narrow")] ?? {}};
})()
