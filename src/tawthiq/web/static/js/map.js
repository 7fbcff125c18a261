// The map that can be moved: the marks of the server over the same outlines. Without this file the picture and the table
// hold the same. Every word of a source becomes text here, never markup.

const { L, topojson } = window;
const box = document.getElementById("map");
const told = document.querySelector(".map-told");
const words = box ? box.dataset : {};
const SMALLEST = 30, LARGEST = 64, AREA_LETTERS = 26;
const AREA_STYLE = { weight: 1.5, dashArray: "6 4", fillColor: "url(#live-hatch)", fillOpacity: 1 };

/** The largest sign: smaller where the map is small. */
const largest = () => (box.clientWidth < 600 ? 44 : LARGEST);

/** The value of one of the style sheet's colours. */
const colour = (name) => getComputedStyle(box).getPropertyValue(name).trim();

/** A number in the digits and with the separators of the page's language. */
const shown = (number) => number.toLocaleString(words.eastern ? "ar-EG" : "en");

function make(name, text, attributes = {}) {
  const element = document.createElement(name);
  if (text) element.textContent = text;
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
  return element;
}

function link(address, text) {
  const url = new URL(address, location.href);
  return url.origin === location.origin ? make("a", text, { href: url.href }) : make("span", text);
}

/** A sign with a name for screen readers. */
const Sign = L && L.DivIcon.extend({
  createIcon(old) {
    const icon = L.DivIcon.prototype.createIcon.call(this, old);
    icon.setAttribute("aria-label", this.options.label);
    return icon;
  },
});

function sign(count, shown, label, most, kind) {
  const size = Math.round(SMALLEST + (largest() - SMALLEST) * Math.min(1, Math.sqrt(count / Math.max(1, most))));
  return new Sign({ html: false, className: `live-sign ${kind}`, iconSize: [size, size], label, shown });
}

function written(icon) {
  const create = icon.createIcon.bind(icon);
  icon.createIcon = (old) => {
    const element = create(old);
    element.textContent = icon.options.shown;
    return element;
  };
  return icon;
}

async function json(address) {
  const answer = await fetch(address, { credentials: "same-origin", headers: { Accept: "application/json" } });
  if (!answer.ok || !(answer.headers.get("content-type") || "").includes("json")) throw new Error(address);
  return answer.json();
}

function marksAddress(place) {
  const asked = new URLSearchParams(words.filters);
  if (place) asked.set("spot", place);
  return `${words.marks}?${asked}`;
}

/** What a popup tells of one place: its incidents, each with the characters that say where it was. */
function tell(popup, mark) {
  const content = make("div", "", { dir: "auto" });
  content.append(make("h3", mark.where), make("p", `${words.incidents} ${mark.shown}`));
  const waiting = make("p", words.waiting);
  content.append(waiting);
  popup.setContent(content);
  json(marksAddress(mark.code)).then((found) => {
    const list = make("ul");
    for (const incident of found.incidents) {
      const item = make("li");
      item.append(link(incident.address, [incident.title, incident.when].filter(Boolean).join(" · ")), make("br"));
      const quote = link(incident.claim, "");
      quote.append(make("q", incident.words, { dir: "auto" }));
      item.append(quote, " ", make("bdi", incident.source));
      if (incident.disputed) item.append(make("br"), make("span", `≠ ${words.disputed}`, { class: "dispute-note" }));
      list.append(item);
    }
    waiting.replaceWith(list);
    if (mark.count > found.incidents.length) content.append(link(found.address, words.all));
    popup.update();
  }).catch(() => { waiting.textContent = words.failed; });
}

function withPopup(layer, mark) {
  layer.bindPopup("", { maxWidth: 320, autoPanPadding: [20, 20] });
  layer.on("popupopen", (event) => {
    tell(event.popup, mark);
    const close = event.popup.getElement().querySelector(".leaflet-popup-close-button");
    if (close) close.setAttribute("href", "#map");
  });
  layer.on("keydown", (event) => {  // Leaflet opens by Enter itself, and would close again what was opened here
    if (event.originalEvent.key !== " ") return;
    event.originalEvent.preventDefault();
    layer.openPopup();
  });
  return layer;
}

function hatch(map) {
  const renderer = L.svg({ padding: 0.5 }).addTo(map);
  const space = "http://www.w3.org/2000/svg";
  const pattern = document.createElementNS(space, "pattern");
  for (const [key, value] of Object.entries({ id: "live-hatch", width: 8, height: 8, patternUnits: "userSpaceOnUse", patternTransform: "rotate(45)" })) pattern.setAttribute(key, value);
  const line = document.createElementNS(space, "path");
  line.setAttribute("d", "M0 0V8");
  line.setAttribute("class", "hatch-line");
  line.setAttribute("stroke-width", "2.5");
  pattern.append(line);
  renderer._container.prepend(document.createElementNS(space, "defs"));
  renderer._container.firstChild.append(pattern);
  renderer._container.setAttribute("aria-hidden", "true");
  return renderer;
}

