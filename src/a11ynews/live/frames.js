// Frames that are called the same and show different things, by what is in them; advertisements are told apart by nobody. What lies on
// another origin, or has not come, is not judged.
(describe, _) => {
  const NO_MATTER = /\bad(?:s|vert\w*)?\b|anzeige|werbung|reklame|pubblicit|sponsor/i;
  const nameOf = frame => {
    const ids = (frame.getAttribute("aria-labelledby") ?? "").split(/\s+/).filter(Boolean);
    const labels = ids.map(id => frame.ownerDocument.getElementById(id)?.textContent ?? "").join(" ");
    return (labels.trim() || frame.getAttribute("aria-label") || frame.title || "").replace(/\s+/g, " ").trim();
  };
  const frames = [];
  const collect = (root, top) => {
    for (const frame of root.querySelectorAll("iframe")) {
      if (frames.length > 60) return;
      let inner = null;
      try { inner = frame.contentDocument } catch {}
      if (!inner?.body || !frame.checkVisibility({visibilityProperty: true}) || frame.closest("[aria-hidden=true]")) continue;
      const name = nameOf(frame);
      const words = new Set((inner.body.innerText ?? "").toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? []);
      const address = inner.URL === "about:srcdoc" ? frame.srcdoc : inner.URL.replace(/#.*|\/$/g, "");
      if (name && !NO_MATTER.test(name) && inner.readyState === "complete" && words.size) frames.push({frame: top ?? frame, name, words, address});
      collect(inner, top ?? frame);
    }
  };
  collect(document, null);
  const found = [];
  const differ = (one, other) => {
    const same = [...one.words].filter(word => other.words.has(word)).length;
    return one.address !== other.address && same / (one.words.size + other.words.size - same) < 0.4;
  };
  frames.forEach((one, number) => {
    const other = frames.slice(0, number).find(other => other.name.toLowerCase() === one.name.toLowerCase() && differ(one, other));
    if (other) found.push({element: describe(one.frame), name: one.name});
  });
  return found.slice(0, 10);
}
