// Checks the live preview in Debian's Chromium: `node preview.js PROGRAM`.
//
// It serves a copy of the example handbook, edits its files as an editor would, and looks at what
// becomes of the pages that are open. How fast that is in a handbook of 1,000 canvases is printed, and
// no check asserts it, but that no tab holds up another.

import { chmod, cp, mkdir, mkdtemp, readFile, rename, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { chromium } from "playwright-core";

import { ARGUMENTS } from "./browser.js";
import { measureLatency } from "./latency.js";
import { hears, serveFolder } from "./live.js";
import { check, close } from "./report.js";

const REPOSITORY = resolve(import.meta.dirname, "../..");
// So long a slow and busy machine may take.
const PATIENCE = { timeout: 30_000 };
const TABS = 12;
// A tab loads in a fifth of this; one that waits for another's connection never does.
const PROMPT = 1000;

const program = resolve(process.argv[2] ?? join(REPOSITORY, "target/debug/canvasbook"));
const folder = await mkdtemp(join(tmpdir(), "canvasbook-preview-"));
const path = (file) => join(folder, file);
const read = (file) => readFile(path(file), "utf8");
const write = (file, text) => writeFile(path(file), text);
const edit = async (file, from, to) => {
  const text = await read(file);
  if (!text.includes(from)) throw new Error(`${file} has no "${from}"`);
  await write(file, text.replace(from, to));
};

// A page that is longer than any window, and a canvas with a block that is folded.
const paragraphs = (from, to) =>
  Array.from({ length: to - from }, (_, at) => `Paragraph ${from + at} of a long page.\n`);
const LONG = ["+++\ntitle = \"Long\"\n+++\n", ...paragraphs(0, 200)].join("\n");
const elements = (name) => Array.from({ length: 80 }, (_, at) => `- ${name} ${at}\n`).join("");
const BIG = `# Big\n\n## Channels\n\n${elements("Channel")}\n## Key Partners\n\n${elements("Partner")}
## Key Resources\n\n${elements("Resource")}`;

async function prepare() {
  for (const name of ["canvasbook.toml", "content", "kinds", "static"]) {
    await cp(join(REPOSITORY, name), path(name), { recursive: true });
  }
  await cp(join(REPOSITORY, "themes/default/assets"), path("themes/ours/assets"), { recursive: true });
  await edit("canvasbook.toml", 'theme = "default"', 'theme = "ours"');
  await mkdir(path("themes/ours/templates"));
  await write("content/long.md", LONG);
  await write("content/big.md", BIG);
  // Stands for an editor: notes what it was asked to open.
  await write("editor", '#!/bin/sh\nprintf "%s\\n" "$*" >> opened\n');
  await chmod(path("editor"), 0o755);
  await write("opened", "");
}

const serve = (port, ...flags) => serveFolder(program, folder, port, flags, { VISUAL: `${path("editor")} --wait` });

// Looks into a page again and again until it finds something. The policy of the pages forbids what the
// browser's driver would do for it.
async function until(tab, look, argument) {
  const end = Date.now() + PATIENCE.timeout;
  for (;;) {
    const found = await tab.evaluate(look, argument);
    if (found) return found;
    if (Date.now() > end) throw new Error(`waited in vain for ${look}`);
    await tab.waitForTimeout(20);
  }
}

// Opens a page of the preview; `wasKept` says later whether it is still the same page.
async function open(browser, url, options = {}) {
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 }, ...options });
  const tab = await context.newPage();
  const complaints = [];
  tab.on("console", (message) => {
    if (["error", "warning"].includes(message.type())) complaints.push(message.text());
  });
  tab.on("pageerror", (error) => complaints.push(String(error)));
  const heard = hears(tab);
  await tab.goto(url, { waitUntil: "load" });
  await heard;
  await tab.evaluate(() => (globalThis.kept = true));
  const wasKept = () => tab.evaluate(() => globalThis.kept === true);
  const shows = (text) => tab.getByText(text).first().waitFor({ state: "attached", ...PATIENCE });
  return { context, tab, complaints, wasKept, shows };
}

