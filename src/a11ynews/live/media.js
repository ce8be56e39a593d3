// Films and sounds that readers can meet, each with its tracks, how long it is, whether it can be heard, and what stands beside it.
// What lies on another origin, or cannot be had, is not judged: then `peak` and `text` are null.
async (describe, limits) => {
  const isShown = element => {
    const box = element.getBoundingClientRect();
    return box.width > 3 && box.height > 3 && element.checkVisibility({visibilityProperty: true, opacityProperty: true});
  };
  const isNear = address => {
    try { return ["data:", "blob:"].includes(new URL(address).protocol) || new URL(address).origin === location.origin } catch { return false }
  };
  const soon = (promise, patience) => Promise.race([promise, new Promise(done => setTimeout(() => done(null), patience))]);
  const until = (element, names, patience) =>
    soon(new Promise(done => names.forEach(name => element.addEventListener(name, done, {once: true}))), patience);
  const end = Date.now() + limits.patience;
  const left = most => Math.max(0, Math.min(most, end - Date.now()));

  const bytesOf = async address => {
    const stop = new AbortController();
    const timer = setTimeout(() => stop.abort(), left(4000));
    try {
      const answer = await fetch(address, {signal: stop.signal});
      if (!answer.ok || Number(answer.headers.get("content-length") ?? 0) > limits.bytes) return null;
      const reader = answer.body.getReader(), parts = [];
      let size = 0;
      for (;;) {
        const {done, value} = await reader.read();
        if (done) break;
        parts.push(value);
        size += value.length;
        if (size > limits.bytes) { stop.abort(); return null }
      }
      return new Blob(parts);
    } catch { return null } finally { clearTimeout(timer) }
  };

  // How loud the loudest tenth of a second is, from 0 to 1; null where nobody can tell. A film without a track of sound has none.
  const peakOf = async media => {
    if (!media.currentSrc || !isNear(media.currentSrc)) return null;
    const bytes = await bytesOf(media.currentSrc);
    if (!bytes) return null;
    let sound;
    try {
      sound = await soon(new OfflineAudioContext(1, 8000, 8000).decodeAudioData(await bytes.arrayBuffer()), left(4000));
    } catch {
      try { return media.readyState > 0 && media.captureStream().getAudioTracks().length === 0 ? 0 : null } catch { return null }
    }
    if (!sound) return null;
    let peak = 0;
    for (let channel = 0; channel < sound.numberOfChannels; channel++) {
      const data = sound.getChannelData(channel);
      for (let at = 0; at < data.length; at += 800) {
        let sum = 0;
        const last = Math.min(at + 800, data.length);
        for (let one = at; one < last; one++) sum += data[one] * data[one];
        peak = Math.max(peak, Math.sqrt(sum / (last - at)));
      }
    }
    return peak;
  };

  const tracksOf = async media => {
    const tracks = [];
    for (const element of [...media.querySelectorAll("track")].slice(0, limits.tracks)) {
      const address = element.src, isOurs = Boolean(address) && isNear(address);
      const kind = (element.getAttribute("kind") ?? "subtitles").toLowerCase();
      const told = {element: describe(element), kind: ["subtitles", "captions", "descriptions", "chapters"].includes(kind) ? kind : "metadata",
        language: element.srclang, address: element.getAttribute("src") ?? "", state: "", text: null};
      tracks.push(told);
      if (!isOurs || told.kind === "metadata") continue;
      const mode = element.track.mode;
      // Only a track that is not disabled is loaded.
      if (element.readyState < 2) {
        element.track.mode = "hidden";
        await until(element, ["load", "error"], left(3000));
      }
      told.state = ["", "", "loaded", "failed"][element.readyState] ?? "";
      element.track.mode = mode;
      const bytes = await bytesOf(address);
      if (bytes && bytes.size < 2000000) told.text = await bytes.text();
    }
    return tracks;
  };

  // The words that can be seen, and those that are heard though they are out of sight; without menus, headings and the films themselves.
  let seen = "", heard = "";
  if (document.body) {
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    let looked = 0;
    for (let node = walker.nextNode(); node && looked < 20000; node = walker.nextNode(), looked++) {
      const parent = node.parentElement;
      if (!node.data.trim() || !parent || parent.closest("script, style, noscript, template, h1, h2, h3, h4, h5, h6, nav, audio, video, button, select")) continue;
      if (!parent.checkVisibility({visibilityProperty: true, opacityProperty: false})) continue;
      if (!parent.closest("[aria-hidden=true]")) heard += ` ${node.data}`;
      const range = document.createRange();
      range.selectNodeContents(node);
      const box = range.getBoundingClientRect();
      const isThere = box.width > 1 && box.height > 1 && box.right + scrollX > 0 && box.bottom + scrollY > 0 && box.left + scrollX < 20000;
      if (isThere && parent.checkVisibility({opacityProperty: true})) seen += ` ${node.data}`;
    }
  }
  const links = [...document.querySelectorAll("a[href]")].slice(0, 3000).filter(isShown)
    .map(link => `${link.innerText} ${link.getAttribute("aria-label") ?? ""} ${link.title}`);
  const sounds = document.querySelectorAll("audio[controls]").length
    + [...document.querySelectorAll("a[href]")].slice(0, 3000).filter(link => /\.(mp3|m4a|ogg|oga|opus|wav|aac)([?#]|$)/i.test(link.href)).length;

  const media = [];
  for (const one of [...document.querySelectorAll("video, audio")].slice(0, limits.media)) {
    const isSound = one.localName === "audio";
    if (!isSound && !isShown(one)) continue;
    if (isSound && !(one.controls && isShown(one)) && !one.autoplay) continue;
    const hasSource = Boolean(one.currentSrc || one.getAttribute("src") || one.querySelector("source"));
    if (hasSource && one.readyState < 1 && !one.error && one.networkState !== 3) {
      if (one.preload === "none") one.preload = "metadata";
      await until(one, ["loadedmetadata", "error"], left(3000));
    }
    const address = one.getAttribute("src") ?? one.querySelector("source")?.getAttribute("src") ?? "";
    media.push({
      element: describe(one), isSound, address, controls: one.controls, autoplay: one.autoplay, muted: one.defaultMuted || one.muted, loop: one.loop,
      seconds: Number.isFinite(one.duration) ? one.duration : 0,
      tracks: await tracksOf(one), peak: one.error || !limits.sound ? null : await peakOf(one),
    });
  }
  return {media, seen: seen.replace(/\s+/g, " ").trim().slice(0, 200000), heard: heard.replace(/\s+/g, " ").trim().slice(0, 200000), links, sounds};
}
