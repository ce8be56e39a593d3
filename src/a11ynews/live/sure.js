// Which texts certainly have the contrast that axe asks for, so that it need not be asked about them; and whether anything at all is
// left that its rules on colour, those on places, or that on how a device is held could find. On most pages most texts are plain: opaque letters on the opaque
// ground of something that they stand in, and nothing else near them. What is not plain is left for axe. It is as axe 4.12 reckons (`KNOWN_CORE`):
// the ground is that of what lies under the middle of each line of a text, and only what the text stands in may lie there.
({styleOf, boxOf, insertedOf}) => {
  const spared = new Set(), nothing = {spared: null, colours: false, places: false, steady: false};
  const root = document.documentElement, body = document.body;
  if (!(root instanceof HTMLElement) || !(body instanceof HTMLBodyElement)) return nothing;
  const NEAR = 1, ROW = 64, MOST = 20000;
  const GRAPHICS = ["img", "canvas", "object", "iframe", "video", "svg"];
  const elements = document.querySelectorAll("*");
  if (elements.length > MOST) return nothing;

  // Where everything lies, by rows of the page.
  const rows = new Map(), rectsOf = new Map();
  for (const element of elements) {
    const rects = element.getClientRects();
    if (!rects.length) continue;
    rectsOf.set(element, rects);
    for (const {left, top, right, bottom} of rects) {  // each is asked for often, and to ask the browser takes longer
      const rect = {left, top, right, bottom}, last = Math.floor((bottom + NEAR) / ROW);
      for (let row = Math.floor((top - NEAR) / ROW); row <= last; row++) {
        const there = rows.get(row);
        if (there) there.push(element, rect); else rows.set(row, [element, rect]);
      }
    }
  }

  const once = find => {
    const known = new Map();
    return text => {
      let found = known.get(text);
      if (found === undefined) known.set(text, found = find(text));
      return found;
    };
  };
  const rgb = once(text => {
    const found = /^rgba?\((\d+), (\d+), (\d+)(?:, ([\d.]+))?\)$/.exec(text);
    return found && [+found[1], +found[2], +found[3], found[4] === undefined ? 1 : +found[4]];
  });
  const luminance = once(([r, g, b]) => [0.2126 * linear(r), 0.7152 * linear(g), 0.0722 * linear(b)].reduce((sum, part) => sum + part));
  const linear = part => (part /= 255) <= 0.03928 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  const hasDrawing = element => insertedOf(element).some(style =>
    style.position === "absolute" && !(rgb(style.backgroundColor)?.[3] === 0 && style.backgroundImage === "none"));
  // What there is to know of an element and all that it stands in; null where it is not plain.
  const known = new Map();
  const about = element => {
    if (known.has(element)) return known.get(element);
    known.set(element, null);
    const parent = element === root ? {floats: false, stands: false, grounds: []} : element.parentElement && about(element.parentElement);
    if (!parent || !(element instanceof HTMLElement) || element.shadowRoot || GRAPHICS.includes(element.localName)) return null;
    const style = styleOf(element), ground = rgb(style.backgroundColor);
    const floats = parent.floats || style.cssFloat !== "none", stands = parent.stands || style.position !== "static" ||
      style.transform !== "none" || style.perspective !== "none" || style.clipPath !== "none" || style.isolation !== "auto" || style.willChange !== "auto" ||
      style.contain !== "none";
    const isPlain = ground && (ground[3] === 0 || ground[3] === 1) && style.backgroundImage === "none" && style.opacity === "1" &&
      style.mixBlendMode === "normal" && style.filter === "none" && style.maskImage === "none" && (style.maskBorderSource ?? "none") === "none" &&
      style.zIndex === "auto" && !(floats && stands) && (element === root || element === body || style.overflow === "visible") &&
      !/inset|circle|polygon|path|url/.test(style.clipPath) && !hasDrawing(element);
    if (!isPlain) return null;
    const found = {floats, stands, style, element, grounds: ground[3] ? [{element, colour: ground, isInline: style.display === "inline"}, ...parent.grounds] : parent.grounds};
    known.set(element, found);
    return found;
  };
  const {contains} = Node.prototype;  // a form's own may be its field of that name
  const isIn = (rect, x, y, by) => x > rect.left - by && x < rect.right + by && y > rect.top - by && y < rect.bottom + by;
  const isWithin = (rect, box) => rect.top >= box.top && rect.bottom <= box.bottom && rect.left >= box.left && rect.right <= box.right;
  const TEXT = Node.TEXT_NODE, WHITE = [255, 255, 255, 1];
  const ownTexts = element => {
    const texts = [];
    for (let node = element.firstChild; node; node = node.nextSibling) if (node.nodeType === TEXT && /\S/.test(node.data)) texts.push(node);
    return texts;
  };
  // Letters and digits but for those of private use, and in the planes beyond the first; most texts have one of the plainest.
  const hasLetters = texts => texts.some(({data}) => /[a-z\d]/i.test(data)) ||
    /[\p{L}\p{N}]/u.test(texts.map(text => text.data).join(" ").replace(/[\ue000-\uf8ff]|[\ud800-\udfff]/g, ""));
  const isPartOf = (some, all) => {
    for (const one of some) if (!all.has(one)) return false;
    return true;
  };
  const range = document.createRange(), bodyBox = boxOf(body);
  const isSure = (element, texts) => {
    const plain = about(element);
    if (!plain || !hasLetters(texts)) return false;
    const {style} = plain, colour = rgb(style.color);
    if (!colour || colour[3] !== 1 || style.webkitTextFillColor !== style.color || parseFloat(style.webkitTextStrokeWidth) || style.textShadow !== "none") return false;
    const behind = plain.grounds[0]?.colour ?? WHITE;
    const size = Math.ceil(parseFloat(style.fontSize) * 72) / 96;
    const expected = size >= 18 || (size >= 14 && parseFloat(style.fontWeight) >= 700) ? 3 : 4.5;
    const [one, other] = [luminance(colour), luminance(behind)];
    if ((Math.max(one, other) + 0.05) / (Math.min(one, other) + 0.05) < expected + 0.01) return false;
    const box = boxOf(element);
    // The ground must reach as far as the text; that of the page goes on as far as the page can be scrolled.
    const ground = plain.grounds[0]?.isInline ? null : plain.grounds[0]?.element;
    const reach = ground && {...boxOf(ground).toJSON()};
    if (ground === root) [reach.right, reach.bottom] = [reach.left + root.scrollWidth, reach.top + root.scrollHeight];
    let under = null;
    for (const text of texts) {
      range.selectNodeContents(text);
      for (const rect of range.getClientRects()) {
        if (rect.width < 1 || rect.height < 1) continue;
        const x = rect.left + rect.width / 2, y = rect.top + rect.height / 2;
        if (!isIn(box, x, y, -NEAR) && !isIn(box, x, y, 0)) return false;
        if (reach && !isWithin(rect, reach)) return false;
        if (!isWithin(rect, bodyBox)) return false;
        const there = rows.get(Math.floor(y / ROW)) ?? [], here = new Set(), atEdge = new Set();
        for (let at = 0; at < there.length; at += 2) {
          const [one, its] = [there[at], there[at + 1]];
          if (!isIn(its, x, y, NEAR)) continue;
          if (one !== element && !contains.call(one, element)) return false;
          (isIn(its, x, y, -NEAR) ? here : atEdge).add(one);
        }
        for (const one of atEdge) if (!here.has(one)) return false;
        // Each line lies over the same elements, all that the text stands in among them.
        if (!here.has(element) || (under && (under.size !== here.size || !isPartOf(here, under)))) return false;
        if (plain.grounds.some(({element: one}) => one !== root && !here.has(one)) || !here.has(body)) return false;
        under = here;
      }
    }
    return under !== null;
  };

  // As axe takes a text for hidden: cut to nothing, or outside the page.
  const isHidden = element => {
    if (!element.checkVisibility({visibilityProperty: true, opacityProperty: true})) return true;
    const {right, bottom, left, top} = boxOf(element);
    if ((bottom <= 0 && top < 0) || (right <= 0 && left < 0 && styleOf(body).direction === "ltr")) return true;
    for (let at = element; at; at = at.parentElement) {
      const {clip, clipPath, position} = styleOf(at);
      const cut = /^rect\((\d+)px,? (\d+)px,? (\d+)px,? (\d+)px\)$/.exec(clip);
      if (cut && /absolute|fixed/.test(position) && cut[3] - cut[1] <= 0 && cut[2] - cut[4] <= 0) return true;
      if (/^inset\((?:[5-9]\d|100)(?:\.\d+)?%\)$/.test(clipPath)) return true;
    }
    return false;
  };
  const isScrolled = root.scrollTop || body.scrollTop || window.scrollX || window.scrollY;
  let colours = !isScrolled, hasShadows = false;
  for (const element of elements) {
    if (element.shadowRoot) hasShadows = true;
    // By the local name, which is in small letters in XHTML, too; `nodeName` is in capitals in HTML alone.
    if (/^(?:option|script|style|title|noscript|template|head)$/.test(element.localName)) continue;
    const isField = /^(?:input|select|textarea)$/.test(element.localName);
    const texts = isField ? [] : ownTexts(element);
    if (!texts.length && !isField) continue;
    if (!isField && !isScrolled && isSure(element, texts)) spared.add(element);
    else if (colours && !isHidden(element)) colours = false;
  }
  colours &&= !hasShadows;

  // Links that are told from the text around them by more than colour, or have no text around them.
  const isInUnderlined = link => {
    for (let at = link.parentElement; at; at = at.parentElement) if (styleOf(at).textDecorationLine.includes("underline")) return true;
    return false;
  };
  const isLink = "a[href], [role=link]";
  if (colours) {
    colours = [...document.querySelectorAll(isLink)].every(link => {
      const style = styleOf(link);
      if (style.display !== "inline") return /^(?:block|list-item|flex|grid|table|none|inline-block)$/.test(style.display) || isHidden(link);
      if (style.textDecorationLine.includes("underline") && !isInUnderlined(link)) return true;
      return isHidden(link);
    });
  }

  // Nothing scrolls by itself; and whatever is to be hit is large, or far enough from the next, or a word in a text.
  const TARGETS = "a[href], area, button, input:not([type=hidden]), select, textarea, summary, details, iframe, object, embed, [contenteditable], [role], audio, video";
  const SIZE = 24;
  const isInText = element => {
    if (styleOf(element).display !== "inline") return false;
    for (const side of ["previousSibling", "nextSibling"]) {
      for (let at = element[side]; at; at = at[side]) {
        if (at.nodeType === Node.TEXT_NODE ? at.data.trim() : at.nodeType === Node.ELEMENT_NODE) {
          if (at.nodeType === Node.TEXT_NODE) return true;
          break;
        }
      }
    }
    return false;
  };
  const isClearOf = (element, others) => {
    const box = boxOf(element), isLarge = box.width >= SIZE && box.height >= SIZE;
    return others.every(other => {
      if (other === element) return true;
      const its = boxOf(other);
      if (isLarge && (its.right <= box.left || its.left >= box.right || its.bottom <= box.top || its.top >= box.bottom)) return true;
      return [...rectsOf.get(element)].every(rect => {
        const x = rect.left + rect.width / 2, y = rect.top + rect.height / 2;
        return Math.hypot(x - Math.min(Math.max(x, its.left), its.right), y - Math.min(Math.max(y, its.top), its.bottom)) > SIZE + NEAR;
      });
    });
  };
  const placesAreSure = () => {
    if (hasShadows || isScrolled) return false;
    for (const element of rectsOf.keys()) {
      if (element.scrollWidth > element.clientWidth || element.scrollHeight > element.clientHeight) {
        const {overflowX, overflowY} = styleOf(element);
        if (/auto|scroll/.test(overflowX + overflowY)) return false;
      }
    }
    const targets = [...document.querySelectorAll(TARGETS)].filter(element => rectsOf.has(element) && !isHidden(element));
    return targets.length < 300 && targets.every(element => isInText(element) || isClearOf(element, targets));
  };
  // There are styles, all of them can be read, and none goes by how the device is held.
  const isSteady = () => {
    const sheets = [...document.styleSheets];
    try {
      return !hasShadows && sheets.length > 0 && sheets.every(sheet => !sheet.disabled && !sheet.media.mediaText && sheet.cssRules.length &&
        [...sheet.cssRules].every(rule => !(rule instanceof CSSImportRule) && !(rule instanceof CSSMediaRule && /orientation/i.test(rule.cssText))));
    } catch { return false }  // of another origin
  };
  return {spared, colours, places: placesAreSure(), steady: isSteady()};
}
