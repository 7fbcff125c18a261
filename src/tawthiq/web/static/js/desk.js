// The desk: values and their characters light each other, selected characters fill the form of the slot that is pressed.
// Offsets of ours count code points; the browser's count UTF-16 units, and are converted here once. Without this file the same
// forms take the numbers of words.

const desk = document.getElementById("desk");
const source = document.getElementById("desk-source");
const bar = document.getElementById("desk-bar");
const offered = document.getElementById("desk-offered");
const rows = [...desk.querySelectorAll(".value-row")];
const SLOT_KEYS = { KeyW: "when", KeyP: "place", KeyD: "by", KeyV: "victim", KeyC: "count", KeyX: "act" };
const KEYS_OFF = "tawthiq-desk-keys-off";
const PLACE = "tawthiq-desk-place";
let current = null;
let taken = null; // what is selected: { start, end, words } in code points

// Values and their characters

function piecesOf(id) {
  return source ? [...source.querySelectorAll(`mark[data-marks~="${CSS.escape(id)}"]`)] : [];
}

function light(row, scroll = false) {
  for (const lit of desk.querySelectorAll(".lit")) lit.classList.remove("lit");
  if (!row) return;
  const pieces = piecesOf(row.dataset.marks);
  for (const piece of [row, ...pieces]) piece.classList.add("lit");
  if (!scroll || !pieces.length) return;
  const box = pieces[0].getBoundingClientRect();
  if (box.top < 80 || box.bottom > innerHeight - 200) pieces[0].scrollIntoView({ block: "center", behavior: "instant" });
}

function choose(row, focus = true) {
  if (!row) return;
  for (const other of rows) other.classList.toggle("current", other === row);
  current = row;
  light(row, true);
  if (focus) row.focus({ preventScroll: true });
  const box = row.getBoundingClientRect();
  if (box.top < 0 || box.bottom > innerHeight) row.scrollIntoView({ block: "center", behavior: "instant" });
}

function step(by) {
  const at = rows.indexOf(current);
  choose(rows[Math.min(Math.max(at + by, 0), rows.length - 1)]);
}

for (const row of rows) {
  row.addEventListener("mouseenter", () => light(row));
  row.addEventListener("mouseleave", () => light(current));
  row.addEventListener("focusin", () => current !== row && choose(row, false));
  row.addEventListener("click", (event) => event.target.closest("a, button, select") || choose(row, false));
}
source?.addEventListener("mouseover", (event) => {
  const mark = event.target.closest("mark[data-marks]");
  light(mark ? rows.find((row) => mark.dataset.marks.split(" ").includes(row.dataset.marks)) : current);
});
source?.addEventListener("click", (event) => {
  const mark = event.target.closest("mark[data-marks]");
  if (!mark || !getSelection().isCollapsed) return;
  const ids = mark.dataset.marks.split(" ");
  choose(rows.find((row) => ids.at(-1) === row.dataset.marks) ?? rows.find((row) => ids.includes(row.dataset.marks)), false);
});

// Selected characters

function blockOf(node) {
  const element = node?.nodeType === Node.TEXT_NODE ? node.parentElement : node;
  const block = element?.closest?.(".text[data-start]");
  return block && source?.contains(block) ? block : null;
}

/** UTF-16 units of a block's text before a point of the document, never between the halves of one character. */
function unitsBefore(block, node, offset, forward) {
  const range = document.createRange();
  range.setStart(block, 0);
  range.setEnd(node, offset);
  const text = block.textContent;
  const at = range.toString().length;
  const cut = /[\udc00-\udfff]/.test(text[at] ?? "") && /[\ud800-\udbff]/.test(text[at - 1] ?? "");
  return cut ? at + (forward ? 1 : -1) : at;
}

function codePoints(text, units) {
  return [...text.slice(0, units)].length;
}

function takeSelection() {
  const selection = getSelection();
  if (!source || !bar || !selection.rangeCount) return;
  const range = selection.getRangeAt(0);
  const first = blockOf(range.startContainer);
  const last = blockOf(range.endContainer);
  if (selection.isCollapsed || !first || !last) {
    if (source.contains(selection.anchorNode) || source === document.activeElement) forget();
    return;
  }
  const begin = unitsBefore(first, range.startContainer, range.startOffset, false);
  const finish = unitsBefore(last, range.endContainer, range.endOffset, true);
  const words = first === last ? first.textContent.slice(begin, finish) : "";
  if (first === last && !words.trim()) return;
  taken = {
    start: Number(first.dataset.start) + codePoints(first.textContent, begin),
    end: Number(last.dataset.start) + codePoints(last.textContent, finish),
    words,
  };
  const shown = (words || selection.toString()).replace(/\s+/g, " ").trim();
  bar.querySelector("q").textContent = shown.length > 120 ? `${shown.slice(0, 120)}…` : shown;
  bar.hidden = false;
}

