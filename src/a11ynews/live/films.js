// Pictures that may move, by their addresses, and films that play by themselves.
(describe, _) => {
  const isShown = element => {
    const box = element.getBoundingClientRect();
    return box.width > 9 && box.height > 9 && element.checkVisibility({visibilityProperty: true, opacityProperty: true});
  };
  const NAMED = /paus|\bstop|\bhalt|anhalten|ferma|sospend|interromp|animat/i;
  const nameOf = element => [element.getAttribute("aria-label"), element.title, element.value, element.textContent].filter(Boolean).join(" ");
  const hasControl = [...document.querySelectorAll("button, input[type=button], [role=button], [role=switch], summary")]
    .some(element => isShown(element) && NAMED.test(nameOf(element)));
  const pictures = [];
  for (const element of [...document.querySelectorAll("img, input[type=image]")].slice(0, 400)) {
    const address = element.currentSrc || element.src;
    if (!address || !isShown(element)) continue;
    const box = element.getBoundingClientRect();
    pictures.push({element: describe(element), address, area: box.width * box.height});
  }
  let looked = 0;
  for (const element of document.body?.querySelectorAll("*") ?? []) {
    if (looked++ > 5000 || pictures.length > 500) break;
    const found = /^url\("(.+)"\)/.exec(getComputedStyle(element).backgroundImage);
    if (!found || !isShown(element)) continue;
    const box = element.getBoundingClientRect();
    pictures.push({element: describe(element), address: found[1], area: box.width * box.height});
  }
  const films = [...document.querySelectorAll("video[autoplay]")]
    .filter(element => isShown(element) && !element.controls && !element.error)
    .map(element => ({element, seconds: element.loop ? Infinity : element.duration}))
    .filter(({seconds}) => seconds > 5)
    .map(({element, seconds}) => ({element: describe(element), seconds: Number.isFinite(seconds) ? Math.round(seconds) : 0}));
  return {pictures, films, hasControl};
}
