// Closer and further away, arrow keys from sign to sign, and the words of the sign in a line below the picture.
// Without this file the picture scrolls and the table holds the same.

const STEP = 1.5, MOST = 8;

function words(line) {
  const title = line.querySelector("title");
  return title ? title.textContent : "";
}

function button(sign, label, act) {
  const made = document.createElement("button");
  made.type = "button";
  made.className = "quiet";
  made.textContent = sign;
  made.setAttribute("aria-label", label);
  made.addEventListener("click", act);
  return made;
}

function arrange(frame) {
  const picture = frame.querySelector("svg");
  const told = document.createElement("p");
  told.className = "chart-told";
  told.setAttribute("role", "status");
  told.dir = "auto";
  let scale = 1;
  const zoom = (factor) => {
    const middle = (frame.scrollLeft + frame.clientWidth / 2) / picture.clientWidth;
    scale = Math.min(MOST, Math.max(1, scale * factor));
    picture.style.inlineSize = `${scale * 100}%`;
    picture.style.maxInlineSize = "none";
    frame.scrollLeft = middle * picture.clientWidth - frame.clientWidth / 2;
  };
  const tools = document.createElement("p");
  tools.className = "zoom-tools";
  tools.append(button("+", frame.dataset.closer, () => zoom(STEP)), button("−", frame.dataset.further, () => zoom(1 / STEP)));
  frame.before(tools);
  frame.after(told);
  const lines = [...picture.querySelectorAll("a.chart-line")];
  if (lines.length && frame.scrollWidth > frame.clientWidth) {
    const first = lines[0].getBoundingClientRect(), room = frame.getBoundingClientRect();
    frame.scrollLeft += first.left + first.width / 2 - (room.left + room.width / 2);
  }
  for (const kind of ["mouseover", "focusin"]) {
    picture.addEventListener(kind, (event) => {
      const line = event.target.closest(".chart-line, g");
      if (line && line.querySelector(":scope > title")) told.textContent = words(line);
    });
  }
  picture.addEventListener("keydown", (event) => {
    const at = lines.indexOf(event.target.closest("a.chart-line"));
    const back = document.documentElement.dir === "rtl" ? "ArrowRight" : "ArrowLeft";
    const on = back === "ArrowLeft" ? "ArrowRight" : "ArrowLeft";
    const next = event.key === on ? lines[at + 1] : event.key === back ? lines[at - 1] : event.key === "Home" ? lines[0] : event.key === "End" ? lines[lines.length - 1] : null;
    if (at < 0 || !next) return;
    event.preventDefault();
    next.focus();
    next.scrollIntoView({ block: "nearest", inline: "center" });
  });
}

for (const frame of document.querySelectorAll(".zoomable")) arrange(frame);
