// What a walk by the keyboard meets. Ears for the focus are put on the page once; then `part` says what is asked for.
async (describe, {part, ...asked}) => {
  const key = Symbol.for("a11ynews walk");
  const owner = element => {  // the element of the page itself that an element in a frame belongs to
    let at = element;
    while (at.ownerDocument !== document) at = at.ownerDocument.defaultView?.frameElement ?? document.body;
    return at;
  };
  const begin = () => {
    const elements = [], ids = new Map(), told = new Set();
    const walk = {log: [], key: null};
    const idOf = element => {
      if (!ids.has(element)) { ids.set(element, elements.length); elements.push(element) }
      return ids.get(element);
    };
    const listen = view => {
      const node = view.Element;
      view.addEventListener("focus", event => {
        const target = event.composedPath()[0];
        if (target instanceof node) walk.log.push(["focus", idOf(target)]);
      }, true);
      view.addEventListener("blur", event => {
        const next = event.relatedTarget;
        if (event.target instanceof node) walk.log.push(["to", next instanceof node ? idOf(next) : -1]);
      }, true);
      view.addEventListener("keydown", event => { walk.key = event }, true);
      for (const kind of [view.HTMLElement, view.SVGElement]) {
        const focus = kind.prototype.focus;
        kind.prototype.focus = function (...given) {
          if (!walk.isOurs) walk.log.push(["asked", idOf(this)]);
          return focus.apply(this, given);
        };
      }
      for (const frame of view.document.querySelectorAll("iframe, frame")) {
        try { if (frame.contentDocument) listen(frame.contentWindow) } catch { /* it is not of this site */ }
      }
    };
    listen(window);
    const active = () => {
      let at = document.activeElement;
      while (at) {
        let inner = at.shadowRoot?.activeElement ?? null;
        if (!inner && ["iframe", "frame", "object"].includes(at.localName)) {
          try { inner = at.contentDocument?.activeElement ?? null } catch { /* it is not of this site */ }
          if (inner && (inner === inner.ownerDocument.body || inner === inner.ownerDocument.documentElement)) inner = null;
        }
        if (!inner) break;
        at = inner;
      }
      return !at || at === document.body || at === document.documentElement ? null : at;
    };
    const facts = element => {
      const top = owner(element);
      const box = element.getBoundingClientRect();
      const style = getComputedStyle(element);
      let isFixed = false;
      for (let at = top; at; at = at.parentElement ?? at.getRootNode().host ?? null) {
        if (["fixed", "sticky"].includes(getComputedStyle(at).position)) { isFixed = true; break }
      }
      const dialog = top.closest("dialog, [role=dialog], [role=alertdialog], [aria-modal=true]");
      // Of an element in a frame the way to it leads through those around it, and it is left out where one of them is.
      const way = [describe(element)];
      for (let at = element; at.ownerDocument !== document;) {
        at = at.ownerDocument.defaultView?.frameElement;
        if (!at) break;
        way.unshift(describe(at));
      }
      const told = {...way.at(-1), target: way.flatMap(one => one.target), leftOut: way.find(one => one.leftOut >= 0)?.leftOut ?? -1};
      if (way.length > 1) told.xpath = "";
      return {
        element: told, frame: top === element ? [] : way[0].target, isFixed, inDialog: !!dialog,
        x: box.left + scrollX, y: box.top + scrollY, width: box.width, height: box.height,
        // A part that has stops of its own which nobody sees from outside: dates, films, frames of other sites, closed shadow roots.
        hasInner: /^(video|audio|iframe|frame|object|embed)$/.test(element.localName) || element.localName.includes("-")
          || (element.localName === "input" && /^(date|time|month|week|datetime-local|color|file)$/.test(element.type)),
        isControl: element.matches("a[href], area[href], button, input, select, textarea, summary"),
        isShown: box.width > 1 && box.height > 1 && style.visibility === "visible",
      };
    };
    Object.assign(walk, {
      elements, idOf, active,
      state() {
        const at = active(), id = at ? idOf(at) : -1;
        const log = walk.log, fresh = {};
        for (const one of [id, ...log.map(([, one]) => one)]) {
          if (one >= 0 && !told.has(one) && elements[one].isConnected) { told.add(one); fresh[one] = facts(elements[one]) }
        }
        const said = {
          at: id, log, isPrevented: !!walk.key?.defaultPrevented, fresh,
          text: document.body?.textContent.length ?? 0,
        };
        walk.log = []; walk.key = null;
        return said;
      },
    });
    return walk;
  };
  const walk = window[key] ??= begin();
  const wait = ms => new Promise(done => setTimeout(done, ms));
  if (part === "state") { await wait(asked.pause); return walk.state() }
  // Whether one stop comes before another in the page.
  if (part === "isBefore") {
    const [a, b] = asked.ids.map(id => owner(walk.elements[id]));
    return !!(a.compareDocumentPosition(b) & Node.DOCUMENT_POSITION_FOLLOWING);
  }
  // Whether a dialog makes all that is behind it inert.
  if (part === "hasModal") return !!document.querySelector(":modal");
  if (part === "focus") {
    walk.isOurs = true;
    try { walk.elements[asked.id].focus() } finally { walk.isOurs = false }
    await wait(asked.pause);
    return walk.state();
  }
  return null;
}
