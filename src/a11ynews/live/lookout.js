// A window from which another one is looked at. What is asked of the browser by a bare name (`document`, `getComputedStyle`, `Node`) is
// that of the other window: the names are variables here, and are set anew for each page. What belongs to the language itself stays
// our own, whatever a page does to its own.
source => {
  const LANGUAGE = new Set(["Object", "Function", "Array", "Number", "parseFloat", "parseInt", "Infinity", "NaN", "undefined", "Boolean", "String",
    "Symbol", "Date", "Promise", "RegExp", "Error", "AggregateError", "EvalError", "RangeError", "ReferenceError", "SyntaxError", "TypeError",
    "URIError", "globalThis", "JSON", "Math", "Intl", "ArrayBuffer", "Atomics", "Uint8Array", "Int8Array", "Uint16Array", "Int16Array", "Uint32Array",
    "Int32Array", "Float16Array", "Float32Array", "Float64Array", "Uint8ClampedArray", "BigUint64Array", "BigInt64Array", "DataView", "Map", "BigInt",
    "Set", "Iterator", "WeakMap", "WeakSet", "WeakRef", "Proxy", "Reflect", "FinalizationRegistry", "decodeURI", "decodeURIComponent", "encodeURI",
    "encodeURIComponent", "escape", "unescape", "eval", "isFinite", "isNaN", "console", "WebAssembly", "SharedArrayBuffer"]);
  // Time goes on here, whatever becomes of the page.
  const OURS = new Set(["setTimeout", "clearTimeout", "setInterval", "clearInterval", "queueMicrotask", "window", "self", "document"]);
  const used = new Set(source.match(/(?<![.\w$])[A-Za-z_$][\w$]*/g));
  const names = [];
  for (let at = window; at && at !== Object.prototype; at = Object.getPrototypeOf(at)) names.push(...Object.getOwnPropertyNames(at));
  const isThing = name => { try { return ["function", "object"].includes(typeof window[name]) && window[name] !== null } catch { return false } };
  const taken = [...new Set(names)].filter(name => used.has(name) && /^[A-Za-z_]\w*$/.test(name) && !LANGUAGE.has(name) && !OURS.has(name) && isThing(name));
  const methods = taken.filter(name => /^[a-z]/.test(name) && typeof window[name] === "function");
  // axe waits for nothing between its rules, so that a page can go on with its own; here none of the page's own waits for axe.
  const waiting = setTimeout;
  const soon = (work, milliseconds = 0, ...given) => milliseconds > 0 ? waiting(work, milliseconds, ...given) : void queueMicrotask(() => work(...given));
  const build = new Function("real", "setTimeout", `
    let window = real, self = real, document = real.document;
    let {${taken.join()}} = real;
    ${source}
    return {scripts, turn: other => {
      window = self = other;
      document = other.document;
      ({${taken.join()}} = other);
      ${methods.map(name => `${name} = ${name}.bind(other);`).join("\n")}
    }};`);
  const {scripts, turn} = build(window, soon);
  const runner = window[Symbol.for("a11ynews")];
  let other = null;
  // The page at an address, where it can be looked into.
  const seen = address => {
    let page;
    try { page = other.closed ? null : other.document } catch { page = null }  // of another origin
    // A page that has a group of its own has left behind what was here before it.
    return page?.defaultView && page.URL.replace(/#.*/s, "") === address ? page : null;
  };
  window[Symbol.for("a11ynews lookout")] = {
    open: () => {
      other = window.open("about:blank");
      other.opener = null;
    },
    root: () => other.document.documentElement,
    sees: address => seen(address) !== null,
    ask: async asked => {
      const [name, argument, address] = JSON.parse(asked), page = seen(address);
      if (!page) return null;
      turn(other);
      try {
        const answer = await scripts[name](argument, runner);
        if (other.document !== page) throw new Error("Execution context was destroyed: another page has come");
        return JSON.stringify([answer]);
      } finally {
        turn(window);  // what is kept of a page that has gone would stay in memory
      }
    },
  };
}
