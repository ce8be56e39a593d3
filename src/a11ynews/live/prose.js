// How texts are set: the first long text whose lines are too long, that is justified, or shown in capitals, with how many there are; and
// links that stand in a row with nothing between them.
(describe, {longest}) => {
  const isShown = element => element.checkVisibility({visibilityProperty: true, opacityProperty: true});
  const letters = text => (text.match(/[\p{L}\p{N}]/gu) ?? []).length;
  const found = {long: [], justified: [], capitals: []};
  const range = document.createRange();
  let looked = 0;
  for (const block of document.querySelectorAll("p, li, dd, blockquote, td, div, figcaption, main, article, section")) {
    if (looked > 1500) break;
    const own = [...block.childNodes].filter(node => node.nodeType === Node.TEXT_NODE || (node instanceof Element && getComputedStyle(node).display === "inline"));
    if (!own.some(node => node.nodeType === Node.TEXT_NODE && node.data.trim())) continue;
    const text = own.map(node => node.textContent).join("").replace(/\s+/g, " ").trim();
    if (letters(text) < 80 || block.closest("pre, code, svg, [aria-hidden=true]") || !isShown(block)) continue;
    looked++;
    const style = getComputedStyle(block);
    if (style.textTransform === "uppercase") found.capitals.push(block);
    range.setStartBefore(own[0]);
    range.setEndAfter(own.at(-1));
    const boxes = [...range.getClientRects()].filter(box => box.width > 1 && box.height > 1);
    const lines = new Map();
    for (const box of boxes) {
      const key = Math.round(box.bottom / 6);
      const line = [key - 1, key, key + 1].find(one => lines.has(one)) ?? key;
      const {left, right} = lines.get(line) ?? box;
      lines.set(line, {left: Math.min(left, box.left), right: Math.max(right, box.right)});
    }
    const widths = [...lines.values()].map(({left, right}) => right - left);
    if (widths.length < 2 || style.writingMode !== "horizontal-tb") continue;
    const total = widths.reduce((sum, width) => sum + width, 0);
    const perLine = Math.round(text.length * Math.max(...widths) / total);
    // Signs that are as wide as they are high take the room of two.
    const most = /[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]/.test(text) ? longest / 2 : longest;
    if (perLine > most) found.long.push({block, count: perLine});
    if (style.textAlign === "justify" && widths.length > 2 && style.hyphens !== "auto") found.justified.push(block);
  }

  // Short lines in larger and bolder letters than the text under them: headings to the eye alone. And letters that are too small.
  const APART = "header, footer, nav, aside, figure, table, form, li, dl, blockquote, address, a, button, label, summary, [role]:not([role=main], [role=article], [role=none], [role=presentation])";
  const NO_HEADING = /^(?:by|from|photo|text|von|foto|bild|di|a cura)\b|^[\d€$£]|[.!?,;:…»”“")\]]$/iu;
  const posing = [], small = [], italic = [];
  for (const block of [...document.querySelectorAll("p, div, span")].slice(0, 6000)) {
    const text = block.textContent.replace(/\s+/g, " ").trim(), words = text.split(" ").length;
    if (!text || block.querySelector("p, div, ul, ol, h1, h2, h3, h4, h5, h6, img, svg, button, input, br")) continue;
    const style = getComputedStyle(block), size = parseFloat(style.fontSize);
    if (size > 0 && size < 9 && letters(text) >= 20 && isShown(block) && !block.closest("sup, sub, svg, [aria-hidden=true]")) small.push(block);
    if (style.fontStyle === "italic" && words >= 60 && isShown(block) && !block.closest("blockquote, [lang]:not(html, body)")) italic.push(block);
    const next = block.nextElementSibling;
    if (!next || words > 10 || letters(text) < 3 || NO_HEADING.test(text) || style.display === "inline" || block.closest(APART)) continue;
    if (!next.matches("p, ul, ol, div") || next.textContent.trim().split(/\s+/).length < 8 || next.querySelector("h1, h2, h3, h4, h5, h6")) continue;
    const other = getComputedStyle(next.matches("ul, ol") ? next.firstElementChild ?? next : next);
    const larger = size / parseFloat(other.fontSize), bolder = style.fontWeight >= 600 && other.fontWeight < 600;
    if (((larger >= 1.15 && bolder) || larger >= 1.5) && isShown(block) && isShown(next)) posing.push(block);
  }

  // Links in a row: nothing but white space between them, on one line, and nothing to be seen of where each ends.
  const isPlain = link => {
    const style = getComputedStyle(link);
    return style.display === "inline" && ["Left", "Right"].every(side => parseFloat(style[`padding${side}`]) < 2 && style[`border${side}Style`] === "none") &&
      /, 0\)$|transparent/.test(style.backgroundColor) && style.backgroundImage === "none" && !link.querySelector("img, svg, picture, i");
  };
  const rows = [];
  const seen = new Set();
  for (const link of [...document.querySelectorAll("a[href]")].slice(0, 3000)) {
    if (seen.has(link) || link.closest("li, nav, [role=navigation], [role=list], [role=menu], [role=toolbar], svg")) continue;
    const row = [link];
    for (let at = link; ;) {
      let next = at.nextSibling;
      while (next && (next.nodeType === Node.COMMENT_NODE || (next.nodeType === Node.TEXT_NODE && !next.data.trim()))) next = next.nextSibling;
      if (!(next instanceof Element) || !next.matches("a[href]")) break;
      row.push(next);
      at = next;
    }
    row.forEach(one => seen.add(one));
    if (row.length < 3 || !row.every(one => isShown(one) && isPlain(one) && /\s/.test(one.textContent.trim()))) continue;
    const isClose = row.slice(1).some((one, number) => {
      const [box, before] = [one.getBoundingClientRect(), row[number].getBoundingClientRect()];
      return Math.abs(box.top - before.top) < 2 && Math.abs(box.left - before.right) < parseFloat(getComputedStyle(one).fontSize) / 2;
    });
    if (isClose) rows.push(link);
  }
  const told = blocks => blocks.slice(0, 1).map(block => ({element: describe(block), times: blocks.length}));
  return {
    posing: posing.slice(0, 10).map(block => ({element: describe(block), times: 1})), small: told(small), italic: told(italic),
    justified: told(found.justified), capitals: told(found.capitals), rows: rows.slice(0, 5).map(link => ({element: describe(link), times: 1})),
    long: found.long.slice(0, 1).map(({block, count}) => ({element: describe(block), times: found.long.length, count})),
  };
}
