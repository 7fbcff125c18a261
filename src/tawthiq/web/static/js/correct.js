// Marking with the mouse or the keyboard: selected characters and shift-clicked lines fill the fields of the marking tool.
// Without this file the same fields are filled by hand, and every line has its own list of kinds.

const form = document.getElementById("correcting");
const field = (name) => form.elements.namedItem(name);
const told = form.querySelector(".tool-selected");
const place = "tawthiq-correcting-place";
let anchor = null;

/** Code points before `offset` (in UTF-16 units) of a text: offsets of ours count code points. */
function codePoints(text, offset) {
  return [...text.slice(0, offset)].length;
}

/** Where a point of the document stands in the page's text; null outside the lines. */
function placeOf(node, offset) {
  const element = node.nodeType === Node.TEXT_NODE ? node.parentElement : node;
  const line = element?.closest(".line-text");
  if (!line || !form.contains(line)) return null;
  const range = document.createRange();
  range.setStart(line, 0);
  range.setEnd(node, offset);
  const before = range.toString();
  return Number(line.dataset.start) + codePoints(before, before.length);
}

function forgetSelection() {
  field("mark-start").value = field("mark-end").value = "";
  told.hidden = true;
}

function forgetLines() {
  for (const name of ["mark-from", "mark-to", "mark-words"]) field(name).value = "";
  showLines();
}

function showLines() {
  const first = Number(field("mark-from").value) || Number(field("mark-to").value);
  const last = Number(field("mark-to").value) || first;
  for (const line of form.querySelectorAll(".line")) {
    const number = Number(line.dataset.line);
    line.classList.toggle("chosen", first > 0 && first <= number && number <= last);
  }
}

function takeSelection() {
  const selection = getSelection();
  if (!selection.rangeCount || selection.isCollapsed) return;
  const range = selection.getRangeAt(0);
  const start = placeOf(range.startContainer, range.startOffset);
  const end = placeOf(range.endContainer, range.endOffset);
  if (start === null || end === null || end <= start) return;
  forgetLines();
  field("mark-start").value = start;
  field("mark-end").value = end;
  const words = selection.toString().replace(/\s+/g, " ").trim();
  told.querySelector("q").textContent = words.length > 80 ? `${words.slice(0, 80)}…` : words;
  told.hidden = false;
}

function takeLine(number, extend) {
  forgetSelection();
  anchor = extend && anchor ? anchor : number;
  field("mark-words").value = "";
  field("mark-from").value = Math.min(anchor, number);
  field("mark-to").value = Math.max(anchor, number);
  showLines();
}

for (const number of form.querySelectorAll("span.line-number")) {
  const button = document.createElement("button");
  button.type = "button";
  button.className = number.className;
  button.id = number.id;
  button.textContent = number.textContent;
  button.addEventListener("click", (event) => takeLine(Number(button.textContent), event.shiftKey));
  number.replaceWith(button);
}

document.addEventListener("selectionchange", takeSelection);
told.querySelector("[data-forget]").addEventListener("click", () => {
  getSelection().removeAllRanges();
  forgetSelection();
});
for (const name of ["mark-from", "mark-to"]) {
  field(name).addEventListener("input", () => {
    forgetSelection();
    showLines();
  });
}
field("mark-words").addEventListener("input", forgetSelection);
for (const name of ["date-words", "date-day"]) {
  field(name).addEventListener("input", () => {
    form.querySelector('input[name="date"][value="words"]').checked = true;
  });
}

// Enter in a field of the tool marks; elsewhere it shows the result (the form's first button).
form.querySelector(".tool").addEventListener("keydown", (event) => {
  if (event.key !== "Enter" || event.target.matches("button")) return;
  event.preventDefault();
  form.querySelector('button[value="mark"]').click();
});

// The page comes back at the same place after each mark.
form.addEventListener("submit", (event) => {
  const action = event.submitter?.value ?? "";
  const keep = ["mark", "record", "show"].includes(action);
  if (keep) sessionStorage.setItem(place, `${location.pathname} ${scrollY}`);
});
const [path, height] = (sessionStorage.getItem(place) ?? "").split(" ");
sessionStorage.removeItem(place);
if (path === location.pathname) requestAnimationFrame(() => scrollTo({ top: Number(height), behavior: "instant" }));
