// Of each pair of stops: whether the second one lies before the first one to the eye. `up`, `back`, or nothing.
(describe, pairs) => {
  const {contains} = Node.prototype;  // a form's own may be its field of that name
  const find = target => {
    let root = document, element = null;
    for (const selector of target) {
      try { element = root?.querySelector(selector) ?? null } catch { element = null }
      root = element?.shadowRoot ?? null;
    }
    return element;
  };
  const common = (a, b) => {
    for (let at = a.parentElement; at; at = at.parentElement) if (contains.call(at, b)) return at;
    return null;
  };
  return pairs.map(([first, second]) => {
    const a = find(first), b = find(second);
    if (!a || !b || contains.call(a, b) || contains.call(b, a)) return "";
    const around = common(a, b);
    if (!around) return "";
    // Turned round can only be what a style sheet places: else the eye goes by the order of the page, too.
    const style = getComputedStyle(around);
    const isPlaced = /flex|grid/.test(style.display) || [a, b].some(one => {
      for (let at = one; at !== around; at = at.parentElement) {
        const {position, float} = getComputedStyle(at);
        if (position === "absolute" || float !== "none") return true;
      }
      return false;
    });
    if (!isPlaced) return "";
    const p = a.getBoundingClientRect(), q = b.getBoundingClientRect();
    if (!p.width || !q.width) return "";
    const across = Math.min(p.right, q.right) - Math.max(p.left, q.left);
    const along = Math.min(p.bottom, q.bottom) - Math.max(p.top, q.top);
    if (across > Math.min(p.width, q.width) / 2 && q.bottom <= p.top - 24) return "up";
    const isBack = style.direction === "rtl" ? q.left >= p.right : q.right <= p.left;
    return along > Math.max(p.height, q.height) / 2 && isBack ? "back" : "";
  });
}
