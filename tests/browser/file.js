// Checks a handbook in one file: `node file.js FILE SITE`, in Debian's Chromium and Firefox, in a folder with nothing
// else. What is searched for in it is what the site of the same handbook finds.
//
// The last line counts; the status is 0 only where nothing failed.

import { cp, mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { chromium } from "playwright-core";

import { launchFirefox } from "./bidi.js";
import { ARGUMENTS } from "./browser.js";
import { AXE, RUN_AXE, barriers } from "./pages.js";
import { check, close } from "./report.js";
import { serve } from "./server.js";
import { ask } from "./unpacked.js";

// Links that lead nowhere in the file, ids that are there twice, and what would be loaded.
function flaws() {
  const ids = [...document.querySelectorAll("[id]")].map(({ id }) => id);
  const twice = ids.filter((id, at) => ids.indexOf(id) !== at);
  const urls = [...document.querySelectorAll("a[href]")].map((link) => link.getAttribute("href"));
  const lost = urls.filter((url) =>
    url.startsWith("#") ? !ids.includes(decodeURIComponent(url.slice(1))) : !/^(https?|mailto):/.test(url),
  );
  const loaded = [...document.querySelectorAll("[src], link[href]")].map((it) => it.getAttribute("src") ?? it.href);
  return [
    ...new Set(lost.map((url) => `${url} leads nowhere`)),
    ...twice.map((id) => `#${id} is there twice`),
    ...loaded.filter((url) => !url.startsWith("data:")).map((url) => `${url} would be loaded`),
  ];
}

// The pages that a reader sees.
function seen() {
  return [...document.querySelectorAll("main > .part")].filter((it) => it.checkVisibility()).map(({ id }) => id);
}

// What is found in the file beside what the site finds.
function differences(got, wanted) {
  return Object.keys(wanted).flatMap((query) =>
    got[query].join() === wanted[query].join() ? [] : [`${query}: ${got[query]} instead of ${wanted[query]}`],
  );
}

const folder = await mkdtemp(join(tmpdir(), "canvasbook-file-"));
const copy = join(folder, "a b.html");
await cp(resolve(process.argv[2]), copy);
const url = pathToFileURL(copy).href;
const target = "#roastery.html:key-activities";
const wantedPages = ["index.html", "roastery.html"];

// One page is seen at a time, and a link leads to its place.
const differs = (got) => (JSON.stringify(got) === JSON.stringify(wantedPages) ? [] : [`seen are ${got}`]);

const browser = await chromium.launch({ executablePath: "/usr/bin/chromium", args: ARGUMENTS });
const listed = JSON.parse(await readFile(new URL("queries.json", import.meta.url), "utf8"));
const queries = [...listed.filter(([site]) => site === "example").map(([, query]) => query), "kind:department", "</script>", "zzzz"];
const site = await serve(resolve(process.argv[3]));
const asking = await browser.newPage();
await asking.goto(site.base);
const onSite = await asking.evaluate(ask, queries);
await asking.close();
await site.stop();
const inFile = (hit) => `#${hit.slice(site.base.length).replace("#", ":")}`;
const wantedHits = Object.fromEntries(Object.entries(onSite).map(([query, hits]) => [query, hits.map(inFile)]));

await check("Chromium: the search finds what that of the site finds, and a hit leads to its place", async () => {
  const context = await browser.newContext({ reducedMotion: "reduce" });
  const tab = await context.newPage();
  const complaints = [];
  tab.on("console", (message) => complaints.push(message.text()));
  tab.on("pageerror", (error) => complaints.push(String(error)));
  tab.on("request", (request) => {
    if (![url, "data:"].some((start) => request.url().startsWith(start))) complaints.push(`it asks for ${request.url()}`);
  });
  await tab.goto(url);
  complaints.push(...differences(await tab.evaluate(ask, queries), wantedHits));
  await tab.keyboard.press("Escape");
  // What has gone keeps the focus until the page is drawn again.
  await tab.waitForFunction(() => !document.activeElement.closest("dialog"));
  await tab.keyboard.press("/");
  await tab.locator("dialog input").fill("same cup");
  await tab.locator("dialog [role=option][href='#roastery.html:same-cup']").click();
  const top = await tab.evaluate(() => document.querySelector(":target").getBoundingClientRect().top);
  if (!(top >= 0 && top < 200)) complaints.push(`the place is ${top} px from the top`);
  if (await tab.locator("dialog[open]").count()) complaints.push("the search lies over it");
  await context.close();
  return complaints;
});
await check("Chromium, script off: no button that does nothing", async () => {
  const context = await browser.newContext({ javaScriptEnabled: false });
  const tab = await context.newPage();
  await tab.goto(url);
  const isShown = await tab.locator(".search button").isVisible();
  await context.close();
  return isShown ? ["the search is offered"] : [];
});
for (const javaScriptEnabled of [true, false]) {
  await check(`Chromium, script ${javaScriptEnabled ? "on" : "off"}: a link leads to its page`, async () => {
    const context = await browser.newContext({ javaScriptEnabled, reducedMotion: "reduce" });
    const tab = await context.newPage();
    const complaints = [];
    tab.on("console", (message) => complaints.push(message.text()));
    tab.on("pageerror", (error) => complaints.push(String(error)));
    tab.on("requestfailed", (request) => complaints.push(`${request.url()} failed`));
    await tab.goto(url);
    const before = await tab.evaluate(seen);
    await tab.locator("main a[href='#roastery.html']").first().click();
    const after = await tab.evaluate(seen);
    await tab.goto(url + target);
    const top = await tab.evaluate(() => document.querySelector(":target").getBoundingClientRect().top);
    const wrong = javaScriptEnabled ? await tab.evaluate(flaws) : [];
    await context.close();
    const place = top >= 0 && top < 200 ? [] : [`the place is ${top} px from the top`];
    return [...complaints, ...wrong, ...differs([...before, ...after]), ...place];
  });
}
for (const colorScheme of ["light", "dark"]) {
  for (const width of [390, 1440]) {
    for (const page of ["", "#retail/espresso-bar.html", "#departments/finance.html", "search"]) {
      await check(`Chromium: axe, ${colorScheme}, ${width} px, ${page}`, async () => {
        // The policy of the file lets nobody else's script run, not even this one.
        const options = { bypassCSP: true, colorScheme, viewport: { width, height: 900 } };
        const context = await browser.newContext(options);
        const tab = await context.newPage();
        await tab.goto(page === "search" ? url : url + page);
        if (page === "search") await tab.evaluate(ask, ["coffee"]);
        await tab.evaluate(AXE);
        const { violations } = await tab.evaluate(RUN_AXE);
        const wide = await tab.evaluate(() => document.documentElement.scrollWidth - innerWidth);
        await context.close();
        return [...barriers(violations), ...(wide > 0 ? [`${wide} px too wide`] : [])];
      });
    }
  }
}
await browser.close();

const tab = await launchFirefox({ dark: false });
await check("Firefox: a link leads to its page", async () => {
  await tab.resize(1440, 900);
  await tab.open(url);
  const before = await tab.evaluate(`(${seen})()`);
  await tab.open(url + target);
  const after = await tab.evaluate(`(${seen})()`);
  return [...(await tab.evaluate(`(${flaws})()`)), ...differs([...before, ...after])];
});
await check("Firefox: the search finds what that of the site finds", async () => {
  await tab.open(url);
  const found = await tab.evaluate(`(${ask})(${JSON.stringify(queries)})`);
  return [...(await tab.evaluate("globalThis.violations")), ...differences(found, wantedHits)];
});
await tab.close();
await rm(folder, { recursive: true });
process.exitCode = close();
