// What is told apart by colours that computed styles know: fields from what they stand on, links from the text around them, and items of
// a list from each other where the text speaks of their colours.
(describe, _) => {
  const parse = text => {
    const found = /^rgba?\(([\d.]+),? ([\d.]+),? ([\d.]+)(?:(?:, | \/ )([\d.]+))?\)$/.exec(text);
    return found ? [Number(found[1]), Number(found[2]), Number(found[3]), found[4] === undefined ? 1 : Number(found[4])] : null;
  };
  const linear = value => value / 255 <= 0.04045 ? value / 255 / 12.92 : ((value / 255 + 0.055) / 1.055) ** 2.4;
  const brightness = ([red, green, blue]) => 0.2126 * linear(red) + 0.7152 * linear(green) + 0.0722 * linear(blue);
  const contrast = (one, other) => {
    const [light, dark] = [brightness(one), brightness(other)].sort((a, b) => b - a);
    return (light + 0.05) / (dark + 0.05);
  };
  const over = (top, below) => [0, 1, 2].map(n => top[n] * top[3] + below[n] * (1 - top[3])).concat(1);
  const isShown = element => element.checkVisibility({visibilityProperty: true, opacityProperty: true});
  // The colour that an element stands on; null where that is more than one.
  const ground = element => {
    const layers = [];
    for (let at = element; at; at = at.parentElement ?? at.getRootNode().host) {
      const style = getComputedStyle(at);
      if (style.backgroundImage !== "none" || style.opacity !== "1" || style.filter !== "none") return null;
      const colour = parse(style.backgroundColor);
      if (!colour) return null;
      if (colour[3] > 0) layers.push(colour);
      if (colour[3] === 1) break;
    }
    if (!layers.length || layers.at(-1)[3] < 1) layers.push([255, 255, 255, 1]);
    return layers.reduceRight((below, layer) => over(layer, below));
  };

  // How well the edge or the ground of a box stands out from what is around it; null where that cannot be told.
  const standsOut = (element, around) => {
    const style = getComputedStyle(element);
    if (style.backgroundImage.includes("gradient") || style.borderImageSource !== "none" || style.clipPath !== "none") return null;
    const own = parse(style.backgroundColor);
    if (!own) return null;
    const ownGround = over(own, around);
    const ratios = [contrast(ownGround, around)];
    for (const side of ["Top", "Right", "Bottom", "Left"]) {
      if (["none", "hidden"].includes(style[`border${side}Style`]) || parseFloat(style[`border${side}Width`]) < 0.5) continue;
      const edge = parse(style[`border${side}Color`]);
      if (!edge) return null;
      const seen = over(edge, ownGround);
      ratios.push(contrast(seen, around), contrast(seen, ownGround));
    }
    if (style.outlineStyle !== "none" && parseFloat(style.outlineWidth) > 0) ratios.push(contrast(over(parse(style.outlineColor) ?? [0, 0, 0, 1], around), around));
    for (const [colour] of style.boxShadow.matchAll(/rgba?\([^)]*\)/g)) ratios.push(contrast(over(parse(colour) ?? [0, 0, 0, 1], around), around));
    return Math.max(...ratios);
  };
  const fields = [];
  const FIELDS = "input:not([type=hidden], [type=submit], [type=button], [type=reset], [type=image], [type=checkbox], [type=radio], [type=range], [type=color], [type=file]), textarea, select";
  for (const element of [...document.querySelectorAll(FIELDS)].slice(0, 200)) {
    const box = element.getBoundingClientRect();
    if (element.disabled || element.matches(":disabled") || box.width < 20 || box.height < 10 || !isShown(element)) continue;
    let best = 0;
    // A frame around the field and what belongs to it is as good as one of its own.
    for (let at = element, level = 0; at && at !== document.body && level < 5; at = at.parentElement, level++) {
      const outer = at.getBoundingClientRect();
      if (level && (outer.height > box.height + 40 || outer.width > box.width + 240)) break;
      const around = at.parentElement ? ground(at.parentElement) : null;
      const ratio = around ? standsOut(at, around) : null;
      best = ratio === null ? Infinity : Math.max(best, ratio);
    }
    if (best < 3) fields.push({element: describe(element), ratio: Math.floor(best * 100) / 100});
  }

  // What changes about an element under the mouse, beyond its colour; not to be told where a style sheet cannot be read.
  const onHover = [];
  let isReadable = true;
  const MARKS = /^(?:text-decoration-line|border-(?:top|right|bottom|left)-style|background-(?:color|image)|box-shadow|outline-style|font-weight|font-style|text-transform|letter-spacing|content|transform|translate|scale|filter)$/;
  const NOTHING = /^(?:none|initial|normal|unset|inherit|transparent|hidden)$/;
  const read = rules => {
    for (const rule of rules) {
      if (rule instanceof CSSStyleRule && rule.selectorText.includes(":hover")) {
        const marks = [...rule.style].filter(name => MARKS.test(name) && !NOTHING.test(rule.style.getPropertyValue(name)));
        if (marks.length) onHover.push(rule.selectorText.replace(/:hover/g, "").replace(/::?(?:before|after)/g, ""));
      }
      if (rule.cssRules?.length) read(rule.cssRules);
    }
  };
  for (const sheet of [...document.styleSheets, ...document.adoptedStyleSheets]) {
    try { read(sheet.cssRules) } catch { isReadable = false }
  }
  const changesOnHover = element => onHover.some(selector => { try { return element.matches(selector) } catch { return true } });

  const links = [], plain = [];
  const letters = text => (text.match(/\p{L}/gu) ?? []).length;
  for (const element of [...document.querySelectorAll("a[href]")].slice(0, 3000)) {
    if (links.length + plain.length >= 20) break;
    const words = element.textContent.trim();
    if (!words || element.closest("nav, [role=navigation], [role=menu], svg, [aria-hidden=true]") || element.querySelector("img, svg, picture, video, i")) continue;
    const style = getComputedStyle(element);
    if (style.display !== "inline" || style.float !== "none" || style.position === "absolute" || !isShown(element)) continue;
    let block = element.parentElement;
    while (block && getComputedStyle(block).display === "inline") block = block.parentElement;
    if (!block || !/^(p|li|dd|dt|td|div|blockquote|figcaption|section|article|span|main)$/.test(block.localName)) continue;
    // The text of the same paragraph that is no link.
    let around = null, outside = 0;
    const walker = document.createTreeWalker(block, NodeFilter.SHOW_TEXT);
    for (let count = 0; walker.nextNode() && count < 300; count++) {
      const parent = walker.currentNode.parentElement;
      if (!walker.currentNode.data.trim() || parent.closest("a, button, script, style") || !isShown(parent)) continue;
      let own = parent;
      while (own !== block && getComputedStyle(own).display === "inline") own = own.parentElement;
      if (own !== block) continue;
      outside += letters(walker.currentNode.data);
      around ??= parent;
    }
    if (!around || outside < 8) continue;
    const other = getComputedStyle(around);
    let isMarked = false;
    for (const one of [element, ...element.querySelectorAll("*")]) {
      const own = getComputedStyle(one);
      const background = parse(own.backgroundColor);
      isMarked ||= own.textDecorationLine !== "none" || own.boxShadow !== "none" || own.backgroundImage !== "none" || own.outlineStyle !== "none" ||
        ["Bottom", "Top", "Left", "Right"].some(side => own[`border${side}Style`] !== "none" && parseFloat(own[`border${side}Width`]) > 0) ||
        !background || background[3] > 0 ||
        ["::before", "::after"].some(part => !["none", "normal", '""'].includes(getComputedStyle(one, part).content)) ||
        own.fontStyle !== other.fontStyle || Math.abs(own.fontWeight - other.fontWeight) >= 200 || own.fontFamily !== other.fontFamily ||
        own.fontSize !== other.fontSize || own.textTransform !== other.textTransform || own.fontVariant !== other.fontVariant;
    }
    for (let at = element.parentElement; at && at !== block.parentElement; at = at.parentElement) isMarked ||= getComputedStyle(at).textDecorationLine !== "none";
    const [one, two] = [parse(style.color), parse(other.color)];
    if (isMarked || !one || !two || one[3] < 1 || two[3] < 1) continue;
    const ratio = contrast(one, two);
    const told = {element: describe(element), ratio: Math.floor(ratio * 100) / 100};
    if (ratio < 3) links.push(told);
    else if (isReadable && ![element, ...element.querySelectorAll("*")].some(changesOnHover)) plain.push(told);
  }

  // Words for colours in the languages of the site, by the hue that they name.
  const NAMES = {
    red: /\b(?:red|rot(?:e[mnrs]?)?|ross[oaie])\b/i, green: /\b(?:green|grün(?:e[mnrs]?)?|verd[ei])\b/iu,
    blue: /\b(?:blue|blau(?:e[mnrs]?)?|blu|azzurr[oaie])\b/i, yellow: /\b(?:yellow|gelb(?:e[mnrs]?)?|giall[oaie])\b/i,
    orange: /\b(?:orange(?:[mnrs]|farben\w*)?|arancion[ei])\b/i,
  };
  const hueOf = colour => {
    const [red, green, blue] = colour.map(value => value / 255);
    const most = Math.max(red, green, blue), least = Math.min(red, green, blue), spread = most - least;
    if (spread < 0.2 || spread / most < 0.5) return "";
    const hue = 60 * (most === red ? ((green - blue) / spread + 6) % 6 : most === green ? (blue - red) / spread + 2 : (red - green) / spread + 4);
    return hue < 16 || hue > 340 ? "red" : hue < 42 ? "orange" : hue < 68 ? "yellow" : hue < 170 ? "green" : hue > 195 && hue < 260 ? "blue" : "";
  };
  const alone = [];
  const text = document.body?.innerText ?? "";
  const named = Object.keys(NAMES).filter(name => NAMES[name].test(text));
  if (named.length > 1) {
    for (const box of [...document.querySelectorAll("ul, ol, dl, tr, tbody")].slice(0, 500)) {
      const hues = new Map();
      const looks = new Set();
      for (const item of box.children) {
        const style = getComputedStyle(item);
        const colour = parse(style.color);
        const hue = colour && item.textContent.trim() && isShown(item) ? hueOf(colour) : "";
        if (!named.includes(hue) || item.querySelector("img, svg") || NAMES[hue].test(item.textContent) || item.matches("a") || item.querySelector("a[href]")) continue;
        hues.set(hue, item);
        looks.add([style.fontWeight, style.fontStyle, style.textDecorationLine, style.listStyleType, style.backgroundColor].join());
      }
      if (hues.size > 1 && looks.size === 1) alone.push({element: describe(box), hues: [...hues.keys()]});
    }
  }
  return {fields, links, plain, alone};
}
