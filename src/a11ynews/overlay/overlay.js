/*
 * The live preview in the page: it loads the page anew when something in it has changed, and tells of each text what it is, where it
 * was written and how it stands; a translator changes it in place. All of it is in a shadow root at the end of the body. Nothing
 * of this is in a deployed site.
 */
"use strict";

(() => {
  const script = document.currentScript;
  const {version, token} = script.dataset;
  const isOwn = "own" in script.dataset;  // one of the preview's own pages: there are no texts to tell of
  const address = location.pathname + location.search;
  const PREFIX = "/.a11ynews/";
  const TEXT = "data-a11ynews-text";
  const narrow = matchMedia("(max-width: 55em)");  // as in overlay.css

  // -- what outlives a reload ---------------------------------------------------------------------------------------------

  const memory = (() => {
    const name = "a11ynews-preview";
    let kept = {};
    try { kept = JSON.parse(sessionStorage.getItem(name)) || {}; } catch { /* begin anew */ }
    return {
      get: key => kept[key],
      set: (key, value) => {
        kept[key] = value;
        try { sessionStorage.setItem(name, JSON.stringify(kept)); } catch { /* a browser that keeps nothing */ }
      },
    };
  })();

  let panel = null;  // the overlay, once its data is there
  let isWaiting = false;  // the page is another one on the disk, and somebody is typing

  const steps = element => {
    const way = [];
    for (let at = element; at && at !== document.documentElement; at = at.parentElement) {
      way.unshift(`${at.localName}:nth-of-type(${[...at.parentElement.children].filter(one => one.localName === at.localName).indexOf(at) + 1})`);
    }
    return way.join(" > ");
  };

  let isLeaving = false;
  const reload = said => {
    if (isLeaving) return;
    isLeaving = true;
    const focused = document.activeElement;
    memory.set("said", said);
    memory.set("scroll", [address, scrollX, scrollY]);
    memory.set("focus", panel?.hasFocus() ? panel.focusKey() : focused && focused !== document.body ? {
      at: steps(focused), words: focused.textContent.slice(0, 80), value: focused.value, from: focused.selectionStart,
    } : null);
    panel?.remember();
    location.reload();
  };

  const restore = () => {
    const [where, x, y] = memory.get("scroll") || [];
    if (where === address) scrollTo({left: x, top: y, behavior: "instant"});
    memory.set("scroll", null);
    const focus = memory.get("focus");
    if (!focus?.at) return;
    let found = null;
    try { found = document.querySelector(focus.at); } catch { /* it is not there any more */ }
    if (!found) return;
    if (focus.value !== undefined && "value" in found && found.localName === "input") found.value = focus.value;
    found.focus({preventScroll: true});
    try { if (focus.from != null) found.setSelectionRange(focus.from, focus.from); } catch { /* not a field of text */ }
  };

  // -- changes on the disk ------------------------------------------------------------------------------------------------

  let events = null;
  const listen = () => {
    events = new EventSource(`${PREFIX}events?view=${encodeURIComponent(address)}&version=${version}`);
    events.addEventListener("page", () => {
      isWaiting = true;
      if (panel?.isTyping()) panel.say("changed"); else reload("reloaded");
    });
    events.addEventListener("texts", () => panel?.refresh());
    events.addEventListener("error", () => panel?.lose());
    events.addEventListener("open", () => panel?.find());
  };
  // A browser holds few connections to one host: a page that nobody looks at keeps none.
  const look = () => {
    if (document.hidden) { events?.close(); events = null; } else if (!events) listen();
  };
  document.addEventListener("visibilitychange", look);
  addEventListener("pagehide", () => { events?.close(); events = null; });
  addEventListener("pageshow", look);

  // -- building -----------------------------------------------------------------------------------------------------------

  const h = (tag, attributes, ...children) => {
    const element = document.createElement(tag);
    for (const [name, value] of Object.entries(attributes || {})) {
      if (value === null || value === undefined || value === false) continue;
      if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
      else element.setAttribute(name, value === true ? "" : value);
    }
    element.append(...children.flat(Infinity).filter(child => child !== null && child !== undefined && child !== false));
    return element;
  };

  const isClosed = text => !text.entry;
  const kindOf = text => text.state === "fuzzy" ? "fuzzy" : text.open ? "open" : text.state === "translated" ? "done" : "";
  const FILTERS = {
    all: () => true,
    to_translate: text => text.open,
    fuzzy: text => text.state === "fuzzy",
    alts: text => text.role === "alt",
    machine: text => text.machine,
    found: text => text.findings.some(finding => !finding.accepted),
  };

  class Panel {
    constructor(data) {
      this.host = document.createElement("a11ynews-preview");
      const root = this.root = this.host.attachShadow({mode: "open"});
      this.boxes = h("div", {class: "boxes", "aria-hidden": "true"});
      this.toggle = h("button", {class: "toggle", type: "button", "aria-expanded": "false", "aria-controls": "panel", "data-key": "toggle", onclick: () => this.open(true)});
      this.said = h("p", {class: "said", role: "status"});
      this.card = h("div", {class: "card", role: "tooltip", hidden: true});
      this.panel = h("div", {class: "panel", id: "panel", hidden: true});
      this.aside = h("aside", {}, this.boxes, this.toggle, this.panel, this.card);
      root.append(h("link", {rel: "stylesheet", href: `${PREFIX}overlay.css?${new URL(script.src).search.slice(1)}`}), this.aside);
      this.sheet = new CSSStyleSheet();
      document.adoptedStyleSheets = [...document.adoptedStyleSheets, this.sheet];
      this.chosen = memory.get(`chosen ${data.page.record} ${data.page.language}`) || null;
      this.filter = FILTERS[memory.get("filter")] ? memory.get("filter") : "all";
      this.isOpen = false;
      this.forms = new Map();
      this.take(data);
      this.listen();
      document.body.append(this.host);
      // Nothing is shown before its style is there.
      root.querySelector("link").addEventListener("load", () => { this.makeRoom(); this.drawBoxes(); });
      if (memory.get("open")) this.open(false);
      else this.makeRoom();
      this.tellKept();
    }

    word(name, values) {
      return Object.entries(values || {}).reduce((words, [key, value]) => words.replace(`{${key}}`, () => value), this.data.words[name]);
    }

    take(data) {
      this.data = data;
      this.version = JSON.stringify(data);
      this.aside.lang = data.language;
      this.aside.dir = "ltr"; // as the overlay's languages run, whichever way the page does
      this.aside.setAttribute("aria-label", data.words.preview);
      this.byId = new Map(data.texts.map(text => [text.id, text]));
      const open = data.texts.filter(FILTERS.to_translate).length;
      const found = data.texts.filter(FILTERS.found).length + data.findings.filter(finding => !finding.accepted).length;
      const counted = [open && `${this.word("to_translate")}: ${open}`, found && `${this.word("findings")}: ${found}`].filter(Boolean);
      this.toggle.textContent = [this.word("preview"), ...counted].join(" · ");
      this.draw();
    }

    // -- the list ---------------------------------------------------------------------------------------------------------

    draw() {
      const {data} = this;
      const counts = Object.entries(FILTERS).map(([name, takes]) => [name, data.texts.filter(takes).length]);
      const select = h("select", {id: "filter", "data-key": "filter", onchange: () => {
        this.filter = select.value;
        memory.set("filter", this.filter);
        this.drawList();
      }}, counts.map(([name, n]) => h("option", {value: name, selected: name === this.filter}, `${this.word(name)} (${n})`)));
      this.list = h("ol", {class: "texts"});
      this.empty = h("p", {hidden: true}, this.word("none"));
      const whole = data.findings;
      this.rest = h("div", {class: "rest"});
      this.panel.replaceChildren(
        h("div", {class: "top"},
          h("div", {class: "head"},
            h("h2", {}, `${this.word("title")}: ${data.page.name}`),
            h("a", {href: "/", "data-key": "list"}, this.word("list")),
            h("button", {type: "button", "data-key": "close", onclick: () => this.close()}, this.word("close"))),
          h("div", {class: "filter"}, h("label", {for: "filter"}, this.word("show")), select),
          this.said),
        this.rest);
      this.rest.replaceChildren(
        data.stops.length ? h("div", {class: "stops"}, h("strong", {}, this.word("stops")), h("ul", {}, data.stops.map(stop => h("li", {}, h("code", {translate: "no"}, stop.place), " ", h("span", {lang: stop.language}, stop.message))))) : "",
        this.list,
        this.empty,
        whole.length ? h("section", {}, h("h3", {}, this.word("page_findings")), this.findings(whole)) : "",
      );
      this.drawList();
    }

    drawList() {
      const shown = this.data.texts.filter(text => FILTERS[this.filter](text) || (text.id === this.chosen && this.forms.get(text.id)?.isDirty()));
      this.list.replaceChildren(...shown.map(text => this.row(text)));
      this.empty.hidden = shown.length > 0;
      this.drawBoxes();
    }

    row(text) {
      const isChosen = text.id === this.chosen;
      const button = h("button", {class: "text", type: "button", "aria-expanded": String(isChosen), "data-key": `text ${text.id}`, onclick: () => this.choose(isChosen ? null : text.id)},
        h("span", {class: "what"}, this.upper(text.name), " · ", h("span", {class: "standing"}, text.standing)),
        h("span", {lang: text.language, dir: text.direction}, text.words.length > 120 && !isChosen ? `${text.words.slice(0, 118)}…` : text.words),
        text.findings.some(finding => !finding.accepted) && h("span", {class: "what"}, `${this.word("findings")}: ${text.findings.filter(finding => !finding.accepted).length}`));
      button.addEventListener("focus", () => this.point(text, true));
      button.addEventListener("blur", () => this.point(null));
      button.addEventListener("pointerenter", () => this.point(text));
      button.addEventListener("pointerleave", () => this.point(null));
      const row = h("li", {class: kindOf(text), "data-id": text.id}, button);
      if (isChosen) row.append(this.detail(text));
      return row;
    }

    upper(words) { return words.charAt(0).toLocaleUpperCase(this.data.language) + words.slice(1); }

    detail(text) {
      const picture = this.pictureOf(text);
      const term = (name, ...content) => [h("dt", {}, name), ...content.map(one => h("dd", {}, one))];
      return h("div", {class: "detail"},
        picture && h("figure", {}, h("img", {src: picture, alt: ""}), h("figcaption", {class: "what"}, this.word("picture"))),
        h("dl", {},
          text.source && term(this.word("source"), h("span", {lang: text.source[1], dir: "auto"}, text.source[0])),
          text.previous && term(this.word("previous"), h("span", {lang: text.previous[1], dir: "auto"}, text.previous[0])),
          text.beside.map(([name, words, language]) => term(`${this.word("beside")}: ${name}`, h("span", {lang: language, dir: "auto"}, words)))),
        text.findings.length ? [h("h3", {}, this.word("findings")), this.findings(text.findings)] : null,
        isClosed(text) ? h("p", {class: "what"}, text.closed || "") : this.form(text).element,
        text.notes?.length ? h("details", {}, h("summary", {}, this.word("notes")), h("ul", {class: "notes", lang: "en"}, text.notes.map(note => h("li", {}, note)))) : null,
        text.comments?.length ? h("details", {}, h("summary", {}, this.word("comments")), h("ul", {class: "notes"}, text.comments.map(note => h("li", {}, note)))) : null,
        h("dl", {},
          term(this.word("places"), text.places.join("; ")),
          term(this.word("where"), ...text.where.map(([what, place]) => h("span", {}, `${what} `, h("code", {translate: "no"}, place))))));
    }

    findings(list) {
      return h("ul", {class: "findings"}, list.map(finding => h("li", {class: finding.accepted ? "" : finding.severity},
        h("span", {class: "weight"}, `${finding.accepted ? this.word("accepted", {reason: finding.accepted}) : finding.weight}: `), h("span", {lang: finding.language}, finding.message),
        h("span", {class: "what"}, " ", h("code", {translate: "no"}, finding.place), ` [${finding.rule}]${finding.wcag.length ? ` WCAG ${finding.wcag.join(", ")}` : ""}`))));
    }

    // -- a text on the page -----------------------------------------------------------------------------------------------

    elementsOf(text) {
      return [...document.querySelectorAll(`[${TEXT}~="${text.id}"]`)];
    }

    textsOf(element) {
      const found = element.closest?.(`[${TEXT}]`);
      return found ? found.getAttribute(TEXT).split(" ").map(id => this.byId.get(id)).filter(Boolean) : [];
    }

    pictureOf(text) {
      if (!["alt", "caption", "credit", "description"].includes(text.role)) return null;
      for (const element of this.elementsOf(text)) {
        const image = element.localName === "img" ? element : element.closest("figure")?.querySelector("img");
        if (image) return image.currentSrc || image.src;
      }
      return null;
    }

    place(box, rectangle) {
      box.style.left = `${rectangle.left + scrollX - 3}px`;
      box.style.top = `${rectangle.top + scrollY - 3}px`;
      box.style.width = `${rectangle.width + 6}px`;
      box.style.height = `${rectangle.height + 6}px`;
    }

    drawBoxes() {
      this.boxes.replaceChildren();
      if (!this.isOpen) return;
      const drawn = [];
      for (const text of this.data.texts) {
        const kind = text.id === this.pointed?.id ? "current" : kindOf(text) === "done" ? "" : kindOf(text) || (FILTERS.found(text) ? "found" : "");
        if (!kind) continue;
        for (const element of this.elementsOf(text)) {
          const rectangle = element.getBoundingClientRect();
          if (!rectangle.width || !rectangle.height) continue;
          const box = h("div", {class: `box ${kind}`});
          this.place(box, rectangle);
          drawn.push(box);
        }
      }
      this.boxes.append(...drawn);
    }

    point(text, intoView = false) {
      this.pointed = text;
      if (intoView && text) this.elementsOf(text)[0]?.scrollIntoView({block: "nearest", behavior: "instant"});
      this.drawBoxes();
    }

    tell(texts, element) {
      this.card.replaceChildren(...texts.slice(0, 4).flatMap((text, n) => [
        n ? h("hr", {}) : null,
        h("p", {}, h("strong", {}, this.upper(text.name)), " · ", text.standing),
        ...text.where.map(([what, place]) => h("p", {}, `${what} `, h("code", {translate: "no"}, place))),
        text.limit ? h("p", {class: "what"}, this.lengthOf(text, [...text.words].length)) : null,
        text.findings.length ? h("p", {class: "what"}, `${this.word("findings")}: ${text.findings.length}`) : null,
      ]).filter(Boolean));
      this.card.hidden = false;
      const around = element.getBoundingClientRect(), card = this.card.getBoundingClientRect();
      const width = document.documentElement.clientWidth, height = innerHeight - (narrow.matches ? this.panel.offsetHeight : 0);
      // It touches the text, so that the mouse can go over to it.
      const below = around.bottom + card.height < height ? around.bottom : Math.max(0, around.top - card.height);
      this.card.style.left = `${Math.max(8, Math.min(around.left, width - card.width - 8))}px`;
      this.card.style.top = `${below}px`;
    }

    untell() { this.card.hidden = true; }

    lengthOf(text, n) {
      if (text.limit && n > text.limit) return this.word("too_long", {n, most: text.limit});
      if (text.better) return this.word("length_better", {n, most: text.limit, better: text.better});
      return text.limit ? this.word("length_most", {n, most: text.limit}) : this.word("length", {n});
    }

    // -- opening and closing ----------------------------------------------------------------------------------------------

    makeRoom() {
      // Before its style is there, the panel is as wide as the window: it will be as wide as it was.
      const width = getComputedStyle(this.panel).position === "fixed" ? this.panel.offsetWidth : memory.get("width") || 0;
      // Whatever the panel or its button would cover can be scrolled out from under it.
      const room = !this.isOpen ? "margin-bottom: 4.5rem !important; scroll-padding-bottom: 4.5rem !important"
        : narrow.matches ? "margin-bottom: 55vh !important; scroll-padding-bottom: 57vh !important"
        : `margin-right: ${width}px !important`;
      this.sheet.replaceSync(`@media screen { html { ${room} } }`);
    }

    open(byHand) {
      this.isOpen = true;
      memory.set("open", true);
      this.panel.hidden = false;
      this.toggle.hidden = true;
      this.toggle.setAttribute("aria-expanded", "true");
      this.makeRoom();
      this.drawBoxes();
      if (byHand) this.focus(this.chosen ? `text ${this.chosen}` : "filter");
    }

    close() {
      if (this.isTyping() && !this.discardTwice()) return;
      this.isOpen = false;
      memory.set("open", false);
      this.untell();
      this.point(null);
      this.panel.hidden = true;
      this.toggle.hidden = false;
      this.toggle.setAttribute("aria-expanded", "false");
      this.makeRoom();
      this.drawBoxes();
      this.toggle.focus();
    }

    choose(id, focus = null) {
      const before = this.chosen;
      if (before && before !== id && this.forms.get(before)?.isDirty() && !this.discardTwice()) return;
      this.chosen = id;
      this.forms.clear();
      memory.set(`chosen ${this.data.page.record} ${this.data.page.language}`, id);
      const key = focus || this.focusKey()?.key;
      this.drawList();
      if (this.later) this.renew(this.later);
      if (key) this.focus(key);
      if (id) this.list.querySelector(`[data-id="${id}"]`)?.scrollIntoView({block: "start", behavior: "instant"});
      if (isWaiting) reload("reloaded");
    }

    hasFocus() { return this.root.activeElement !== null; }

    focusKey() {
      const focused = this.root.activeElement;
      return focused ? {key: focused.dataset.key, from: focused.selectionStart, to: focused.selectionEnd} : null;
    }

    focus(key, from, to) {
      const found = [...this.root.querySelectorAll("[data-key]")].find(one => one.dataset.key === key && one.checkVisibility());
      if (!found) return false;
      found.focus();
      if (from != null && found.localName === "textarea") found.setSelectionRange(from, to);
      return true;
    }

    /* What scrolls: the list, or in a small window all of the panel. */
    get scroller() { return this.panel.scrollHeight > this.panel.clientHeight + 1 ? this.panel : this.rest; }

    remember() {
      memory.set("scrolled", this.scroller.scrollTop);
      if (!narrow.matches) memory.set("width", this.panel.offsetWidth);
    }

    tellKept() {
      const focus = memory.get("focus");
      if (focus?.key && !this.focus(focus.key, focus.from, focus.to)) this.focus(this.isOpen ? "filter" : "toggle");
      if (this.isOpen) this.scroller.scrollTop = memory.get("scrolled") || 0;
      memory.set("focus", null);
      memory.set("scrolled", null);
      const said = memory.get("said");
      memory.set("said", null);
      // A screen reader tells what is put into the region after it has seen it.
      if (said) setTimeout(() => this.say(said), 300);
    }

    /* `language` is that of what the server has said; our own words are in the overlay's. */
    say(words, values, language) {
      spoken(this.said, this.data.words[words] ? this.word(words, values) : words, language);
    }

    lose() { this.say("lost"); this.isLost = true; }

    find() {
      if (!this.isLost) return;
      this.isLost = false;
      this.say("");
    }

    // -- keys and mouse ---------------------------------------------------------------------------------------------------

    listen() {
      let over = null;
      document.addEventListener("pointerover", event => {
        if (!this.isOpen || event.pointerType === "touch") return;
        if (event.target === this.host) return;
        const texts = this.textsOf(event.target);
        over = texts.length ? event.target.closest(`[${TEXT}]`) : null;
        if (over) { this.point(texts[0]); this.tell(texts, over); } else { this.point(null); this.untell(); }
      });
      document.addEventListener("focusin", event => {
        if (!this.isOpen || event.target === this.host) return;
        const texts = this.textsOf(event.target);
        const inside = texts.length ? event.target : event.target.querySelector?.(`[${TEXT}]`);
        const told = texts.length || inside === null || event.target.localName === "main" ? texts : this.textsOf(inside);
        if (told.length) { this.point(told[0]); this.tell(told, event.target); } else this.untell();
      });
      document.addEventListener("focusout", () => { if (this.isOpen) this.untell(); });
      document.addEventListener("click", event => {
        if (!this.isOpen || event.target === this.host || event.defaultPrevented || event.detail === 0) return;
        if (event.target.closest("a, button, summary, label, input, select, textarea, video, audio")) return;
        if (!getSelection().isCollapsed) return;
        const [text] = this.textsOf(event.target);
        if (text) this.show(text);
      });
      addEventListener("keydown", event => {
        if (event.key !== "Escape" || event.isComposing || !this.isOpen) return;
        if (!this.card.hidden) { this.untell(); return; }
        if (!this.hasFocus()) return;
        event.preventDefault();
        const at = this.root.activeElement.closest("li[data-id]");
        if (at && this.chosen === at.dataset.id) this.choose(null, `text ${at.dataset.id}`);
        else this.close();
      });
      addEventListener("beforeunload", event => { if (this.isTyping() && !isWaiting) event.preventDefault(); });
      const redraw = () => { this.makeRoom(); this.drawBoxes(); };
      addEventListener("resize", redraw);
      narrow.addEventListener("change", redraw);
      new ResizeObserver(() => this.drawBoxes()).observe(document.body);
      document.addEventListener("toggle", () => this.drawBoxes(), true);
      document.addEventListener("load", () => this.drawBoxes(), true);
    }

    /* A text that was clicked on the page: its entry in the list, ready to be changed. */
    show(text) {
      if (!FILTERS[this.filter](text)) {
        this.filter = "all";
        memory.set("filter", "all");
        this.root.getElementById("filter").value = "all";
      }
      this.untell();
      this.choose(text.id, isClosed(text) ? `text ${text.id}` : `words ${text.id} 0`);
      if (this.chosen === text.id) this.focus(isClosed(text) ? `text ${text.id}` : `words ${text.id} 0`);
    }

    isTyping() { return [...this.forms.values()].some(form => form.isDirty()); }

    /* Whether a change is to be thrown away: only when that is asked for a second time. */
    discardTwice() {
      const now = Date.now();
      if (now - (this.warned || 0) < 10_000) { this.warned = 0; this.forms.clear(); return true; }
      this.warned = now;
      this.say("discard_twice");
      return false;
    }

    // -- changing a text --------------------------------------------------------------------------------------------------

    form(text) {
      const kept = this.forms.get(text.id);
      if (kept) return kept;
      const form = new Form(this, text);
      this.forms.set(text.id, form);
      return form;
    }

    next(text) {
      const waiting = this.data.texts.filter(one => one.entry && one.open && one.id !== text.id);
      const at = this.data.texts.indexOf(text);
      return waiting.find(one => this.data.texts.indexOf(one) > at) || waiting[0] || null;
    }

    async refresh() {
      let data;
      try { data = await texts(true); } catch { return; }
      if (data) this.host.dataset.findings = "told";
      if (!data || JSON.stringify(data) === this.version) return;
      this.later = this.isTyping() ? data : null;
      if (!this.later) this.renew(data);
    }

    renew(data) {
      this.later = null;
      const focus = this.focusKey(), scrolled = this.scroller.scrollTop;
      this.forms.clear();
      const said = this.said.textContent;
      this.take(data);
      this.said.textContent = said;
      this.scroller.scrollTop = scrolled;
      if (focus) this.focus(focus.key, focus.from, focus.to);
    }
  }

  class Form {
    constructor(panel, text) {
      this.panel = panel;
      this.text = text;
      this.entry = text.entry;
      const word = (name, values) => panel.word(name, values);
      const {strings} = this.entry;
      this.areas = strings.map((string, n) => {
        const area = h("textarea", {
          id: `words-${n}`, lang: this.entry.language, dir: this.entry.direction, spellcheck: "true",
          "aria-describedby": `length-${n} weighed`, "data-key": `words ${text.id} ${n}`, oninput: () => this.changed(),
        });
        area.value = string;
        return area;
      });
      this.lengths = strings.map((_, n) => h("p", {class: "length", id: `length-${n}`}));
      this.tick = h("input", {type: "checkbox", "data-key": `fuzzy ${text.id}`, onchange: () => this.changed()});
      this.tick.checked = this.entry.fuzzy;
      this.weighed = h("p", {class: "length", id: "weighed", role: "status"});
      this.found = h("div", {});
      this.other = h("div", {hidden: true, class: "other"});
      this.undo = h("button", {type: "button", "data-key": `discard ${text.id}`, hidden: true, onclick: () => this.discard()}, word("discard"));
      const label = word("translation", {language: panel.data.page.name});
      this.element = h("form", {onsubmit: event => { event.preventDefault(); this.save(event.submitter?.value === "next"); }},
        this.areas.map((area, n) => [h("label", {for: area.id}, strings.length > 1 ? `${label}, ${word("form", {n: n + 1})}` : label), area, this.lengths[n]]),
        this.weighed, this.found, this.other,
        h("label", {class: "tick"}, this.tick, word("needs_work")),
        h("div", {class: "buttons"},
          h("button", {type: "submit", value: "stay", "data-key": `save ${text.id}`}, word("save")),
          h("button", {type: "submit", value: "next", "data-key": `next ${text.id}`}, word("save_next")),
          this.undo));
      this.element.addEventListener("keydown", event => {
        if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) { event.preventDefault(); this.save(false); }
      });
      this.count();
    }

    strings() { return this.areas.map(area => area.value); }

    isDirty() {
      return !this.isSaved && (this.tick.checked !== this.entry.fuzzy || this.strings().some((string, n) => string !== this.entry.strings[n]));
    }

    count() {
      this.areas.forEach((area, n) => {
        const length = [...area.value].length;
        this.lengths[n].textContent = this.panel.lengthOf(this.text, length);
        this.lengths[n].classList.toggle("over", Boolean(this.text.limit && length > this.text.limit));
      });
      this.undo.hidden = !this.isDirty();
    }

    changed() {
      this.count();
      this.panel.warned = 0;
      clearTimeout(this.timer);
      this.timer = setTimeout(() => this.weigh(), 600);
    }

    body() {
      const {language, domain, context, id, revision} = this.entry;
      return {view: address, language, domain, context, id, revision, strings: this.strings(), fuzzy: this.tick.checked};
    }

    /* What the rules find in what is typed. */
    async weigh() {
      const asked = JSON.stringify(this.strings());
      const {status, answer} = await post("check", this.body());
      if (asked !== JSON.stringify(this.strings())) return;
      if (status !== 200) { spoken(this.weighed, answer.said || "", answer.language); return; }
      const found = answer.findings;
      spoken(this.weighed, found.length ? `${this.panel.word("findings")}: ${found.length}` : this.strings().some(Boolean) ? this.panel.word("nothing_found") : "");
      if (answer.faults.length) {
        this.weighed.replaceChildren(...answer.faults.map(fault => h("span", {lang: fault.language}, `${fault.said} `)));
      }
      this.found.replaceChildren(found.length ? this.panel.findings(found) : "");
    }

    async save(next) {
      if (this.isBusy) return;
      this.isBusy = true;
      this.panel.say("saving");
      const {status, answer} = await post("save", this.body());
      this.isBusy = false;
      if (status === 200) {
        this.isSaved = true;
        const to = next ? this.panel.next(this.text) : null;
        const said = this.panel.word(next && !to ? "no_next" : "saved", {place: answer.place});
        const key = to ? `words ${to.id} 0` : `text ${this.text.id}`;
        if (to) memory.set(`chosen ${this.panel.data.page.record} ${this.panel.data.page.language}`, to.id);
        // Whatever now has changed: the page with it, or only what is told of the text.
        this.panel.focus(`text ${this.text.id}`);
        if (isLeaving) return;
        isLeaving = true;
        memory.set("said", said);
        memory.set("scroll", [address, scrollX, scrollY]);
        memory.set("focus", {key});
        location.reload();
        return;
      }
      this.panel.say(answer.said || "lost", {}, answer.said && (answer.language || "en"));
      if (status === 409 && answer.now) this.compare(answer.now);
    }

    /* Somebody else has changed the entry: both are shown, and nothing is lost. */
    compare(now) {
      const word = name => this.panel.word(name);
      this.other.replaceChildren(
        h("p", {}, h("strong", {}, word("conflict"))),
        ...now.strings.map(string => h("p", {lang: this.entry.language, dir: this.entry.direction}, string || "–")),
        h("div", {class: "buttons"},
          h("button", {type: "button", "data-key": "theirs", onclick: () => this.settle(now, true)}, word("take_theirs")),
          h("button", {type: "button", "data-key": "mine", onclick: () => this.settle(now, false)}, word("keep_mine"))));
      this.other.hidden = false;
      this.panel.focus("theirs");
    }

    settle(now, takesTheirs) {
      this.entry = {...this.entry, ...now};
      this.other.hidden = true;
      this.other.replaceChildren();
      if (takesTheirs) {
        this.areas.forEach((area, n) => { area.value = now.strings[n] ?? ""; });
        this.tick.checked = now.fuzzy;
        this.count();
        this.areas[0].focus();
        if (isWaiting) reload("reloaded");
      } else this.save(false);
    }

    discard() {
      this.areas.forEach((area, n) => { area.value = this.entry.strings[n]; });
      this.tick.checked = this.entry.fuzzy;
      this.count();
      this.areas[0].focus();
      this.weighed.textContent = "";
      this.found.replaceChildren();
      if (isWaiting) reload("reloaded");
    }
  }

  // -- the server ---------------------------------------------------------------------------------------------------------

  const texts = async findings => {
    const response = await fetch(`${PREFIX}texts?view=${encodeURIComponent(address)}${findings ? "&findings" : ""}`);
    return response.ok ? response.json() : null;
  };

  /* Words in an element, with their language where it is another one than the overlay's. */
  const spoken = (element, words, language) => {
    element.textContent = words;
    language ? element.setAttribute("lang", language) : element.removeAttribute("lang");
  };

  const post = async (action, body) => {
    try {
      const response = await fetch(PREFIX + action, {
        method: "POST", body: JSON.stringify(body), headers: {"Content-Type": "application/json", "X-A11yNews-Token": token},
      });
      const isJson = (response.headers.get("Content-Type") || "").startsWith("application/json");
      return {status: response.status, answer: isJson ? await response.json() : {said: await response.text()}};
    } catch {
      return {status: 0, answer: {}};
    }
  };

  look();
  if (isOwn) restore();
  else texts(false).then(data => {
    restore();
    if (!data) return;
    panel = new Panel(data);
    panel.refresh();  // now with what the rules find, which takes them a moment
  });
})();
