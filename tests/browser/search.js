// Checks of searching: by keyboard, without script, from a disk, barriers, and what it costs.

import { readFile } from "node:fs/promises";

import { measure } from "./budget.js";
import { AXE, RUN_AXE, barriers, open } from "./pages.js";
import { check } from "./report.js";

const DESK = { viewport: { width: 1440, height: 900 } };
const PHONE = { viewport: { width: 390, height: 844 } };
const DIALOG = "dialog.searching";
const PAGE = "#_search";

// Opens the search by a key, unless it is open.
async function openDialog(tab) {
  await tab.keyboard.press("/");
  await tab.locator(`${DIALOG}[open] input`).waitFor();
  await type(tab, "");
}

async function closeDialog(tab) {
  await tab.keyboard.press("Escape");
  // What has gone keeps the focus until the page is drawn again.
  await tab.waitForFunction(() => !document.activeElement.closest("dialog"));
}

// Types a query, and waits until that has been answered: nothing is chosen then, which is said anew.
export async function type(tab, query, box = DIALOG) {
  await tab.locator(`${box} input`).evaluate((input, query) => {
    const { promise, resolve } = Promise.withResolvers();
    new MutationObserver(resolve).observe(input, { attributeFilter: ["aria-activedescendant"] });
    input.value = query;
    input.dispatchEvent(new Event("input"));
    return promise;
  }, query);
}

// The hits that are shown: name, place, excerpt and address.
export function hits(tab, box = DIALOG) {
  return tab.locator(`${box} [role=option]`).evaluateAll((options) =>
    options.map((option) => {
      const [name, place, excerpt] = [...option.children].map((line) => line.textContent);
      return { name, place, excerpt, url: option.getAttribute("href") };
    }),
  );
}

const status = (tab, box = DIALOG) => tab.locator(`${box} [role=status]`).textContent();

// The keyboard opens, chooses, follows and closes.
async function checkKeyboard(browser, base) {
  await check("search: keys open it, choose, and close it", async () => {
    const { context, tab, complaints } = await open(browser, `${base}roastery.html`, DESK);
    const wrong = [...complaints];
    const isOpen = () => tab.locator(`${DIALOG}[open]`).count();
    const link = tab.locator("main a").first();
    await link.focus();
    await openDialog(tab);
    await closeDialog(tab);
    if (!(await link.evaluate((link) => link === document.activeElement))) wrong.push("the focus does not come back");
    await tab.keyboard.press("Control+k");
    if (!(await isOpen())) wrong.push("Ctrl-K does not open it again");
    await type(tab, "roast profiling");
    const chosen = () => tab.locator(`${DIALOG} [aria-selected=true]`).getAttribute("id");
    await tab.keyboard.press("ArrowDown");
    await tab.keyboard.press("ArrowDown");
    if ((await chosen()) !== "_hit-1") wrong.push("two arrows do not choose the second hit");
    await tab.keyboard.press("ArrowUp");
    if ((await chosen()) !== "_hit-0") wrong.push("an arrow does not lead back");
    const named = await tab.locator(`${DIALOG} input`).getAttribute("aria-activedescendant");
    if (named !== "_hit-0") wrong.push("the input does not name what is chosen");
    await tab.keyboard.press("Enter");
    if (new URL(tab.url()).hash !== "#roast-profiling") wrong.push(`Enter leads to ${tab.url()}`);
    if (await isOpen()) wrong.push("it lies over the hit that was opened");
    await openDialog(tab);
    await type(tab, "Marram Hamburg");
    await tab.keyboard.press("Enter");
    await tab.waitForURL("**/trade/hamburg.html");
    await tab.locator(".search button").click();
    await tab.locator(`${DIALOG}[open]`).waitFor();
    await tab.mouse.click(5, 5);
    if (await isOpen()) wrong.push("a click beside it does not close it");
    await context.close();
    return [...wrong, ...complaints];
  });
  await check("search: a key that is typed into a field is a letter", async () => {
    const { context, tab } = await open(browser, `${base}search.html`, DESK);
    await tab.locator(`${PAGE} input`).click();
    await tab.keyboard.type("a/b");
    const value = await tab.locator(`${PAGE} input`).inputValue();
    await context.close();
    return value === "a/b" ? [] : [`it reads ${value}`];
  });
}