async function checkPatch(browser, base) {
  await check("an edit is patched into the page", async () => {
    const { context, tab, complaints, wasKept, shows } = await open(browser, `${base}big.html`);
    await tab.locator("details").first().evaluate((details) => (details.open = true));
    await tab.locator("#_scheme-dark").evaluate((radio) => (radio.checked = true));
    await tab.locator("main a", { hasText: "Channel 3" }).first().focus();
    await tab.evaluate(() => {
      const [item] = [...document.querySelectorAll("main li")].filter((li) => /Partner 30/.test(li.textContent));
      getSelection().selectAllChildren(item);
    });
    const selected = await tab.evaluate(() => String(getSelection()));
    await edit("content/big.md", "# Big\n", "# Bigger than before\n");
    await edit("content/big.md", "- Resource 7\n", "- Resource seven\n");
    await shows("Resource seven");
    await until(tab, () => document.title.startsWith("Bigger than before"));
    const wrong = await tab.evaluate((selected) => {
      const wrong = [];
      if (!document.querySelector("details").open) wrong.push("the details closed");
      if (!document.querySelector("#_scheme-dark").checked) wrong.push("the radio lost its mark");
      if (!/Channel 3/.test(document.activeElement.textContent)) wrong.push("the focus went");
      if (String(getSelection()) !== selected) wrong.push(`"${getSelection()}" is selected`);
      if (!document.querySelector("main .anchor")) wrong.push("what the theme's script added went");
      return wrong;
    }, selected);
    if (!(await wasKept())) wrong.push("it was loaded again");
    await until(tab, () => !document.querySelector("[data-preview-changed]"));
    await context.close();
    return [...complaints, ...wrong];
  });
}

async function checkMark(browser, base) {
  for (const reducedMotion of ["no-preference", "reduce"]) {
    await check(`what changed is marked, motion: ${reducedMotion}`, async () => {
      const options = { reducedMotion };
      const { context, tab, complaints } = await open(browser, `${base}long.html`, options);
      await edit("content/long.md", "Paragraph 3 of", `Paragraph 3 (${reducedMotion}) of`);
      const look = (wanted) => {
        const marked = [...document.querySelectorAll("[data-preview-changed]")];
        const node = marked.find((node) => node.textContent.includes(wanted));
        if (!node) return null;
        const { animationName, outlineStyle } = getComputedStyle(node);
        // Its style sheet may still be on its way.
        if (animationName === "none" && outlineStyle === "none") return null;
        return { text: node.textContent, animationName };
      };
      const { text, animationName } = await until(tab, look, reducedMotion);
      await write("content/long.md", LONG);
      await context.close();
      const wrong = /^Paragraph 3 \S+ of a long page\.$/.test(text) ? [] : [`"${text}" is marked`];
      if ((animationName === "none") !== (reducedMotion === "reduce")) wrong.push(animationName);
      return [...complaints, ...wrong];
    });
  }
}

async function checkScroll(browser, base) {
  // Not every browser holds the place by itself.
  for (const own of ["auto", "none"]) await checkScrollWith(browser, base, own);
}

async function checkScrollWith(browser, base, own) {
  await check(`200 lines above the window do not move what is read, anchor: ${own}`, async () => {
    const { context, tab, complaints, wasKept, shows } = await open(browser, `${base}long.html`);
    await tab.evaluate((own) => (document.documentElement.style.overflowAnchor = own), own);
    const place = tab.getByText("Paragraph 100 of");
    await place.evaluate((it) => it.scrollIntoView({ block: "center", behavior: "instant" }));
    await tab.waitForTimeout(200);
    const top = () => place.evaluate((it) => it.getBoundingClientRect().top);
    const before = await top();
    const more = paragraphs(1000, 1100).join("\n");
    await edit("content/long.md", "Paragraph 5 of", `${more}\nParagraph 5 of`);
    await shows("Paragraph 1099");
    await tab.waitForTimeout(300);
    const moved = Math.abs((await top()) - before);
    const wrong = moved <= 2 ? [] : [`it moved by ${moved} px`];
    if (!(await wasKept())) wrong.push("it was loaded again");
    await write("content/long.md", LONG);
    await tab.getByText("Paragraph 1099").waitFor({ state: "detached", ...PATIENCE });
    await tab.waitForTimeout(300);
    const back = Math.abs((await top()) - before);
    if (back > 2) wrong.push(`without them it moved by ${back} px`);
    await context.close();
    return [...complaints, ...wrong];
  });
}

