// Wait until nothing moves any more: animations and transitions are over, pictures are there (those too that wait to be scrolled to),
// letters have their fonts. None of it is waited for longer than so many milliseconds. In a page that `isPlain` nothing acts by itself; and
// where nobody looks at the pixels (`isPainted`), a picture that has its size is there. The window is to be of that `width`, and in the
// `isOnly` one of a plain page nothing changes any more that could begin to move. False where the page would have to be drawn, and is in a
// window that never is (`isDrawn`).
async ([isTop, patience, isPlain = false, isPainted = true, width = 0, isOnly = false, isDrawn = true]) => {
  const soon = promise => Promise.race([promise, new Promise(done => setTimeout(done, patience))]);
  const roots = [document];
  for (const root of roots) {
    for (const element of root.querySelectorAll("*")) if (element.shadowRoot) roots.push(element.shadowRoot);
  }
  const key = Symbol.for("a11ynews still");
  for (const root of isPlain && isOnly && !isPainted ? [] : roots) {
    if (!root[key]) {
      root[key] = new CSSStyleSheet();
      root[key].replaceSync("*, *::before, *::after { transition: none !important; scroll-behavior: auto !important }");
      root.adoptedStyleSheets = [...root.adoptedStyleSheets, root[key]];
    }
  }
  const all = selector => roots.flatMap(root => [...root.querySelectorAll(selector)]);
  for (const element of all("img, iframe")) if (element.loading === "lazy") element.loading = "eager";
  const loaded = frame => new Promise(done => {
    try {
      const {readyState, URL} = frame.contentDocument;
      if (readyState === "complete" && (URL !== "about:blank" || !frame.getAttribute("src"))) return done();
    } catch { return done() }
    frame.addEventListener("load", done, {once: true});
  });
  document.documentElement?.getBoundingClientRect();  // what is not laid out asks for no letters
  await soon(Promise.all([
    document.fonts.ready,
    ...all("img").map(image => isPainted ? image.decode().catch(() => {}) : image.complete || new Promise(done => {
      for (const event of ["load", "error"]) image.addEventListener(event, done, {once: true});
    })),
    ...all("iframe").filter(frame => frame.contentDocument).map(loaded),
    ...all("video[autoplay], audio[autoplay]").map(media => new Promise(done => {
      const hasNothing = [HTMLMediaElement.NETWORK_EMPTY, HTMLMediaElement.NETWORK_NO_SOURCE].includes(media.networkState);
      if (media.readyState > 0 || media.error || hasNothing) return done();
      for (const event of ["loadedmetadata", "error"]) media.addEventListener(event, done, {once: true, capture: true});
    })),
  ]));
  for (const root of roots) {
    for (const animation of root.getAnimations()) {
      try { animation.finish() } catch { animation.cancel() }  // one without an end cannot be finished
    }
  }
  // Whether the page is now as it will be when it has been drawn: there is no script that would be told of a frame, and no style that goes by
  // what was drawn before.
  const isWithoutFrames = () => {
    const ofFrames = /content-visibility|-timeline|anchor|position-try|scroll-state|view-transition|paint\(/;
    const sheets = [...document.styleSheets, ...document.adoptedStyleSheets];
    try { return sheets.every(sheet => [...sheet.cssRules].every(rule => !ofFrames.test(rule.cssText) && !(rule instanceof CSSImportRule))) } catch { return false }
  };
  if (isTop) {
    // Behind a page without a background is the canvas, whose colour goes with the colour scheme; axe takes it for white.
    // Each change of a style sheet has all of the page's styles reckoned anew, so nothing is put there without need.
    const canvas = document[Symbol.for("a11ynews canvas")] ??= new CSSStyleSheet();
    if (canvas.cssRules.length) canvas.replaceSync("");
    const isBare = [document.documentElement, document.body].filter(Boolean).map(element => getComputedStyle(element))
      .every(({backgroundColor, backgroundImage}) => /, 0\)$/.test(backgroundColor) && backgroundImage === "none");
    if (isBare) {
      canvas.replaceSync(":root { background-color: Canvas }");
      if (!document.adoptedStyleSheets.includes(canvas)) document.adoptedStyleSheets = [...document.adoptedStyleSheets, canvas];
    }
    scrollTo(0, 0);
    if (!(isPlain && window.innerWidth === width && isWithoutFrames())) {
      if (!isDrawn) return false;
      await soon(new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done))));
    }
  }
  return true;
}
