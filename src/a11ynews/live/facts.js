// What several scripts ask of the elements of a page as it looks now, each found out once: to ask the browser costs more than all
// that is then done with the answer.
() => {
  const styles = new Map(), boxes = new Map(), inserted = new Map();
  const once = (known, find) => element => {
    let found = known.get(element);
    if (found === undefined) known.set(element, found = find(element));
    return found;
  };
  // Only what a style sheet gives content to has anything put in before or after it, and quotations; null where that cannot be read.
  const candidates = () => {
    const found = new Set(document.querySelectorAll("q"));
    const givesContent = ({style, cssRules}) => style?.content || style?.all || cssRules?.length;
    const read = (rules, isNested) => {
      for (const rule of rules) {
        if (rule.styleSheet !== undefined) read(rule.styleSheet.cssRules, false);  // imported; null, and so an error, where it has not come
        if (Object.prototype.toString.call(rule) === "[object CSSScopeRule]") throw new Error("its selectors go by its root");
        if (/:(?:before|after)/i.test(rule.selectorText ?? "") && givesContent(rule)) {
          if (isNested || rule.selectorText.includes("&")) throw new Error("nested");
          for (const element of document.querySelectorAll(rule.selectorText.replace(/::?(?:before|after)(?![\w-])/gi, ":not(_)"))) found.add(element);
        }
        if (rule.cssRules?.length) read(rule.cssRules, isNested || rule instanceof CSSStyleRule);
      }
    };
    try {
      for (const sheet of [...document.styleSheets, ...document.adoptedStyleSheets]) read(sheet.cssRules, false);
      return found;
    } catch { return null }
  };
  let mayHave;
  const insertedInto = element => {
    if (mayHave === undefined) mayHave = candidates();
    if (mayHave && element.getRootNode() === document && !mayHave.has(element)) return [];
    return ["::before", "::after"].map(part => getComputedStyle(element, part)).filter(({content}) => content !== "none" && content !== "normal");
  };
  return {
    styleOf: once(styles, element => getComputedStyle(element)),
    boxOf: once(boxes, element => element.getBoundingClientRect()),
    insertedOf: once(inserted, insertedInto),
  };
}