async function checkErrors(browser, base) {
  await check("errors lie over the last good page until they are mended", async () => {
    const { context, tab, complaints, wasKept, shows } = await open(browser, `${base}long.html`);
    const panel = tab.locator("._canvasbook-errors");
    await edit("content/long.md", "Paragraph 1 of", "<b id=x>[Lost](#nowhere) Paragraph 1 of");
    await panel.waitFor(PATIENCE);
    const wrong = [];
    const text = await panel.innerText();
    for (const part of ["error[unknown-reference]", "content/long.md:", "<b id=x>[Lost](#nowhere)"]) {
      if (!text.includes(part)) wrong.push(`no "${part}" in ${text}`);
    }
    if ((await tab.locator("main").getByText("Paragraph 1 of").count()) !== 1) wrong.push("the good page went");
    await tab.keyboard.press("Escape");
    if ((await panel.count()) > 0) wrong.push("Escape does not dismiss it");
    await edit("content/long.md", "Paragraph 2 of", "[Lost](#elsewhere) Paragraph 2 of");
    await panel.waitFor(PATIENCE);
    if ((await panel.locator("pre").count()) !== 2) wrong.push("not every error is there");
    await write("content/long.md", LONG.replace("Paragraph 1 of", "Mended paragraph of"));
    await shows("Mended paragraph");
    await panel.waitFor({ state: "detached", ...PATIENCE });
    if (!(await wasKept())) wrong.push("it was loaded again");
    await write("content/long.md", LONG);
    await context.close();
    return [...complaints, ...wrong];
  });
}

async function checkTemplate(browser, base) {
  await check("a template that fails leaves the open pages as they were", async () => {
    const { context, tab, complaints, wasKept } = await open(browser, `${base}long.html`);
    const panel = tab.locator("._canvasbook-errors");
    await write("themes/ours/templates/page.html", "{{ nothing.here }}\n");
    await panel.getByText("themes/ours/templates/page.html:1:4").waitFor(PATIENCE);
    const wrong = [];
    if ((await tab.getByText("Paragraph 100 of").count()) !== 1) wrong.push("the good page went");
    await rm(path("themes/ours/templates/page.html"));
    await panel.waitFor({ state: "detached", ...PATIENCE });
    if (!(await wasKept())) wrong.push("it was loaded again");
    await context.close();
    return [...complaints, ...wrong];
  });
}

async function checkSource(browser, base) {
  await check("a click with Alt opens the editor at the source", async () => {
    const { context, tab, complaints, wasKept } = await open(browser, `${base}roastery.html`);
    const wrong = [];
    const opens = async (wanted) => {
      const end = Date.now() + PATIENCE.timeout;
      while (!(await read("opened")).includes(`${wanted}\n`)) {
        if (Date.now() > end) return wrong.push(`${wanted}: ${await read("opened")}`);
        await tab.waitForTimeout(20);
      }
    };
    const lines = (await read("content/roastery.md")).split("\n");
    const line = lines.findIndex((line) => line.includes("**Roast profiling**")) + 1;
    const modifiers = ["Alt"];
    await tab.locator(".poster a", { hasText: "Roast profiling" }).first().click({ modifiers });
    await opens(`--wait +${line} ./content/roastery.md`);
    await tab.locator("main h1").click({ modifiers });
    await opens("--wait +1 ./content/roastery.md");
    await edit("content/long.md", "Paragraph 1 of", "[Lost](#nowhere) Paragraph 1 of");
    await tab.locator("._canvasbook-errors pre").click({ modifiers });
    await opens("--wait +7 ./content/long.md");
    await write("content/long.md", LONG);
    await tab.locator("._canvasbook-errors").waitFor({ state: "detached", ...PATIENCE });
    if (tab.url() !== `${base}roastery.html` || !(await wasKept())) wrong.push("it went elsewhere");
    await context.close();
    return [...complaints, ...wrong];
  });
}