function areas(map, marks, countries, renderer) {
  const style = { ...AREA_STYLE, color: colour("--place"), renderer, interactive: false };
  for (const mark of marks.filter((each) => each.area)) {
    const country = mark.country === null ? null : countries[mark.country];
    const shape = country ? L.geoJSON(country, { style: () => style, interactive: false }) : L.circle(mark.at, { ...style, radius: mark.kilometres * 1000 });
    shape.addTo(map);
    const name = mark.name.length > AREA_LETTERS ? `${mark.name.slice(0, AREA_LETTERS)}…` : mark.name;
    const icon = written(new Sign({ html: false, className: "live-sign area-sign", iconSize: [Math.min(220, 40 + name.length * 8), 26], label: `${mark.where}: ${words.incidents} ${mark.shown}`, shown: `${mark.shown} · ${name}` }));
    const above = country ? mark.at : [mark.at[0] + mark.kilometres / 111, mark.at[1]];
    withPopup(L.marker(above, { icon, keyboard: true, riseOnHover: true }), mark).addTo(map);
  }
}

function places(map, marks) {
  const points = marks.filter((mark) => !mark.area);
  const most = Math.max(1, ...points.map((mark) => mark.count));
  const group = L.markerClusterGroup({
    showCoverageOnHover: false, maxClusterRadius: 48, spiderLegPolylineOptions: { weight: 1 }, animate: !matchMedia("(prefers-reduced-motion: reduce)").matches,
    iconCreateFunction(cluster) {
      const held = cluster.getAllChildMarkers();
      const count = held.reduce((sum, marker) => sum + marker.options.mark.count, 0);
      const first = held.reduce((one, other) => (other.options.mark.count > one.options.mark.count ? other : one)).options.mark;
      const label = `${first.name} … (${words.places} ${held.length}) ${words.incidents} ${shown(count)}`;
      return written(sign(count, shown(count), label, most, "several"));
    },
  });
  for (const mark of points) {
    const icon = written(sign(mark.count, mark.shown, `${mark.name}: ${words.incidents} ${mark.shown}`, most, "one"));
    group.addLayer(withPopup(L.marker(mark.at, { icon, mark, keyboard: true }), mark));
  }
  map.addLayer(group);
}

/** The map's own outlines, or the team's, or both; what cannot be had is left out, the marks stay. */
async function outlines(map) {
  const style = { stroke: true, weight: 1, color: colour("--border"), fill: true, fillColor: colour("--land"), fillOpacity: 1 };
  const renderer = L.canvas({ padding: 0.5 });
  let countries = [];
  if (!words.alone) {
    const world = await json(words.outlines);
    countries = topojson.feature(world, world.objects.countries).features;
    L.geoJSON(countries, { style: () => ({ ...style, renderer }), interactive: false }).addTo(map);
  }
  if (words.layer) {
    const own = await json(words.layer);
    L.geoJSON(own, { style: () => ({ ...style, renderer, fill: Boolean(words.alone), weight: 1.5 }), interactive: false }).addTo(map);
  }
  return countries;
}

function begin() {
  const map = L.map(box, { attributionControl: false, zoomControl: false, zoomSnap: 0.5, minZoom: 1, maxZoom: 13, worldCopyJump: true, zoomAnimation: !matchMedia("(prefers-reduced-motion: reduce)").matches });
  L.control.zoom({ zoomInTitle: words.closer, zoomOutTitle: words.further }).addTo(map);
  L.control.scale({ imperial: false }).addTo(map);
  const [west, south, east, north] = words.box.split(",").map(Number);
  map.fitBounds([[south, west], [north, east]]);
  return map;
}

async function show() {
  const found = await json(marksAddress(words.place));
  for (const mark of found.marks) Object.assign(mark, { where: mark.where || mark.name, shown: shown(mark.count), country: mark.country ?? null });
  box.hidden = false;
  const map = begin();
  const countries = await outlines(map);
  areas(map, found.marks, countries, hatch(map));
  for (const line of found.lines || []) L.polyline(line, { color: colour("--act"), weight: 2, dashArray: "2 6", interactive: false }).addTo(map);
  places(map, found.marks);
  document.querySelector(".map-static").hidden = true;
  box.dataset.ready = "1";
  if (found.left_out) told.textContent = `${words.left} ${found.left_out}`;
}

if (box && L && topojson) {
  show().catch(() => {
    box.hidden = true;
    document.querySelector(".map-static").hidden = false;
    told.textContent = words.failed;
  });
}
