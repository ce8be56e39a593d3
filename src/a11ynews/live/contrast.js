// Texts whose contrast is to be measured, by the paths that lead to them: their colour, how large they are, and where their lines stand.
// With `hide` all text is made invisible, or visible again; with `show` the text of that number is scrolled to.
(describe, {targets = null, hide = null, show = -1}) => {
  const KEY = Symbol.for("a11ynews contrast");
  const state = window[KEY] ??= {elements: [], sheet: null};
  if (hide !== null) {
    const roots = [document];
    for (const root of roots) for (const element of root.querySelectorAll("*")) if (element.shadowRoot) roots.push(element.shadowRoot);
    if (!state.sheet) {
      state.sheet = new CSSStyleSheet();
      const hidden = "color: transparent !important; -webkit-text-fill-color: transparent !important; " +
        "text-decoration-color: transparent !important; caret-color: transparent !important";
      state.sheet.replaceSync(`*, *::before, *::after, *::placeholder { ${hidden} }`);
    }
    for (const root of roots) {
      const others = root.adoptedStyleSheets.filter(sheet => sheet !== state.sheet);
      if (hide || others.length !== root.adoptedStyleSheets.length) root.adoptedStyleSheets = hide ? [...others, state.sheet] : others;
    }
    return [];
  }
  if (targets) {
    state.elements = targets.map(path => {
      let root = document, element = null;
      for (const step of path) {
        try { element = root?.querySelector(step) } catch { return null }
        root = element?.shadowRoot ?? null;
      }
      return element ?? null;
    });
  }
  if (show >= 0) state.elements[show]?.scrollIntoView({block: "center", inline: "nearest", behavior: "instant"});
  const rgba = text => {
    const found = /^rgba?\(([\d.]+),? ([\d.]+),? ([\d.]+)(?:(?:, | \/ )([\d.]+))?\)$/.exec(text);
    return found ? [Number(found[1]), Number(found[2]), Number(found[3]), found[4] === undefined ? 1 : Number(found[4])] : null;
  };
  return state.elements.map((element, number) => {
    if (!element?.checkVisibility({visibilityProperty: true, opacityProperty: true})) return null;
    const style = getComputedStyle(element);
    const colour = rgba(style.webkitTextFillColor);
    if (!colour || style.backgroundClip === "text" || parseFloat(style.webkitTextStrokeWidth) > 0) return null;
    // What is mixed with what lies below it cannot be told from the colours alone.
    for (let at = element; at; at = at.parentElement ?? at.getRootNode().host) {
      const above = getComputedStyle(at);
      if (above.opacity !== "1" || above.mixBlendMode !== "normal" || above.filter !== "none") return null;
    }
    const lines = [];
    const range = document.createRange();
    for (const node of element.childNodes) {
      if (node.nodeType !== Node.TEXT_NODE || !node.data.trim()) continue;
      range.selectNodeContents(node);
      for (const box of range.getClientRects()) if (box.width > 2 && box.height > 4) lines.push([box.left, box.top, box.right, box.bottom]);
    }
    if (!lines.length || lines.length > 60) return null;
    const size = parseFloat(style.fontSize);
    return {
      number, element: describe(element), colour, lines,
      isForced: matchMedia("(forced-colors: active)").matches && style.forcedColorAdjust === "auto",
      needed: size >= 24 || (size >= 18.66 && Number(style.fontWeight) >= 700) ? 3 : 4.5,
    };
  });
}