async function checkStyle(browser, base) {
  await check("a style sheet is swapped without a reload", async () => {
    const { context, tab, complaints, wasKept } = await open(browser, `${base}long.html`);
    const before = await read("themes/ours/assets/style.css");
    await write("themes/ours/assets/style.css", `${before}\nmain { outline: 7px solid; }\n`);
    const outlined = (wanted) => {
      const { outlineStyle } = getComputedStyle(document.querySelector("main"));
      return (outlineStyle === "solid") === wanted;
    };
    await until(tab, outlined, true);
    await write("themes/ours/assets/style.css", before);
    await until(tab, outlined, false);
    const wrong = (await wasKept()) ? [] : ["it was loaded again"];
    await context.close();
    return [...complaints, ...wrong];
  });
}

// A table that a reader sorted and filtered stays so, whatever is saved.
async function checkSorted(browser, base) {
  await check("a sorted and filtered list stays so when it changes", async () => {
    const { context, tab, complaints, wasKept } = await open(browser, `${base}departments/production.html`);
    const rows = () =>
      tab.locator("table.list").first().locator("tbody").evaluateAll((bodies) =>
        bodies.map(({ rows }) => [...rows].filter((row) => !row.hidden).map((row) => row.cells[0].textContent)),
      );
    const head = tab.locator("table.list thead th").first();
    for (const order of ["ascending", "descending"]) {
      await head.locator("button").click();
      await tab.locator(`th[aria-sort=${order}]`).first().waitFor();
    }
    await tab.locator(".head input").fill("a");
    await edit("content/roastery.md", "**Machine care**", "**Zealous care**");
    await tab.getByRole("link", { name: "Zealous care" }).waitFor({ state: "attached", ...PATIENCE });
    const wrong = [];
    // The language of the browser; that of this program may be another.
    const descending = (texts) => texts.toSorted((a, b) => b.localeCompare(a, "en", { numeric: true }));
    const shown = await rows();
    for (const texts of shown) {
      const at = descending(texts).findIndex((text, at) => text !== texts[at]);
      if (at >= 0) wrong.push(`row ${at} is ${texts[at]}`);
    }
    if ((await head.getAttribute("aria-sort")) !== "descending") wrong.push("it says another order");
    await tab.locator(".head input").fill("Machine");
    await edit("content/roastery.md", "**Zealous care**", "**Machine care**");
    await tab.getByRole("link", { name: "Machine care" }).waitFor({ state: "attached", ...PATIENCE });
    const others = (await rows()).flat().filter((text) => !text.includes("Machine"));
    if (others.length > 0) wrong.push(`shown in spite of the filter: ${others}`);
    if (!(await wasKept())) wrong.push("it was loaded again");
    await context.close();
    return [...complaints, ...wrong];
  });
}

async function checkGone(browser, base) {
  await check("a page that is deleted and comes back", async () => {
    const { context, tab, shows } = await open(browser, `${base}long.html`);
    await rm(path("content/long.md"));
    await shows("There is no page here");
    await write("content/long.md", LONG);
    await shows("Paragraph 100 of");
    const style = await tab.evaluate(() => getComputedStyle(document.body).marginTop);
    await context.close();
    return style === "0px" ? [] : ["it lost its style"];
  });
  await check("a tab follows a page that is renamed", async () => {
    const { context, tab } = await open(browser, `${base}long.html`);
    await rename(path("content/long.md"), path("content/longer.md"));
    await tab.waitForURL(`${base}longer.html`, PATIENCE);
    await rename(path("content/longer.md"), path("content/long.md"));
    await tab.waitForURL(`${base}long.html`, PATIENCE);
    await context.close();
  });
}

