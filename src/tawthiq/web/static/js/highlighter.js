// Lights every piece of a value when its link is followed, and finds the card of the words that are clicked.
// Without this file the links still jump: each value's first piece carries the fragment's id (:target in the style).

const lit = "lit";

/** All pieces of one value, in text order. */
function piecesOf(id) {
  return document.querySelectorAll(`mark[data-marks~="${CSS.escape(id)}"]`);
}

function unlight() {
  for (const piece of document.querySelectorAll(`.${lit}`)) piece.classList.remove(lit);
}

function openAround(element) {
  for (let fold = element.closest("details"); fold; fold = fold.parentElement.closest("details")) fold.open = true;
}

function show(id) {
  const pieces = piecesOf(id);
  if (!pieces.length) return;
  unlight();
  for (const piece of pieces) piece.classList.add(lit);
  const card = document.getElementById(`card-${pieces[0].dataset.record}`) ?? document.getElementById(`card-${id.split("-")[0]}`);
  card?.classList.add(lit);
  openAround(pieces[0]);
  const still = matchMedia("(prefers-reduced-motion: reduce)").matches;
  pieces[0].scrollIntoView({ block: "center", behavior: still ? "auto" : "smooth" });
}

function fromAddress() {
  const id = decodeURIComponent(location.hash.slice(1));
  if (id) show(id);
}

addEventListener("hashchange", fromAddress);
fromAddress();

document.addEventListener("click", (event) => {
  const link = event.target.closest('a[href^="#"]');
  if (link && link.hash === location.hash) fromAddress();
  const mark = event.target.closest(".source mark[data-record]");
  const card = mark && document.getElementById(`card-${mark.dataset.record}`);
  if (!card || !getSelection().isCollapsed) return;
  unlight();
  card.classList.add(lit);
  mark.classList.add(lit);
  card.scrollIntoView({ block: "nearest", behavior: "smooth" });
});

document.addEventListener("keydown", (event) => {
  if (event.key === "Escape") unlight();
});