function forget() {
  taken = null;
  if (bar) bar.hidden = true;
}

document.addEventListener("selectionchange", takeSelection);

// The word-wise cursor: a selection that the keyboard moves

function textAt(block, units) {
  const walker = document.createTreeWalker(block, NodeFilter.SHOW_TEXT);
  let left = units;
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    if (left <= node.length) return [node, left];
    left -= node.length;
  }
  return [block, block.childNodes.length];
}

function select({ block, start, end }) {
  getSelection().setBaseAndExtent(...textAt(block, start), ...textAt(block, end));
  const box = getSelection().getRangeAt(0).getBoundingClientRect();
  if (box.top < 80 || box.bottom > innerHeight - 160) {
    getSelection().focusNode.parentElement.scrollIntoView({ block: "center", behavior: "instant" });
  }
}

function wordsOf(block) {
  return [...block.textContent.matchAll(/\S+/g)].map((found) => ({ block, start: found.index, end: found.index + found[0].length }));
}

function selectedNow() {
  const selection = getSelection();
  const block = selection.rangeCount && !selection.isCollapsed ? blockOf(selection.getRangeAt(0).startContainer) : null;
  if (!block) return null;
  const range = selection.getRangeAt(0);
  const end = blockOf(range.endContainer) === block ? unitsBefore(block, range.endContainer, range.endOffset, true) : block.textContent.length;
  return { block, start: unitsBefore(block, range.startContainer, range.startOffset, false), end };
}

function toText() {
  if (!source) return;
  source.focus({ preventScroll: true });
  const piece = current && piecesOf(current.dataset.marks)[0];
  const block = piece ? piece.closest(".text[data-start]") : source.querySelector(".zone-body .text[data-start], .text[data-start]");
  if (!block) return;
  if (!piece) return select(wordsOf(block)[0]);
  const pieces = piecesOf(current.dataset.marks).filter((each) => block.contains(each));
  const start = unitsBefore(block, pieces[0], 0, false);
  const last = pieces.at(-1);
  select({ block, start, end: unitsBefore(block, last, last.childNodes.length, true) });
}

const clusters = "Segmenter" in Intl ? new Intl.Segmenter(undefined, { granularity: "grapheme" }) : null;

/** The next place between two written characters, from `at` on or back. */
function nextCharacter(text, at, by) {
  const near = clusters ? [...clusters.segment(text)].map((each) => each.index).concat(text.length) : null;
  if (!near) return Math.min(Math.max(at + by, 0), text.length);
  return by > 0 ? (near.find((place) => place > at) ?? text.length) : (near.findLast((place) => place < at) ?? 0);
}

function moveSelection(event) {
  const now = selectedNow();
  if (!now) return toText();
  const rightToLeft = getComputedStyle(now.block).direction === "rtl" || source.dir === "rtl";
  const forward = (event.key === "ArrowLeft") === rightToLeft ? 1 : -1;
  const text = now.block.textContent;
  if (event.ctrlKey) {
    const edge = event.shiftKey ? "end" : "start";
    const moved = { ...now, [edge]: nextCharacter(text, now[edge], forward) };
    return moved.start < moved.end ? select(moved) : undefined;
  }
  const every = [...source.querySelectorAll(".text[data-start]")].flatMap(wordsOf);
  const inside = every.filter((word) => word.block === now.block && word.start < now.end && word.end > now.start);
  const edge = event.shiftKey ? inside.at(-1) : forward > 0 ? inside.at(-1) : inside[0];
  const next = every[every.indexOf(edge) + forward];
  if (!next) return undefined;
  if (!event.shiftKey) return select(next);
  if (next.block !== now.block || next.end <= now.start) return undefined;
  return select({ ...now, end: next.end });
}

source?.addEventListener("keydown", (event) => {
  if (event.target !== source) return;
  if (event.key === "ArrowLeft" || event.key === "ArrowRight") {
    event.preventDefault();
    moveSelection(event);
  } else if (event.key === "Enter" && taken && current) {
    event.preventDefault();
    read(current.dataset.value);
  }
});

// What the characters say

