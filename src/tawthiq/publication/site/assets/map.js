// The map that can be moved, made of the table's rows over outlines that came with the site. Without this file the picture and
// the table hold the same. Everything becomes text, never markup.
"use strict";

(() => {
  const { L, tawthiqOutlines } = window;
  const box = document.getElementById("map");
  const picture = document.getElementById("map-picture");
  if (!box || !L || !tawthiqOutlines) return;
  const words = box.dataset;
  const shown = (number) => number.toLocaleString(words.language === "ar" ? "ar-EG" : "en");
  const marks = [...document.querySelectorAll("table.places tbody tr")].map((row) => ({
    slug: row.id,
    name: row.querySelector("th").textContent,
    link: row.querySelector("a").getAttribute("href"),
    at: [Number(row.dataset.latitude), Number(row.dataset.longitude)],
    reach: Number(row.dataset.reach) * 1000,
    count: Number(row.dataset.count),
  }));

  box.hidden = false;
  picture.hidden = true;
  const still = window.matchMedia("(prefers-reduced-motion: reduce)").matches;
  const map = L.map(box, {
    attributionControl: false, zoomControl: false, minZoom: 2, maxZoom: 11, zoomAnimation: !still, fadeAnimation: !still,
    markerZoomAnimation: !still, scrollWheelZoom: true, worldCopyJump: false,
  });
  L.control.zoom({ zoomInTitle: words.in, zoomOutTitle: words.out }).addTo(map);
  L.control.scale({ imperial: false }).addTo(map);
  L.polygon(tawthiqOutlines.map((ring) => [ring]), { className: "land", weight: 1, interactive: false }).addTo(map);

  function icon(count, kind) {
    const size = Math.round(30 + Math.min(24, Math.sqrt(count) * 3));
    return L.divIcon({ html: shown(count), className: `live-sign ${kind}`, iconSize: [size, size] });
  }

  function popup(mark) {
    const content = document.createElement("div");
    content.dir = "auto";
    const name = document.createElement("strong");
    name.textContent = mark.name;
    const link = document.createElement("a");
    link.href = mark.link;
    link.textContent = `${words.open} (${shown(mark.count)})`;
    content.append(name, document.createElement("br"), link);
    return content;
  }

  /** A name for screen readers, when the sign gets onto the map. */
  function named(marker, text) {
    marker.on("add", () => marker.getElement()?.setAttribute("aria-label", text));
    return marker;
  }

  const clusters = L.markerClusterGroup({
    showCoverageOnHover: false, animate: !still, maxClusterRadius: 44, chunkedLoading: true,
    iconCreateFunction: (cluster) => icon(cluster.getAllChildMarkers().reduce((sum, each) => sum + each.options.count, 0), "several"),
  });
  const bySlug = new Map();
  for (const mark of marks) {
    if (mark.reach) {
      L.circle(mark.at, { radius: mark.reach, className: "area", weight: 1.5, dashArray: "6 5", interactive: false }).addTo(map);
    }
    const marker = L.marker(mark.at, { icon: icon(mark.count, mark.reach ? "area-sign" : "sign"), count: mark.count, keyboard: true });
    named(marker, `${mark.name}: ${shown(mark.count)}`).bindPopup(() => popup(mark));
    bySlug.set(mark.slug, marker);
    clusters.addLayer(marker);
  }
  map.addLayer(clusters);
  const bounds = L.latLngBounds(marks.map((mark) => mark.at)).pad(0.15);
  map.fitBounds(bounds, { maxZoom: 8 });
  map.setMaxBounds(bounds.pad(1.2));

  /** The place that the address names: opened on the map. */
  const wanted = bySlug.get(decodeURIComponent(location.hash.slice(1)));
  if (wanted) {
    clusters.zoomToShowLayer(wanted, () => wanted.openPopup());
    window.scrollTo(0, 0);
  }
  box.dataset.ready = "yes";
})();
