// How a page that belongs to somebody else is looked at: nothing that is done to it may stay.
(() => {
  const parts = {
    // Before axe is handed over: note what is there, so that it can be given back. `hand` hands it over.
    prepare: hand => {
      const undo = Symbol.for("a11ynews undo");
      if (window[undo]) return;
      const ours = ["axe", "__core-js_shared__", Symbol.for("a11ynews"), Symbol.for("a11ynews axe")].map(name => [window, name]);
      const before = [...ours, [document, "elementsFromPoint"]]
        .map(([on, name]) => [on, name, Object.getOwnPropertyDescriptor(on, name)]);
      const own = Object.getOwnPropertyDescriptor(window, "addEventListener");
      const add = window.addEventListener;
      const added = [];
      const giveBack = (on, name, descriptor) => {
        delete on[name];
        if (descriptor) Object.defineProperty(on, name, descriptor);
      };
      window[Symbol.for("a11ynews axe")] = () => {
        Object.defineProperty(window, "addEventListener", {configurable: true, value(...given) {
          added.push(given);
          return add.apply(this, given);
        }});
        try { hand() } finally { giveBack(window, "addEventListener", own) }
      };
      Object.defineProperty(window, undo, {configurable: true, value: () => {
        for (const given of added) window.removeEventListener(...given);
        for (const one of before) giveBack(...one);
        delete window[undo];
      }});
    },
    undo: () => {
      window[Symbol.for("a11ynews undo")]?.();
      // What rules have kept in the page, and the style sheet by which it had its text set otherwise.
      const roots = [document];
      for (const root of roots) {
        for (const element of root.querySelectorAll("*")) if (element.shadowRoot) roots.push(element.shadowRoot);
      }
      for (const on of [window, ...roots]) {
        for (const name of Object.getOwnPropertySymbols(on).filter(name => name.description?.startsWith("a11ynews "))) {
          if (on[name] instanceof CSSStyleSheet) on.adoptedStyleSheets = [...on.adoptedStyleSheets].filter(sheet => sheet !== on[name]);
          delete on[name];
        }
      }
    },
    // What is on the move, and will come to rest: colours in between are nobody's.
    isMoving: () => document.fonts.status === "loading" || document.getAnimations().some(animation =>
      animation.playState === "running" && Number.isFinite(animation.effect?.getComputedTiming().endTime ?? Infinity)),
    // Behind a page without a background is the canvas, whose colour goes with the colour scheme; axe takes it for white.
    paintCanvas: isOn => {
      const key = Symbol.for("a11ynews canvas");
      if (document[key]) {
        document.adoptedStyleSheets = document.adoptedStyleSheets.filter(sheet => sheet !== document[key]);
        delete document[key];
      }
      const isBare = [document.documentElement, document.body].filter(Boolean).map(element => getComputedStyle(element))
        .every(({backgroundColor, backgroundImage}) => /, 0\)$/.test(backgroundColor) && backgroundImage === "none");
      if (!isOn || !isBare) return;
      const sheet = new CSSStyleSheet();
      sheet.replaceSync(":root { background-color: Canvas }");
      Object.defineProperty(document, key, {configurable: true, value: sheet});
      document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet];
    },
    facts: () => ({
      address: location.href,
      kind: document.contentType,
      status: performance.getEntriesByType("navigation")[0]?.responseStatus || 0,
      scheme: matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light",
      forced: matchMedia("(forced-colors: active)").matches,
      reduced: matchMedia("(prefers-reduced-motion: reduce)").matches,
      width: innerWidth, height: innerHeight, x: scrollX, y: scrollY,
    }),
  };
  return parts;
})()
