// Whether a path leads to an element that one of the selectors names as well.
(describe, {selectors, path}) => {
  const element = path.length === 1 ? document.querySelector(path[0]) : null;
  return selectors.some(selector => { try { return element !== null && document.querySelector(selector) === element } catch { return false } });
}
