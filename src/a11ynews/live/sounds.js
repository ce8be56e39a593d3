// Films and sound that play by themselves: whether they can be heard (null where that cannot be told) and last, and whether there is a
// way to stop or to silence them.
async (describe, _) => {
  const media = [...document.querySelectorAll("audio, video")].slice(0, 20)
    .filter(one => !one.muted && one.volume > 0 && !one.error && (one.autoplay || (!one.paused && !one.ended)) && (one.currentSrc || one.src));
  if (!media.length) return [];
  const isShown = element => {
    const box = element.getBoundingClientRect();
    return box.width > 3 && box.height > 3 && element.checkVisibility({visibilityProperty: true, opacityProperty: true});
  };
  // A quiet track is packed into a few bytes a second; what can be heard takes ten times as many.
  const HEARD = 1500;
  const isHeard = async one => {
    const end = Date.now() + 3000, wasPaused = one.paused, before = one.currentTime;
    if (wasPaused) {
      // A browser may hold back what would sound by itself; played without a sound it is unpacked all the same.
      one.muted = true;
      one.play().catch(() => {});
    }
    try {
      let begin = null;
      while (Date.now() < end && !one.error) {
        const at = [one.currentTime, one.webkitAudioDecodedByteCount ?? 0];
        if (one.readyState > 2) begin ??= at;
        if (begin && (at[0] - begin[0] > 0.7 || one.ended)) {
          return (at[1] - begin[1]) / (at[0] - begin[0]) > HEARD || at[1] / one.duration > HEARD;
        }
        await new Promise(done => setTimeout(done, 50));
      }
      return null;
    } finally {
      if (wasPaused) {
        one.pause();
        one.currentTime = before;
        one.muted = false;
      }
    }
  };
  const NAMED = /paus|\bstop|mute|stumm|silenz|muto|\bton\b|sound|audio|volum|laut|lautst|\bplay\b|riproduc|abspiel|ferma/i;
  const nameOf = element => [element.getAttribute("aria-label"), element.title, element.value, element.labels?.[0]?.textContent, element.textContent,
    ...[...element.querySelectorAll?.("img") ?? []].map(image => image.alt)].filter(Boolean).join(" ");
  const hasControl = [...document.querySelectorAll("button, input[type=button], input[type=checkbox], input[type=range], [role=button], [role=switch], [role=slider], summary, a[href]")]
    .some(element => isShown(element) && NAMED.test(nameOf(element)));
  const found = [];
  for (const one of media) {
    const part = /#t=([\d.]*)(?:,([\d.]+))?/.exec(one.currentSrc);
    const duration = part ? (Number(part[2]) || one.duration) - (Number(part[1]) || 0) : one.duration;
    const seconds = one.loop ? Infinity : duration;
    found.push({
      element: describe(one), sounds: Number.isNaN(seconds) ? null : seconds > 3 && await isHeard(one),
      isControlled: (one.controls && isShown(one)) || hasControl,
    });
  }
  return found;
}
