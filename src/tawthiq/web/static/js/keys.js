// Single keys press the buttons that bear an access key, in the queue only; the page works without it.
// Keys are told by their place on the keyboard, so that an Arabic layout serves as well. Nothing is pressed while somebody
// writes, while a key is held down, or twice on one page.

const elements = () => [...document.querySelectorAll("[accesskey]")];
const code = (element) => `Key${element.accessKey.toUpperCase()}`;
const list = document.querySelector("[data-keys-list]");
const sheet = document.querySelector("[data-keys]");
let spent = false;

function named(element) {
  const copy = element.cloneNode(true);
  copy.querySelectorAll("kbd").forEach((key) => key.remove());
  return copy.textContent.trim().replace(/\s+/g, " ");
}

function row(element) {
  const line = document.createElement("div");
  const term = document.createElement("dt");
  const key = document.createElement("kbd");
  const meaning = document.createElement("dd");
  key.textContent = element.accessKey.toUpperCase();
  meaning.textContent = named(element);
  term.append(key);
  line.append(term, meaning);
  return line;
}

function writing(target) {
  return target instanceof Element && target.closest("input, textarea, select, [contenteditable]") !== null;
}

function pressed(event) {
  if (event.ctrlKey || event.altKey || event.metaKey || event.repeat || event.isComposing) return;
  if (event.key === "Escape" && sheet) sheet.open = false;
  if (writing(event.target)) return;
  if (event.key === "?" || event.key === "؟") {
    event.preventDefault();
    if (sheet) sheet.open = !sheet.open;
    return;
  }
  const wanted = elements().find((element) => code(element) === event.code && !event.shiftKey);
  if (!wanted || spent) return;
  event.preventDefault();
  if (wanted.matches("summary")) {
    wanted.parentElement.open = !wanted.parentElement.open;
    wanted.parentElement.querySelector("select, input:not([type=hidden])")?.focus();
    return;
  }
  spent = true;
  wanted.click();
}

if (list) list.replaceChildren(...elements().map(row));
document.addEventListener("keydown", pressed);
window.addEventListener("pageshow", () => { spent = false; });
