// Whether a key did something while nothing had the focus. `part` says what is asked for.
async (describe, {part}) => {
  const key = Symbol.for("a11ynews shortcuts");
  const wait = ms => new Promise(done => setTimeout(done, ms));
  const SETTING = /shortcut|short-cut|hotkey|keyboard|keys?\b|remap|tastenk|tastatur|kürzel|scorciatoi|tastier/i;
  if (part === "canBeTurnedOff") {
    return [...document.querySelectorAll("input, select, button, a[href], [role=switch], [role=checkbox], [role=button]")].some(element =>
      SETTING.test([element.textContent, element.getAttribute("aria-label"), element.title, element.id, element.name,
        ...[...element.labels ?? []].map(label => label.textContent)].join(" ")));
  }
  if (part === "watch") {
    document.activeElement?.blur?.();
    const state = {count: 0, event: null, was: ""};
    const observer = new MutationObserver(records => {
      for (const record of records) {
        // What a page notes at its root on how readers work is no answer to a key.
        if (record.target === document.documentElement || (record.target === document.body && record.type === "attributes")) continue;
        state.count++;
      }
    });
    observer.observe(document, {subtree: true, childList: true, attributes: true, characterData: true});
    addEventListener("keydown", event => { state.event = event }, true);
    state.asked = 0;
    const focus = HTMLElement.prototype.focus;
    HTMLElement.prototype.focus = function (...given) { state.asked++; return focus.apply(this, given) };
    window[key] = state;
    await wait(200);
    state.isRestless = state.count > 0;  // what moves by itself says nothing of keys
    state.count = 0;
    return null;
  }
  const state = window[key];
  await wait(20);
  const active = document.activeElement;
  const values = [...document.querySelectorAll("input, textarea, select")].slice(0, 200).map(field => `${field.value}${field.checked}`).join();
  const is = `${location.href}|${values}`;
  const did = (!state.isRestless && state.count > 0) || state.asked > 0 || (state.was && state.was !== is)
    || (active && active !== document.body && active !== document.documentElement) || !!state.event?.defaultPrevented;
  if (active && active !== document.body) active.blur?.();
  state.was = is;
  state.count = 0; state.asked = 0; state.event = null;
  return !!did;
}