async function checkTabs(browser, base) {
  await check(`${TABS} tabs are served at once, and told`, async () => {
    const context = await browser.newContext();
    const tabs = [];
    const wrong = [];
    for (let at = 1; at <= TABS; at += 1) {
      const tab = await context.newPage();
      const began = Date.now();
      await tab.goto(`${base}long.html`, { waitUntil: "load", ...PATIENCE });
      const took = Date.now() - began;
      if (took > PROMPT) wrong.push(`tab ${at} took ${took} ms`);
      await tab.evaluate(() => (globalThis.kept = true));
      tabs.push(tab);
    }
    await edit("content/long.md", "Paragraph 0 of", "For all tabs, paragraph 0 of");
    for (const tab of tabs) {
      await tab.getByText("For all tabs").waitFor({ state: "attached", ...PATIENCE });
      if (!(await tab.evaluate(() => globalThis.kept))) wrong.push("a tab was loaded again");
    }
    await write("content/long.md", LONG);
    await context.close();
    return wrong;
  });
}

// Gives the preview that runs afterwards.
async function checkReconnect(browser, served) {
  let next = served;
  await check("a tab comes back when the preview does", async () => {
    const { context, tab, wasKept, shows } = await open(browser, `${served.base}long.html`);
    await served.stop();
    await edit("content/long.md", "Paragraph 0 of", "Written meanwhile, paragraph 0 of");
    next = await serve(served.port);
    await shows("Written meanwhile");
    const wrong = (await wasKept()) ? [] : ["it was loaded again"];
    // Where nothing was written meanwhile, nothing happens to the page.
    await tab.evaluate(() => {
      globalThis.touched = 0;
      const count = (records) => (globalThis.touched += records.length);
      const content = { childList: true, subtree: true, characterData: true };
      new MutationObserver(count).observe(document.querySelector("main"), content);
    });
    const heard = hears(tab);
    await next.stop();
    next = await serve(served.port);
    await heard;
    await tab.waitForTimeout(300);
    if ((await tab.evaluate(() => globalThis.touched)) > 0) wrong.push("the page was patched for nothing");
    if (!(await wasKept())) wrong.push("it was loaded again for nothing");
    await context.close();
    return wrong;
  });
  return next;
}

async function checkFollow(browser) {
  await check("a tab follows what is written, where that is asked for", async () => {
    const served = await serve(0, "--follow");
    const { context, tab } = await open(browser, served.base);
    await edit("content/roastery.md", "**Roast profiling**", "**Roast profiling and more**");
    await tab.waitForURL((url) => url.pathname === "/roastery.html", PATIENCE);
    const { hash } = new URL(tab.url());
    const wrong = hash === "#roast-profiling" ? [] : [`it goes to ${hash}`];
    await tab.evaluate(() => scrollTo({ top: 0, behavior: "instant" }));
    await tab.waitForTimeout(500);
    await edit("content/roastery.md", "**Roast profiling and more**", "**Roast profiling**");
    await until(tab, () => scrollY > 200);
    await context.close();
    await served.stop();
    return wrong;
  });
}

await prepare();
const browser = await chromium.launch({ executablePath: "/usr/bin/chromium", args: ARGUMENTS });
let served = await serve(0);
try {
  const checks = [checkPatch, checkMark, checkScroll, checkErrors, checkTemplate, checkSource];
  for (const run of [...checks, checkSorted, checkStyle, checkGone, checkTabs]) {
    await run(browser, served.base);
  }
  served = await checkReconnect(browser, served);
  await checkFollow(browser);
  await measureLatency(browser, program);
} finally {
  await browser.close();
  await served.stop();
  await rm(folder, { recursive: true });
}
process.exitCode = close();
