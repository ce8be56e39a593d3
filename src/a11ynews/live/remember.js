// How axe finds again what it has found out about an element, or about several things together. Its own lists are looked through from their
// beginning each time, which on a page with some hundred elements takes a tenth of its time. What is taken for the same is the same.
const byArguments = count => {
  let number = 0, known = new Map(), kept = new Map();
  const lead = (given, isNew) => {
    let at = known;
    for (let n = 0; at && n < count - 1; n++) {
      let next = at.get(given[n]);
      if (!next && isNew) at.set(given[n], next = new Map());
      at = next;
    }
    return at;
  };
  return {
    get: given => lead(given, false)?.get(given[count - 1]) ?? null,
    set: given => {
      lead(given, true).set(given[count - 1], ++number);
      kept.set(number, given);
      return number;
    },
    delete: which => {
      const given = kept.get(which);
      if (given && kept.delete(which)) lead(given, false)?.delete(given[count - 1]);
    },
    clear: () => { [known, kept] = [new Map(), new Map()] },
  };
};
