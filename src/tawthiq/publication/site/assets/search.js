// The search: loads the parts of the index that hold the words asked for, and the rows of what was found. Everything becomes
// text, never markup. Parts are scripts, since pages opened from a disk may load those and nothing else.
"use strict";

(() => {
  const search = window.tawthiqSearch;
  const form = document.getElementById("search");
  const told = document.getElementById("told");
  const found = document.getElementById("found");
  const more = document.getElementById("more");
  const words = document.getElementById("search-words").dataset;
  const AT_ONCE = 20, LEAST_PREFIX = 2;
  const ARTICLE = /^(?:[وف]?(?:[بكل]?ال|لل))(?=.{3})/u, LETTER = /^[وفبلك](?=.{3})/u;
  const arriving = new Map(), arrived = new Map();
  let asked = 0;

  search.part = (number, content) => arrived.set(`part-${number}`, content);
  search.rows = (number, content) => arrived.set(`${words.language}-${number}`, content);

  /** What a file of the index holds; each is loaded once. */
  function load(name) {
    if (!arriving.has(name)) {
      arriving.set(name, new Promise((resolve, reject) => {
        const script = document.createElement("script");
        script.src = `${words.up}search/${name}.js`;
        script.onload = () => (arrived.has(name) ? resolve(arrived.get(name)) : reject(new Error(name)));
        script.onerror = () => {
          arriving.delete(name);
          reject(new Error(name));
        };
        document.head.append(script);
      }));
    }
    return arriving.get(name);
  }

  /** The forms under which a word may stand: as it is, without an article, without an English plural. */
  function forms(word) {
    const single = /^[a-z]{4,}s$/.test(word) ? word.slice(0, -1) : word;
    return [...new Set([word, word.replace(ARTICLE, ""), single])];
  }

  function places(packed) {
    let at = 0;
    return packed.split(".").map((step) => (at += parseInt(step, 36)));
  }

  /** The incidents that have a word of one of these forms, or one that begins so. */
  async function having(wanted) {
    const parts = new Map();
    search.meta.parts.forEach((name, number) => {
      if (wanted.some((form) => name.startsWith(form) || form.startsWith(name))) parts.set(number, load(`part-${number}`));
    });
    const hits = new Set();
    for (const content of await Promise.all(parts.values())) {
      for (const [word, packed] of Object.entries(content)) {
        if (wanted.some((form) => word === form || (form.length >= LEAST_PREFIX && !form.startsWith("@") && word.startsWith(form)))) {
          for (const place of places(packed)) hits.add(place);
        }
      }
    }
    return hits;
  }

  /** The incidents that a word finds; one that finds nothing is tried without the letter that Arabic writes onto it. */
  async function foundBy(word) {
    const hits = await having(forms(word));
    return hits.size || !LETTER.test(word) ? hits : having([word.replace(LETTER, "")]);
  }

  async function matching(typed, choices) {
    const sets = await Promise.all([...typed.map(foundBy), ...choices.map((choice) => having([choice]))]);
    const [first, ...rest] = sets.sort((a, b) => a.size - b.size);
    return [...first].filter((place) => rest.every((set) => set.has(place))).sort((a, b) => a - b);
  }

  const shown = (number) => number.toLocaleString(words.language === "ar" ? "ar-EG" : "en");

  function make(name, text, attributes = {}) {
    const element = document.createElement(name);
    if (text) element.textContent = text;
    for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
    return element;
  }

  function row([number, act, place, ...facts]) {
    const item = make("li", "");
    const link = make("a", "", { href: `${words.up}${words.language}/incident/${number}.html` });
    link.append(make("span", act, { class: "act" }), " ", make("bdi", place, { class: "at" }));
    const line = make("p", "", { class: "facts" });
    line.append(...facts.map((fact) => make("span", fact)));
    item.append(link, line);
    return item;
  }

  async function show(hits, from, turn) {
    const size = search.meta.block;
    const next = hits.slice(from, from + AT_ONCE);
    const blocks = [...new Set(next.map((place) => Math.floor(place / size)))];
    const rows = new Map();
    await Promise.all(blocks.map(async (block) => rows.set(block, await load(`${words.language}-${block}`))));
    if (turn !== asked) return;
    const items = next.map((place) => row(rows.get(Math.floor(place / size))[place % size]));
    found.append(...items);
    more.hidden = from + AT_ONCE >= hits.length;
    more.onclick = async () => {
      await show(hits, from + AT_ONCE, turn);
      found.children[from + AT_ONCE]?.querySelector("a").focus();
    };
  }

  async function run() {
    const turn = (asked += 1);
    const typed = search.keys(form.elements.words.value);
    const choices = [["act", "@a."], ["year", "@y."]]
      .filter(([name]) => form.elements[name].value)
      .map(([name, sign]) => sign + form.elements[name].value);
    found.replaceChildren();
    more.hidden = true;
    const any = typed.length + choices.length > 0;
    found.ariaBusy = any ? "true" : "false";
    told.textContent = any ? words.waiting : "";
    if (!any) return;
    try {
      const hits = await matching(typed, choices);
      if (turn !== asked) return;
      told.textContent = hits.length ? words.found.replace("{number}", shown(hits.length)) : `${words.nothing} ${words.hint}`;
      await show(hits, 0, turn);
    } catch {
      if (turn === asked) told.textContent = words.failed;
    }
    if (turn === asked) found.ariaBusy = "false";
  }

  /** What the address asks for, so that a search can be kept as a bookmark. */
  function recall() {
    const address = new URLSearchParams(location.search);
    for (const name of ["words", "act", "year"]) form.elements[name].value = address.get(name) || "";
    run();
  }

  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const address = new URLSearchParams([...new FormData(form)].filter(([, value]) => value));
    try {
      history.replaceState(null, "", `?${address}`);
    } catch {
      // a page from a disk may not change its address
    }
    run();
  });
  recall();
})();
