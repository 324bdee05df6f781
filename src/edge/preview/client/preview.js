// The live preview: shows each change of the handbook in the page that is open, at the place that is
// being read. Only `canvasbook serve` adds this script; a built site has no trace of it.
import { showErrors } from "./errors.js";
import { morph, morphAttributes, pair } from "./morph.js";
import { inPlace } from "./place.js";

// What the page was made of when it was loaded.
const mine = { ...document.querySelector("script[data-version]").dataset };
const FIRST_PAUSE = 250;
const LONGEST_PAUSE = 5000;
const MARKED = 1500;
const BLOCKS = "li, p, h1, h2, h3, h4, h5, h6, dt, dd, td, th, pre, figure, table, section";

let root = document.documentElement.cloneNode(false);
pair(document.body, document.body.cloneNode(true));

const pathOf = (url) => new URL(url, location.href).pathname;
const sheets = (page) => [
  ...page.querySelectorAll("head link[rel=stylesheet]:not([data-preview])"),
];

function morphHead(fresh) {
  document.title = fresh.title;
  morphAttributes(document.documentElement, root, fresh.documentElement);
  root = fresh.documentElement.cloneNode(false);
  const path = (link) => pathOf(link.getAttribute("href"));
  const [now, then] = [sheets(document), sheets(fresh)];
  const missing = (from, links) =>
    from.filter((one) => !links.some((two) => path(one) === path(two)));
  for (const link of missing(then, now)) document.head.append(document.importNode(link));
  for (const link of missing(now, then)) link.remove();
}

async function refresh() {
  const response = await fetch(location.pathname, { cache: "no-store" });
  const fresh = new DOMParser().parseFromString(await response.text(), "text/html");
  if (fresh.querySelector("meta[http-equiv=refresh]")) return location.reload();
  const changed = new Set();
  inPlace(() => {
    morphHead(fresh);
    morph(document.body, fresh.body, changed);
    // What scripts of the theme arranged is in the order of the sources again.
    dispatchEvent(new Event("patched"));
  });
  mine.version = fresh.querySelector("script[data-version]").dataset.version;
  mark(changed);
}

// Shows for a moment what changed.
function mark(nodes) {
  for (const node of nodes) {
    const block = (node.closest ? node : node.parentElement)?.closest(`main :is(${BLOCKS})`);
    if (!block) continue;
    block.dataset.previewChanged = "";
    setTimeout(() => delete block.dataset.previewChanged, MARKED);
  }
}

// Loads style sheets again; the old one holds until the new one is there.
function restyle(links) {
  for (const link of links) {
    const fresh = link.cloneNode();
    fresh.href = `${pathOf(link.href)}?${Date.now()}`;
    fresh.onload = () => link.remove();
    link.dataset.preview = "old";
    link.after(fresh);
  }
}

async function update(news) {
  showErrors(news.errors, (at) => socket.send(`error ${at}`));
  canEdit = news.can_edit;
  mine.state = news.state;
  if (news.moved) return location.replace(news.moved + location.hash);
  if (news.scripts !== mine.scripts) return location.reload();
  const files = new Set(news.files.map(pathOf));
  const isStale = (link) => news.styles !== mine.styles || files.has(pathOf(link.href));
  restyle(sheets(document).filter(isStale));
  mine.styles = news.styles;
  for (const image of document.images) {
    if (files.has(pathOf(image.src))) image.src = `${pathOf(image.src)}?${Date.now()}`;
  }
  if (news.version !== mine.version) await refresh();
  if (news.written && document.visibilityState === "visible") follow(news.written);
}

// Goes to what was just written, where that was asked for.
function follow(url) {
  const page = (path) => path.replace(/index\.html$/, "");
  if (page(pathOf(url)) !== page(location.pathname)) return location.assign(url);
  const { hash } = new URL(url, location.href);
  const place = document.getElementById(decodeURIComponent(hash.slice(1)));
  place?.scrollIntoView({ block: "center" });
}

// One connection a tab, which comes back by itself.
let pause = FIRST_PAUSE;
let work = Promise.resolve();
let socket;
function connect() {
  socket = new WebSocket(`ws://${location.host}/_canvasbook/socket`);
  socket.onopen = () => {
    pause = FIRST_PAUSE;
    socket.send(`${location.pathname}\n${mine.state}`);
  };
  socket.onmessage = ({ data }) => {
    work = work.then(() => update(JSON.parse(data))).catch((error) => console.error(error));
  };
  socket.onclose = () => {
    setTimeout(connect, pause);
    pause = Math.min(2 * pause, LONGEST_PAUSE);
  };
}

// A click with Alt opens the editor where that was written: the place that a link leads to on this
// page, else the last anchor above.
let canEdit = false;
function openSource(event) {
  const { target } = event;
  if (!event.altKey || !canEdit || !target.closest("main")) return;
  event.preventDefault();
  const link = target.closest("a[href^='#']");
  const isAbove = (place) =>
    place.compareDocumentPosition(target) & Node.DOCUMENT_POSITION_FOLLOWING || place === target;
  const above = [...document.querySelectorAll("main [id]")].filter(isAbove);
  const anchor = link ? decodeURIComponent(link.hash.slice(1)) : above.at(-1)?.id;
  socket.send(`place ${anchor ?? ""}`);
}
addEventListener("click", openSource, { capture: true });

const style = document.createElement("link");
Object.assign(style, { rel: "stylesheet", href: new URL("preview.css", import.meta.url).pathname });
style.dataset.preview = "own";
document.head.append(style);
connect();