/** Ask what the characters at hand say as a value; nothing is saved by this. */
function read(value) {
  if (!bar) return;
  const field = (name) => bar.elements.namedItem(name);
  field("value").value = value;
  field("start").value = taken ? taken.start : "";
  field("end").value = taken ? taken.end : "";
  field("words").value = taken ? taken.words : "";
  bar.requestSubmit();
}

/** The value that a slot's key means: the one at hand where it is of this slot, else a new one of the event at hand. */
function valueFor(slot, add) {
  if (slot === "event") return "new";
  const record = current?.closest(".record")?.dataset.record;
  const event = record?.startsWith("e") ? record : desk.querySelector('.record[data-record^="e"]')?.dataset.record;
  if (!event) return "new";
  if (slot === "act") return `${event}.act.0`;
  return !add && current?.dataset.slot === slot ? current.dataset.value : `${event}.${slot}.new`;
}

bar?.addEventListener("mousedown", (event) => event.preventDefault());
bar?.addEventListener("click", (event) => {
  const button = event.target.closest("[data-slot]");
  if (button) read(valueFor(button.dataset.slot, event.shiftKey));
});
desk.addEventListener("click", (event) => {
  const link = event.target.closest("[data-correct], [data-add]");
  if (!link || !bar || !source || (link.dataset.add && !taken)) return;
  event.preventDefault();
  choose(link.closest(".value-row"), false);
  read(link.dataset.correct ?? link.dataset.add);
});
document.addEventListener("htmx:beforeSwap", (event) => {
  if ([409, 422].includes(event.detail.xhr.status)) event.detail.shouldSwap = true;
});
document.addEventListener("htmx:afterSettle", () => {
  const form = document.querySelector("#desk-offered form");
  const list = form?.querySelector("#offered-code");
  const first = list && !form.querySelector('[value="by"], [name="hedged"]') ? list : form?.querySelector("#offered-save");
  first?.focus();
  if (bar && form) bar.hidden = true;
});
document.addEventListener("keydown", (event) => {
  const form = event.target.closest?.("#desk-offered form");
  if (form && event.key === "Enter" && event.target.matches("select")) {
    event.preventDefault();
    form.requestSubmit();
  }
  if (event.key === "Escape") {
    getSelection().removeAllRanges();
    forget();
    document.querySelector("#desk-offered form")?.remove();
    choose(current);
  }
});

// Keys, by their place on the keyboard, so that an Arabic layout has them too

const keysOn = document.getElementById("keys-on");
if (keysOn) {
  keysOn.checked = localStorage.getItem(KEYS_OFF) === null;
  keysOn.addEventListener("change", () => {
    if (keysOn.checked) localStorage.removeItem(KEYS_OFF);
    else localStorage.setItem(KEYS_OFF, "1");
  });
}

const press = (selector, within = document) => within?.querySelector(selector)?.click();
const ACTS = {
  KeyJ: () => step(1),
  KeyK: () => step(-1),
  KeyY: () => press(".accept", current),
  KeyN: () => press(".reject", current),
  KeyE: () => current && read(current.dataset.value),
  KeyT: toText,
  KeyM: () => taken && read("new"),
  KeyU: () => press('[data-key="u"]'),
  KeyA: () => press('[data-key="a"]'),
  KeyH: () => press(".keys > summary"),
};

document.addEventListener("keydown", (event) => {
  if (!keysOn?.checked || event.ctrlKey || event.altKey || event.metaKey || event.isComposing) return;
  if (event.target.closest?.("input:not([type=checkbox]):not([type=radio]), select, textarea, [contenteditable], #desk-offered")) return;
  const slot = SLOT_KEYS[event.code];
  const act = slot ? () => taken && read(valueFor(slot, event.shiftKey)) : event.shiftKey ? null : ACTS[event.code];
  if (!act) return;
  event.preventDefault();
  if (!event.repeat || ["KeyJ", "KeyK"].includes(event.code)) act();
});

// The page comes back at the same place after an act, at the next value that nobody decided about.

addEventListener("submit", () => sessionStorage.setItem(PLACE, `${location.pathname} ${scrollY}`));
const [path, height] = (sessionStorage.getItem(PLACE) ?? "").split(" ");
sessionStorage.removeItem(PLACE);
if (path === location.pathname) scrollTo({ top: Number(height), behavior: "instant" });
const isOpen = (row) => !/\bis-/.test(row.className);
const last = rows.findIndex((row) => row.dataset.value === desk.dataset.current);
choose(rows.slice(Math.max(last, 0)).find(isOpen) ?? rows.find(isOpen) ?? rows[Math.max(last, 0)], false);
