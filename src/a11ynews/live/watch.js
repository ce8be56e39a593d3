// Notes, from a page's first moment on, what changes by itself: texts, places and sizes of elements, scrolled parts. Runs before the
// page's own scripts, in a tab where nobody does anything.
(() => {
  if (window !== window.top) return;
  const MOST_RECORDS = 30000, MOST_BOXES = 6000, MOST_ELEMENTS = 400;
  const seen = {texts: new Map(), boxes: new Map(), scrolled: new Map(), since: 0};
  window[Symbol.for("a11ynews watch")] = seen;
  const now = () => performance.now();
  let records = 0, boxes = 0;
  const note = (map, element, sign) => {
    const known = map.get(element);
    if (!known) {
      if (map.size < MOST_ELEMENTS) map.set(element, {sign, times: []});
    } else if (known.sign !== sign) {
      known.sign = sign;
      if (known.times.length < 2000) known.times.push(now());
    }
  };
  const textOf = element => element.textContent.replace(/\s+/g, " ").trim().slice(0, 2000);
  const boxOf = element => {
    const box = element.getBoundingClientRect(), {opacity, visibility} = getComputedStyle(element);
    return [box.left, box.top, box.width, box.height].map(Math.round).join() + opacity + visibility;
  };
  const look = list => {
    records += list.length;
    if (records > MOST_RECORDS) return observer.disconnect();
    const [texts, moved] = [new Set(), new Set()];
    for (const {type, target} of list) {
      const element = target.nodeType === Node.ELEMENT_NODE ? target : target.parentElement;
      if (!element || !document.body?.contains(element)) continue;
      if (type === "attributes") moved.add(element);
      else if (element !== document.body) texts.add(element);
    }
    for (const element of texts) note(seen.texts, element, textOf(element));
    for (const element of moved) if (boxes++ < MOST_BOXES) note(seen.boxes, element, boxOf(element));
  };
  const observer = new MutationObserver(look);
  const options = {subtree: true, childList: true, characterData: true, attributes: true, attributeFilter: ["style", "class", "hidden", "src"]};
  observer.observe(document, options);
  const attach = Element.prototype.attachShadow;
  Element.prototype.attachShadow = function (...given) {
    const root = attach.apply(this, given);
    observer.observe(root, options);
    return root;
  };
  // Events of scrolling come with frames, and where time runs ahead there are few.
  const scrollers = () => [...document.querySelectorAll("body *")].slice(0, 20000).filter(element =>
    element.scrollWidth > element.clientWidth + 8 || element.scrollHeight > element.clientHeight + 8)
    .filter(element => getComputedStyle(element).overflow !== "visible").slice(0, 100);
  addEventListener("load", () => {
    // What is there is the first state of it; what changes while it loads is no motion.
    const begin = () => {
      seen.since = now();
      for (const map of [seen.texts, seen.boxes, seen.scrolled]) for (const known of map.values()) known.times.length = 0;
      const elements = scrollers();
      const lookAtThem = () => { for (const element of elements) note(seen.scrolled, element, `${element.scrollLeft} ${element.scrollTop}`) };
      lookAtThem();
      if (elements.length) setInterval(lookAtThem, 500);
    };
    setTimeout(begin, 1000);
  });
})()
