// Says of an element what a report needs: how to find it, its start tag, its attributes, its words. The first argument of every script
// that looks for something in a page.
element => {
  if (!element) return null;
  const unique = (root, selector) => { try { return root.querySelectorAll(selector).length === 1 } catch { return false } };
  // A form's `children` may be its field of that name, as of adults and children who travel.
  const childrenOf = parent => Reflect.get(Element.prototype, "children", parent);
  const stepOf = node => {
    const same = node.parentElement ? [...childrenOf(node.parentElement)].filter(child => child.localName === node.localName) : [];
    return CSS.escape(node.localName) + (same.length > 1 ? `:nth-of-type(${same.indexOf(node) + 1})` : "");
  };
  const selectorIn = (root, node) => {
    const steps = [];
    for (let at = node; at && at !== root; at = at.parentElement) {
      if (at.id && /^[A-Za-z][\w-]*$/.test(at.id) && unique(root, `#${at.id}`)) { steps.unshift(`#${at.id}`); break }
      steps.unshift(stepOf(at));
      if (["html", "body", "head"].includes(at.localName) || (at.localName === "main" && unique(root, "main"))) break;
    }
    return steps.join(" > ");
  };
  const path = [];
  let node = element, inTop = true;
  for (;;) {
    const root = node.getRootNode();
    path.unshift(selectorIn(root, node));
    if (!(root instanceof ShadowRoot)) break;
    node = root.host;
    inTop = false;
  }
  const xpath = [];
  if (inTop) {
    for (let at = element; at; at = at.parentElement) {
      const same = at.parentElement ? [...childrenOf(at.parentElement)].filter(child => child.localName === at.localName) : [at];
      xpath.unshift(at.localName + (same.length > 1 ? `[${same.indexOf(at) + 1}]` : ""));
    }
  }
  return {
    target: path,
    xpath: inTop ? `/${xpath.join("/")}` : "",
    tag: element.localName,
    html: element.cloneNode(false).outerHTML.replace(/<\/[^>]*>$/, "").slice(0, 400),
    attributes: [...element.attributes].map(({name, value}) => [name, value]),
    leftOut: (window[Symbol.for("a11ynews left out")] ?? []).findIndex(selector => element.closest(selector)),
    words: element.textContent.replace(/\s+/g, " ").trim().slice(0, 200),
  };
}
