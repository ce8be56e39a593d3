// What runs in the page, right after the source of axe. Results are cut to what is needed before they cross over, as text: that is
// several times quicker than to hand over what axe gives.
(() => {
  const axe = window.axe;  // a page may have one of its own, later
  const LEVELS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22a", "wcag22aa"];
  const PLACES = ["scrollable-region-focusable", "target-size"];  // all that goes by where things are, besides the rules on colour
  const PARTS = {
    whole: () => true, structure: isColour => !isColour, colours: isColour => isColour,
    places: (_, isPlace) => isPlace, looks: (isColour, isPlace) => isColour || isPlace,
  };
  const WORDS = 200;
  const EXPERIMENTAL = ["css-orientation-lock", "label-content-name-mismatch"];
  const wanted = ({ruleId, tags}, {best, only, on, off, part}) =>
    !off.includes(ruleId) &&
    ruleId !== "frame-tested" &&  // every frame that is not tested is told by the runner
    PARTS[part](tags.includes("cat.color"), PLACES.includes(ruleId)) &&
    (ruleId !== "color-contrast" || document.createElement("a") instanceof HTMLElement) &&  // it needs HTML, and breaks down in SVG
    (ruleId !== "css-orientation-lock" || document.styleSheets.length) &&  // without a style sheet there is nothing to ask about
    (only.length ? only.includes(ruleId) : on.includes(ruleId) ||
      (!tags.includes("deprecated") &&
       (!tags.includes("experimental") || EXPERIMENTAL.includes(ruleId)) &&
       (tags.some(tag => LEVELS.includes(tag)) || (best && tags.includes("best-practice")))));
  // The elements that a target leads through, the one that is meant last: into frames, as far as they let us, and shadow roots.
  const along = function* (target) {
    let root = document;
    for (const step of target) {
      let element;
      for (const selector of [step].flat()) {
        element = root?.querySelector(selector);
        if (!element) return;
        yield element;
        root = element.shadowRoot;
      }
      root = element.contentDocument;
    }
  };
  const leftOut = (target, selectors) => {
    const path = selectors.length ? [...along(target)] : [];
    return selectors.findIndex(selector => path.some(element => closest(element, selector)));
  };
  const closest = (element, selector) => {
    try { return element.closest(selector) } catch { return null }  // some selectors are none for browsers
  };
  const options = settings => ({
    runOnly: {type: "rule", values: axe.getRules().filter(rule => wanted(rule, settings)).map(rule => rule.ruleId)},
    resultTypes: ["violations", "incomplete"],
    preload: {assets: ["cssom"], timeout: 3000},
  });
  // What axe takes for certain and is not: cases in which W3C's ACT rules expect no failure. A person is asked to look at them.
  const MOOT = {
    // Of several refreshes a browser heeds the first that it understands.
    "meta-refresh": meta => [...document.querySelectorAll("meta[http-equiv=refresh i]")].find(one => /^\s*[\d.]+\s*([;,\s]|$)/.test(one.content)) !== meta,
    // Spacing is the text's, which may have letters of another size or spacing of its own, or not be there.
    "avoid-inline-spacing": (element, failing) => {
      const wanted = {letter: ["letterSpacing", 0.12], word: ["wordSpacing", 0.16], line: ["lineHeight", 1.5]};
      const told = failing.map(check => Object.keys(wanted).find(kind => check.id.includes(kind)));
      const texts = document.createTreeWalker(element, NodeFilter.SHOW_TEXT);
      for (let text; (text = texts.nextNode());) {
        if (!text.data.trim() || !text.parentElement.checkVisibility()) continue;
        const style = getComputedStyle(text.parentElement);
        if (told.some(kind => !kind || !(parseFloat(style[wanted[kind][0]]) >= wanted[kind][1] * parseFloat(style.fontSize)))) return false;
      }
      return true;
    },
    // What stands in brackets need not be said; and a word in a font of icons is a picture, though the font may not have come.
    "label-content-name-mismatch": element => {
      const fold = text => text.toLowerCase().replace(/[^\p{L}\p{N}]+/gu, " ").trim();
      const shown = fold(element.innerText.replace(/\([^)]*\)|\[[^\]]*\]/g, " "));
      return fold(element.getAttribute("aria-label") ?? "").includes(shown) ||
        [element, ...element.querySelectorAll("*")].some(one => /icon|symbol|glyph|awesome/i.test(getComputedStyle(one).fontFamily));
    },
  };
  // axe's own XPath gives no numbers to elements with an id around them, and begins anew there: of alike elements it tells none apart.
  // A form's `children` may be its field of that name, as of adults and children who travel.
  const childrenOf = element => Reflect.get(Element.prototype, "children", element);
  const pathOf = element => {
    const steps = [];
    for (let at = element; at; at = at.parentElement) {
      const same = [...at.parentElement ? childrenOf(at.parentElement) : []].filter(child => child.localName === at.localName);
      steps.unshift(at.localName + (same.length > 1 ? `[${same.indexOf(at) + 1}]` : ""));
    }
    return `/${steps.join("/")}`;
  };
  const brief = (results, asked, selectors) => {
    const acts = Object.fromEntries(axe.getRules().map(rule => [rule.ruleId, rule.actIds || []]));
    const nodes = [], failed = [];
    for (const kind of ["violations", "incomplete"]) {
      for (const {id, help, tags, nodes: found} of results[kind]) {
        for (const {target, html, any, all, none} of found) {
          const error = none.find(check => check.id === "error-occurred");
          if (error) {
            failed.push([id, String(error.data?.message ?? "")]);
            continue;
          }
          const element = target.length === 1 && typeof target[0] === "string" ? document.querySelector(target[0]) : null;
          const isMoot = kind === "violations" && element && MOOT[id]?.(element, [...any, ...all, ...none]);
          nodes.push({
            kind: isMoot ? "incomplete" : kind, id, help, tags, act: acts[id] || [], target: target.flat(), html, leftOut: leftOut(target, selectors),
            reason: [...none, ...all, ...any].map(check => check.message).find(Boolean) || "",
            contrast: [...none, ...all, ...any].map(check => check.data).find(data => data?.contrastRatio) || null,
            xpath: element ? pathOf(element) : "",
            tag: element ? element.localName : "",
            attributes: element ? [...element.attributes].map(({name, value}) => [name, value]) : [],
            words: element ? element.textContent.replace(/\s+/g, " ").trim().slice(0, WORDS) : "",
          });
        }
      }
    }
    const tested = ["violations", "incomplete", "passes"].flatMap(kind => results[kind].map(result => result.id));
    return JSON.stringify({
      asked: asked.runOnly.values, tested, inapplicable: results.inapplicable.map(result => result.id), nodes, failed,
      isHtml: document.documentElement instanceof HTMLElement,
    });
  };
  // The elements of a page have few colours, and axe reads each one anew for every element: a good part of what its rules on colour take.
  // What a colour is read as depends on its words alone.
  const colours = axe.commons?.color?.Color?.prototype;
  if (colours && ["r", "g", "b"].every(name => Object.getOwnPropertyDescriptor(colours, name)?.set)) {
    const read = colours.parseString, known = new Map();
    colours.parseString = function (words) {
      const rgb = known.get(words);
      if (!rgb) {
        read.call(this, words);
        known.set(words, [this.r, this.g, this.b, this.alpha]);
      } else {
        [this.r, this.g, this.b, this.alpha] = rgb;
      }
      return this;
    };
  }
  // A rule does not look at elements that it certainly finds nothing of.
  const limit = (id, may) => {
    const rule = axe._audit?.rules?.find(rule => rule.id === id), matches = rule?.matches;
    if (matches) rule.matches = function (element, ...more) { return may(element) && matches.call(this, element, ...more) };
  };
  limit("color-contrast", element => !window[Symbol.for("a11ynews spared")]?.has(element));  // as sure.js has found out
  // It asks of every element for the roles of all widgets, before it looks whether there is a label that it goes by.
  if (/^4\.12\./.test(axe.version)) limit("label-content-name-mismatch", element => ["aria-label", "aria-labelledby"].some(name => element.hasAttribute(name)));
  window[Symbol.for("a11ynews")] = {
    version: axe.version,
    facts: () => axe.getRules().map(({ruleId, tags, help, actIds}) => ({id: ruleId, tags, help, act: actIds || []})),
    // The rules that are `proven` find nothing, and need not run.
    run: async (settings, proven = []) => {
      const asked = options(settings), rules = asked.runOnly.values.filter(rule => !proven.includes(rule));
      const nothing = {violations: [], incomplete: [], passes: [], inapplicable: []};
      const results = rules.length ? await axe.run(document, {...asked, runOnly: {type: "rule", values: rules}, iframes: false}) : nothing;
      const rest = asked.runOnly.values.filter(rule => proven.includes(rule)).map(id => ({id}));
      return brief({...results, inapplicable: [...results.inapplicable, ...rest]}, asked, settings.leftOut);
    },
    asked: settings => options(settings).runOnly.values.length,
    isLeftOut: (selector, settings) => leftOut([selector], settings.leftOut) >= 0,
    element: selector => axe.utils.shadowSelect(selector),
    frames: (context, settings) => axe.utils.getFrameContexts(context ?? document, options(settings)),
    part: async (context, settings) => JSON.stringify(await axe.runPartial(context ?? document, options(settings))),
    whole: async (parts, settings) => {
      const asked = options(settings);
      return brief(await axe.finishRun(parts.map(part => JSON.parse(part)), asked), asked, settings.leftOut);
    },
  };
})()
