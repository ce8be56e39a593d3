// Sets the spacing of text as a reader may: by adopted style sheets, in the document and in open shadow roots.
(describe, {spacing}) => {
  const key = Symbol.for("a11ynews adopted");
  const roots = [document];
  for (const root of roots) {
    for (const element of root.querySelectorAll("*")) if (element.shadowRoot) roots.push(element.shadowRoot);
  }
  const rules = [];
  // WCAG 1.4.12: line height 1.5, twice the size after paragraphs, letters 0.12 and words 0.16 of the size apart.
  if (spacing) {
    rules.push("* { line-height: 1.5 !important; letter-spacing: 0.12em !important; word-spacing: 0.16em !important }");
    rules.push("p { margin-block-end: 2em !important }");
  }
  for (const root of roots) {
    if (!root[key]) {
      if (!rules.length) continue;
      root[key] = new CSSStyleSheet();
      root.adoptedStyleSheets = [...root.adoptedStyleSheets, root[key]];
    }
    root[key].replaceSync(rules.join("\n"));
  }
}
