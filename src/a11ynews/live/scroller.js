// Parts that scroll sideways by themselves, and lines of text in them that are longer than what can be seen of them at once.
(describe, _) => {
  const EXEMPT = "table:not([role=presentation], [role=none]), pre, code, math, svg, [role=table], [role=grid], [role=treegrid], [role=toolbar], [role=application], textarea, input";
  const found = [];
  let looked = 0;
  for (const element of document.body?.querySelectorAll("*") ?? []) {
    if (element.scrollWidth <= element.clientWidth + 8 || !element.clientWidth) continue;
    if (looked++ > 300 || found.length >= 20) break;
    if (!["auto", "scroll"].includes(getComputedStyle(element).overflowX) || element.closest(EXEMPT)) continue;
    if (!element.checkVisibility({visibilityProperty: true, opacityProperty: true})) continue;
    const walker = document.createTreeWalker(element, NodeFilter.SHOW_TEXT);
    const range = document.createRange();
    for (let count = 0; walker.nextNode() && count < 500; count++) {
      const node = walker.currentNode;
      if (node.data.trim().length < 30 || node.parentElement.closest(EXEMPT)) continue;
      range.selectNodeContents(node);
      const longest = Math.max(0, ...[...range.getClientRects()].map(box => box.width));
      if (longest <= element.clientWidth + 8) continue;
      found.push({element: describe(node.parentElement), longest: Math.round(longest), room: element.clientWidth});
      break;
    }
  }
  return found;
}