// Filters are offered while they are typed.
async function checkCompletion(browser, base) {
  await check("search: filters are completed", async () => {
    const { context, tab, complaints } = await open(browser, `${base}index.html`, DESK);
    await openDialog(tab);
    const wrong = [];
    const first = async () => (await hits(tab))[0]?.name;
    if ((await first()) !== "dept:") wrong.push("an empty query offers no filters");
    await type(tab, "card dept:mark");
    if ((await first()) !== "card dept:marketing") wrong.push(`it offers ${await first()}`);
    await tab.keyboard.press("Enter");
    await tab.waitForFunction(() => document.querySelector("dialog [role=option] small").textContent);
    const value = await tab.locator(`${DIALOG} input`).inputValue();
    if (value !== "card dept:marketing") wrong.push(`it becomes ${value}`);
    for (const { place } of await hits(tab)) if (!place.includes("Marketing")) wrong.push(`it finds ${place}`);
    await context.close();
    return [...wrong, ...complaints];
  });
}

// The page of what was found: its address says what was searched for.
async function checkPage(browser, base) {
  await check("search.html: an address says what is searched for", async () => {
    const { context, tab, complaints } = await open(browser, `${base}search.html?q=same+cup`, DESK);
    await tab.locator(`${PAGE} [role=option]`).first().waitFor();
    const wrong = [];
    if ((await hits(tab, PAGE))[0].name !== "The same cup every week") wrong.push("the first hit is another");
    await type(tab, "coffee", PAGE);
    const url = new URL(tab.url());
    if (url.searchParams.get("q") !== "coffee") wrong.push(`the address is ${url}`);
    const before = (await hits(tab, PAGE)).length;
    await tab.locator(`${PAGE} button`).click();
    await tab.waitForFunction((before) => document.querySelectorAll("[role=option]").length > before, before);
    await context.close();
    return [...wrong, ...complaints];
  });
  await check("search: without script the button leads to the list of all elements", async () => {
    const { context, tab } = await open(browser, `${base}roastery.html`, { ...PHONE, javaScriptEnabled: false });
    await tab.locator(".search button").click();
    await tab.waitForURL("**/search.html?");
    await tab.locator("main p a").click();
    await tab.waitForURL("**/a-z/index.html");
    await context.close();
    return [];
  });
}

// axe finds nothing while hits are shown, and nothing is cut off.
async function checkAccess(browser, base) {
  for (const colorScheme of ["light", "dark"]) {
    for (const size of [PHONE, DESK]) {
      await check(`search: axe, ${colorScheme}, ${size.viewport.width} px`, async () => {
        const wrong = [];
        for (const page of ["roastery.html", "search.html"]) {
          const { context, tab, complaints } = await open(browser, base + page, { ...size, colorScheme });
          const box = page === "search.html" ? PAGE : DIALOG;
          if (box === DIALOG) await openDialog(tab);
          await type(tab, "coffee", box);
          await tab.keyboard.press("ArrowDown");
          await tab.evaluate(AXE);
          const { violations } = await tab.evaluate(RUN_AXE);
          const { scrollWidth, clientWidth } = await tab.evaluate(() => {
            const { scrollWidth, clientWidth } = document.scrollingElement;
            return { scrollWidth, clientWidth };
          });
          if (scrollWidth > clientWidth) wrong.push(`${page} is ${scrollWidth} px wide`);
          await context.close();
          wrong.push(...complaints, ...barriers(violations));
        }
        return wrong;
      });
    }
  }
}

