// What has changed by itself, and still did more than five seconds after the page had loaded: texts, elements that move, animations,
// parts that scroll; and what there is to stop it. With `press` the control of that number is pressed; with `since` it is told how many
// changes of text there were after that time.
(describe, {press = -1, since = 0, asked = false}) => {
  const seen = window[Symbol.for("a11ynews watch")];
  const LONG = 5000, MOST = 10;
  if (!seen || !document.body) return {now: performance.now(), later: 0, controls: 0, hasControl: false, hasChoice: false, texts: [], moving: []};
  const isShown = element => {
    const box = element.getBoundingClientRect();
    return element.isConnected && box.width > 3 && box.height > 3 &&
      element.checkVisibility({visibilityProperty: true, opacityProperty: true}) && box.right > 0 && box.bottom + scrollY > 0;
  };
  const NAMED = /paus|\bstop|\bhalt|anhalten|ferma|sospend|interromp|\bhide\b|ausblend|verberg|nascond|update|aktualis|aggiorn|animat/i;
  const CONTROLS = "button, input[type=button], input[type=checkbox], input[type=radio], [role=button], [role=switch], [role=checkbox], summary";
  const nameOf = element => [element.getAttribute("aria-label"), element.title, element.value, element.labels?.[0]?.textContent, element.textContent].filter(Boolean).join(" ");
  seen.controls ??= [...document.querySelectorAll(CONTROLS)]
    .filter(element => isShown(element) && !(element.form && (element.type === "submit" || element.type === "reset")))
    .sort((a, b) => NAMED.test(nameOf(b)) - NAMED.test(nameOf(a))).slice(0, 8);
  if (press >= 0) {
    seen.controls[press]?.click();
    return {now: performance.now()};
  }
  const wordsOf = element => (element.innerText ?? element.textContent).replace(/\s+/g, "").length;
  const texts = [];
  let later = 0;
  for (const [element, {times}] of seen.texts) {
    if (times.length < 3 || times.at(-1) - seen.since < LONG) continue;
    if (element.closest("[role=progressbar], progress, script, style, noscript, template, head") || !element.isConnected) continue;
    if (asked ? !isShown(element) : !isShown(element) || !element.textContent.trim()) continue;
    if (wordsOf(document.body) <= wordsOf(element) && !document.querySelector("img, video, svg, canvas, input, button, a[href]")) continue;
    later += times.filter(time => time > since).length;
    const gaps = times.slice(1).map((time, number) => time - times[number]);
    texts.push({element, gap: Math.max(0, ...gaps), often: times.length});
  }
  // The innermost: what holds it changes because of it.
  const innermost = texts.filter(({element}) => !texts.some(other => other.element !== element && element.contains(other.element)));
  const moving = [];
  for (const [map, how, least] of [[seen.boxes, "moves", 3], [seen.scrolled, "scrolls", 3]]) {
    for (const [element, {times}] of map) {
      const late = times.filter(time => time - seen.since > LONG);
      if (times.length < least || late.length < 2 || !isShown(element) || element === document.documentElement) continue;
      if (element.closest("[role=progressbar], progress")) continue;
      moving.push({element, how, seconds: 0});
    }
  }
  const still = [];
  for (const animation of document.getAnimations()) {
    const target = animation.effect?.target, timing = animation.effect?.getComputedTiming();
    if (animation.playState !== "running" || !target || !isShown(target) || target.closest("[role=progressbar], progress")) continue;
    if (animation.timeline && !(animation.timeline instanceof DocumentTimeline)) continue;  // it goes with the scrolling
    if (!(timing.endTime - (animation.currentTime ?? 0) > 0) || !(timing.endTime > LONG) || !timing.duration) continue;
    const frames = animation.effect.getKeyframes();
    const names = [...new Set(frames.flatMap(frame => Object.keys(frame)))].filter(name => !["offset", "computedOffset", "easing", "composite"].includes(name));
    if (!names.some(name => new Set(frames.map(frame => frame[name]).filter(value => value !== undefined)).size > 1)) continue;
    still.push({element: target, how: "moves", seconds: Number.isFinite(timing.endTime) ? Math.round(timing.endTime / 1000) : 0});
  }
  const told = new Map([...moving, ...still].map(one => [one.element, one]));
  const outermost = [...told.values()].filter(({element}) => ![...told.keys()].some(other => other !== element && other.contains(element)));
  const hasControl = [...document.querySelectorAll(CONTROLS)].some(element => isShown(element) && NAMED.test(nameOf(element)));
  // Another way to choose how often it changes cannot be tried out.
  const hasChoice = [...document.querySelectorAll("select, input[type=range], input[type=number]")].some(isShown);
  return {
    now: performance.now(), later, controls: seen.controls.length, hasControl, hasChoice,
    texts: innermost.slice(0, MOST).map(({element, ...rest}) => ({element: describe(element), ...rest})),
    moving: outermost.slice(0, MOST).map(({element, ...rest}) => ({element: describe(element), ...rest})),
  };
}
