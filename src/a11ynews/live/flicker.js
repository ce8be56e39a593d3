// Animations whose looks change quickly enough to flash more than three times a second. With `at` they are held still, all at that
// number of milliseconds; -2 lets them go on.
(describe, {at = -1}) => {
  const KEY = Symbol.for("a11ynews flicker");
  if (at !== -1) {
    for (const animation of window[KEY] ?? []) {
      try {
        if (at < 0) animation.play(); else { animation.pause(); animation.currentTime = at }
      } catch {}
    }
    return [];
  }
  const quick = document.getAnimations().filter(animation => {
    const target = animation.effect?.target, timing = animation.effect?.getComputedTiming();
    if (!target || !timing?.duration || !(timing.iterations * timing.duration > 900)) return false;
    const frames = animation.effect.getKeyframes();
    if (timing.duration / Math.max(1, frames.length - 1) > 350 && timing.duration > 400) return false;
    const box = target.getBoundingClientRect();
    return box.width * box.height > 20000 && target.checkVisibility({visibilityProperty: true});
  }).slice(0, 50);
  window[KEY] = quick;
  quick[0]?.effect.target.scrollIntoView({block: "center", behavior: "instant"});
  return quick.slice(0, 1).map(animation => ({element: describe(animation.effect.target)}));
}
