// What a visit asks of a page and does to it. Runs in an isolated world: the page's own scripts neither see nor change any of it.
// Every function returns plain JSON. Elements are named by numbers that hold as long as the document does.
globalThis.tawthiq = globalThis.tawthiq || (() => {
  const MOST_CANDIDATES = 600;
  const LONGEST_LABEL = 200;
  const NAMED_AFTER_A_BUTTON = ["more", "expand", "load", "show", "comment", "repl", "consent", "cookie", "close", "dismiss", "reject"];
  const NAMED_AFTER_A_BANNER = ["cookie", "consent", "gdpr", "newsletter", "popup", "modal", "overlay", "banner", "notice", "subscribe", "notification"];
  const numbers = new WeakMap();
  const elements = new Map();
  const prevented = [];
  const forgotten = new WeakSet();
  let guarded = false;
  let armed = false;

  const numberOf = (element) => {
    if (!numbers.has(element)) {
      numbers.set(element, elements.size + 1);
      elements.set(elements.size + 1, new WeakRef(element));
    }
    return numbers.get(element);
  };
  const element = (number) => elements.get(number)?.deref();

  // All elements below a root that fit a selector, those in open shadow trees included.
  const found = (root, selector) => {
    const matches = [...root.querySelectorAll(selector)];
    for (const host of root.querySelectorAll("*")) {
      if (host.shadowRoot) matches.push(...found(host.shadowRoot, selector));
    }
    return matches;
  };
  const named = (words, tags) => words.flatMap((word) => tags.flatMap((tag) => [`${tag}[class*="${word}" i]`, `${tag}[id*="${word}" i]`])).join(",");

  const shows = (each) => {
    const box = each.getBoundingClientRect();
    return box.width > 1 && box.height > 1 && each.checkVisibility({ opacityProperty: true, visibilityProperty: true });
  };
  const words = (each) => (each.innerText ?? each.value ?? "").trim().slice(0, LONGEST_LABEL);
  const labels = (each) => {
    const own = [words(each), each.tagName === "INPUT" ? each.value : "", each.getAttribute("aria-label"), each.getAttribute("title")];
    return [...new Set(own.filter(Boolean).map((label) => label.slice(0, LONGEST_LABEL)))];
  };
  // Where pressing an element would lead: an address of another document, or "" when it stays.
  const destination = (each) => {
    const link = each.closest("a[href], area[href]");
    if (!link) return "";
    const written = link.getAttribute("href").trim();
    if (written === "" || written.startsWith("#") || /^javascript:/i.test(written)) return "";
    try {
      const [to, here] = [new URL(link.href), new URL(document.baseURI)];
      to.hash = here.hash = "";
      return to.href === here.href && link.href.includes("#") ? "" : to.href;
    } catch { return written; }
  };
  const submits = (each) => {
    const button = each.closest("button, input");
    return !!button?.form && ["submit", "image", "reset"].includes(button.type);
  };

  const PRESSED = ["button", "summary", "a", "input[type=button]", "[role=button]", "[role=link]", "[onclick]", "[aria-expanded=false]"].join(",")
    + "," + named(NAMED_AFTER_A_BUTTON, ["span", "div", "p", "i", "li"]);
  // Menus and what opens one: opened, they would cover the page and bring nothing.
  const MENUS = "nav, [role=navigation], [role=menu], [role=menubar], [role=tablist], [aria-haspopup]:not([aria-haspopup=false])";
  const candidates = (within) => {
    const root = within ? element(within) : document;
    if (!root) return [];
    const out = [];
    for (const each of found(root, PRESSED)) {
      if (out.length >= MOST_CANDIDATES) break;
      if (each.disabled || each.getAttribute("aria-expanded") === "true" || each.getAttribute("aria-disabled") === "true") continue;
      if (!within && each.closest(MENUS)) continue;
      if ((each.textContent ?? "").length > 4 * LONGEST_LABEL || !shows(each)) continue;
      const label = labels(each);
      if (!label.length && each.tagName !== "SUMMARY") continue;
      if (destination(each) || submits(each)) continue;
      const closed = each.tagName === "SUMMARY" && each.parentElement?.tagName === "DETAILS" && !each.parentElement.open;
      if (each.tagName === "SUMMARY" && !closed) continue;
      out.push({ number: numberOf(each), labels: label, summary: closed });
    }
    return out;
  };

  // What stands before the page: fixed and sticky boxes, dialogs, and boxes named after banners.
  const banners = () => {
    const boxes = new Set(found(document, "dialog[open], [role=dialog], [role=alertdialog], [aria-modal=true]," + named(NAMED_AFTER_A_BANNER, ["div", "section", "aside", "form"])));
    const columns = [4, innerWidth / 4, innerWidth / 2, (innerWidth * 3) / 4, innerWidth - 4];
    const rows = [4, 20, ...Array.from({ length: 11 }, (_, row) => (innerHeight * (row + 1)) / 12), innerHeight - 20, innerHeight - 4];
    for (const column of columns) {
      for (const row of rows) {
        for (const at of document.elementsFromPoint(column, row)) {
          let box = at;
          while (box && box !== document.body && box !== document.documentElement) {
            if (["fixed", "sticky"].includes(getComputedStyle(box).position)) boxes.add(box);
            box = box.parentElement ?? box.getRootNode().host;
          }
        }
      }
    }
    const out = [];
    for (const box of boxes) {
      if (!box.isConnected || forgotten.has(box) || !shows(box)) continue;
      const style = getComputedStyle(box);
      const dialog = box.matches("dialog[open], [role=dialog], [role=alertdialog], [aria-modal=true]");
      if (!dialog && !["fixed", "sticky"].includes(style.position) && !(style.position === "absolute" && Number(style.zIndex) > 1)) continue;
      const text = (box.innerText ?? "").trim();
      if (text.length < 8 || text.length > 6000) continue;
      if ([...boxes].some((other) => other !== box && other.contains(box) && other.innerText?.trim() === text)) continue;
      out.push({ number: numberOf(box), text: text.slice(0, 2000), dialog });
    }
    return out.slice(0, 20);
  };

  const press = (number) => {
    const each = element(number);
    if (!each?.isConnected) return false;
    each.click();
    return true;
  };
  const forget = (number) => { const each = element(number); if (each) forgotten.add(each); return true; };
  const stands = (number) => !!element(number)?.isConnected && shows(element(number));

  // The box that scrolls: the page, or the largest box inside it where the page itself does not.
  let scroller = null;
  const scrolling = () => {
    const page = document.scrollingElement ?? document.documentElement;
    if (page.scrollHeight > innerHeight * 1.05) return page;
    if (scroller?.isConnected) return scroller;
    const boxes = [...document.querySelectorAll("main, section, article, div, ul")].filter((box) =>
      box.clientHeight > innerHeight / 2 && box.scrollHeight > box.clientHeight * 1.2 && ["auto", "scroll"].includes(getComputedStyle(box).overflowY));
    boxes.sort((one, other) => other.scrollHeight - one.scrollHeight);
    scroller = boxes[0] ?? null;
    return scroller ?? page;
  };
  const scroll = () => {
    const box = scrolling();
    const before = box.scrollTop;
    box.scrollBy({ top: Math.max(100, box.clientHeight * 0.85), behavior: "instant" });
    return { moved: box.scrollTop > before, at: Math.round(box.scrollTop + box.clientHeight), height: box.scrollHeight };
  };
  const top = () => { scrolling().scrollTo({ top: 0, behavior: "instant" }); return true; };

  const lacking = () => found(document, "img").filter((image) => (image.currentSrc || image.src || image.srcset) && !image.complete);
  const images = () => lacking().length;
  const wake = () => {
    const asleep = lacking().filter((image) => image.loading === "lazy");
    for (const image of asleep) image.loading = "eager";
    const frames = found(document, "iframe[loading=lazy]");
    for (const frame of frames) frame.loading = "eager";
    return { images: asleep.length, frames: frames.length };
  };

  // Keeps the page where it is: every way to another document that the Navigation API lets be cancelled, and sending of forms.
  const guard = () => {
    if (guarded) return true;
    guarded = true;
    globalThis.navigation?.addEventListener("navigate", (event) => {
      if (!armed || event.hashChange || event.downloadRequest !== null || event.destination.sameDocument || !event.cancelable) return;
      event.preventDefault();
      prevented.push(event.destination.url);
    });
    addEventListener("submit", (event) => {
      if (!armed) return;
      event.preventDefault();
      prevented.push(`a form to ${event.target.action ?? ""}`);
    }, true);
    return true;
  };
  const arm = (on) => { armed = on; return guard(); };
  const kept = () => prevented.splice(0);

  const shadows = (root, all = []) => {
    for (const host of root.querySelectorAll("*")) {
      if (host.shadowRoot) { all.push(host.shadowRoot); shadows(host.shadowRoot, all); }
    }
    return all;
  };
  // The document as it stands, as HTML; open shadow trees as declarative templates.
  const serialised = () => {
    const type = document.doctype;
    const doctype = type ? new XMLSerializer().serializeToString(type) + "\n" : "";
    const root = document.documentElement;
    if (!root) return "";
    const roots = shadows(document);
    if (!(root instanceof HTMLElement)) return (doctype + new XMLSerializer().serializeToString(root)).toWellFormed();
    const outside = root.cloneNode(false).outerHTML;
    const end = outside.lastIndexOf("</");
    const inside = root.getHTML ? root.getHTML({ shadowRoots: roots }) : root.innerHTML;
    return (doctype + outside.slice(0, end) + inside + outside.slice(end)).toWellFormed();
  };
  const facts = () => {
    const page = document.scrollingElement ?? document.documentElement;
    return {
      address: document.URL, title: document.title.slice(0, 1000), type: document.contentType, state: document.readyState,
      width: Math.max(innerWidth, page?.scrollWidth ?? 0), height: Math.max(innerHeight, page?.scrollHeight ?? 0),
      shadows: document.documentElement ? shadows(document).length : 0,
      elements: document.querySelectorAll("*").length,
    };
  };
  // In how many seconds the page will send its reader to another address by itself; null when it will not.
  const refresh = () => {
    const told = document.querySelector("meta[http-equiv=refresh i]")?.content ?? "";
    const [, seconds, , to] = /^\s*(\d{1,3}(?:\.\d+)?)\s*[;,]\s*(url\s*=\s*)?['"]?([^'"]+)/i.exec(told) ?? [];
    return to && URL.canParse(to, document.baseURI) && new URL(to, document.baseURI).href !== document.URL ? Number(seconds) : null;
  };
  const size = () => ({ elements: document.querySelectorAll("*").length, text: (document.body?.innerText ?? "").length });
  return { size, refresh, candidates, banners, press, stands, forget, scroll, top, images, wake, arm, kept, serialised, facts };
})();
