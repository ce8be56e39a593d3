// Which events each element listens to, noted for the scripts that come after. For the console's interface, which alone knows that.
(() => {
  const KEY = Symbol.for("a11ynews listeners");
  if (window[KEY]) return window[KEY];  // what we have put there since would be taken for the page's own
  const heard = new Map(), all = {};
  const nodes = [window, document], roots = [document];
  for (const root of roots) {
    for (const element of root.querySelectorAll("*")) {
      if (nodes.length > 20000) break;
      nodes.push(element);
      if (element.shadowRoot) roots.push(element.shadowRoot);
    }
  }
  for (const node of nodes) {
    const kinds = Object.keys(getEventListeners(node));
    if (kinds.length) heard.set(node, kinds);
    for (const kind of kinds) all[kind] = (all[kind] ?? 0) + 1;
  }
  window[Symbol.for("a11ynews heard")] = heard;
  return window[KEY] = {all, outside: [...new Set([window, document, document.documentElement, document.body].flatMap(node => heard.get(node) ?? []))]};
})()