// Names are texts, whatever signs they have, and so is what somebody types.
async function checkSigns(browser, base) {
  await check("search: what is typed is no markup and no pattern", async () => {
    const { context, tab, complaints } = await open(browser, `${base}index.html`, DESK);
    await openDialog(tab);
    const wrong = [];
    for (const query of ["<img src=x onerror=alert(1)>", "$& $1 {n}", "\\", "((", "\u2028", "🎯", "…", "dept:", "x".repeat(5000), "a ".repeat(3000)]) {
      await type(tab, query);
      const said = await status(tab);
      if (await tab.locator(`${DIALOG} img`).count()) wrong.push(`${query} is markup`);
      if (said.includes("could not be loaded")) wrong.push(`${query.slice(0, 20)}: ${said}`);
    }
    await type(tab, "$& zzzzzz");
    if ((await status(tab)) !== "Nothing found for “$& zzzzzz”") wrong.push(await status(tab));
    await context.close();
    return [...wrong, ...complaints];
  });
}

// A file that cannot be loaded is said, and asked for again.
async function checkOffline(browser, base) {
  await check("search: a missing file is said, and the next try may find it", async () => {
    const { context, tab } = await open(browser, `${base}index.html`, DESK);
    await openDialog(tab);
    await context.setOffline(true);
    await tab.locator(`${DIALOG} input`).fill("coffee");
    await tab.waitForFunction(() => document.querySelector("dialog [role=status]").textContent.includes("loaded"));
    await context.setOffline(false);
    await closeDialog(tab);
    await openDialog(tab);
    await type(tab, "coffee");
    const found = (await hits(tab)).length;
    await context.close();
    return found > 0 ? [] : ["it finds nothing afterwards"];
  });
}

// What the first query of a visitor loads.
async function measureQuery(browser, base) {
  await check("search: a first query asks for little", async () => {
    const { context, tab } = await open(browser, `${base}roastery.html`, DESK);
    const loaded = [];
    tab.on("response", (response) => loaded.push(response));
    await openDialog(tab);
    await type(tab, "coffee");
    const bytes = (responses) => responses.reduce((sum, it) => sum + Number(it.headers()["content-length"]), 0);
    measure("search-client", bytes(loaded.filter((it) => it.url().endsWith("assets/search.js"))), "search.js");
    measure("search-query", bytes(loaded), "coffee");
    await context.close();
    return [];
  });
}

// Of fifty queries nearly all have the hit that they must have as the first, and every one within three. An address
// that ends with `#` or `/` is the beginning of one.
export async function checkQueries(browser, sites) {
  await check("search: queries find what they must", async () => {
    const queries = JSON.parse(await readFile(new URL("queries.json", import.meta.url), "utf8"));
    const [wrong, later] = [[], []];
    for (const [name, base] of Object.entries(sites)) {
      const { context, tab } = await open(browser, `${base}search.html`, DESK);
      await tab.locator(`${PAGE} input`).waitFor();
      for (const [, query, url] of queries.filter(([site]) => site === name)) {
        await type(tab, query, PAGE);
        const found = (await hits(tab, PAGE)).map((hit) => hit.url.slice(base.length));
        const is = (hit) => (/[#/]$/.test(url) ? hit.startsWith(url) : hit === url);
        const place = found.findIndex(is);
        const line = `${query}: ${url} is hit ${place + 1}; first is ${found[0]}`;
        if (place < 0 || place > 2) wrong.push(line);
        else if (place > 0) later.push(line);
      }
      await context.close();
    }
    if (later.length > queries.length - 48) wrong.push(...later);
    return queries.length === 50 ? wrong : [...wrong, `there are ${queries.length} queries`];
  });
}

// Every check of the example handbook.
export async function checkSearch(browser, base) {
  await checkKeyboard(browser, base);
  await checkCompletion(browser, base);
  await checkPage(browser, base);
  await checkAccess(browser, base);
  await checkSigns(browser, base);
  await checkOffline(browser, base);
  await measureQuery(browser, base);
}

// From a disk it finds as much.
export async function checkSearchFromDisk(browser, url) {
  await check("search: works from a disk", async () => {
    const { context, tab, complaints } = await open(browser, url, DESK);
    await openDialog(tab);
    await type(tab, "roast profiling");
    const [first] = await hits(tab);
    await context.close();
    return [...complaints, ...(first?.name === "Roast profiling" ? [] : [`the first hit is ${first?.name}`])];
  });
}
