// Checks of pages in the browser: accessibility, policy, and life without script.

import { createRequire } from "node:module";
import { readFile } from "node:fs/promises";

import { checkFit } from "./fit.js";
import { turned } from "./kinds.js";
import { check } from "./report.js";
import { checkWeight } from "./weight.js";

// The program that looks for barriers.
export const AXE = await readFile(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

// Looks at the whole page.
export const RUN_AXE = `axe.run({ rules: { "target-size": { enabled: true } } })`;

// A line for each element in which axe found something.
export function barriers(violations) {
  return violations.flatMap(({ id, help, nodes }) =>
    nodes.map(({ target }) => `${id}: ${help}: ${target.join(" ")}`),
  );
}

// Opens a page and gathers what the browser complains about; `status` is what the server is to answer.
export async function open(browser, url, options, status = 200) {
  const context = await browser.newContext(options);
  const tab = await context.newPage();
  const complaints = [];
  tab.on("console", (message) => {
    const isExpected = status !== 200 && message.location().url === url;
    if (["error", "warning"].includes(message.type()) && !isExpected) complaints.push(message.text());
  });
  tab.on("pageerror", (error) => complaints.push(String(error)));
  tab.on("requestfailed", (request) => complaints.push(`${request.url()} failed`));
  tab.on("response", (response) => {
    const expected = response.url() === url ? status : 200;
    if (response.status() !== expected) complaints.push(`${response.url()}: ${response.status()}`);
  });
  await tab.goto(url, { waitUntil: "load" });
  return { context, tab, complaints };
}

// axe finds nothing in light and dark, on a phone and on a desk.
export async function checkAccess(browser, base, page, status = 200) {
  for (const colorScheme of ["light", "dark"]) {
    for (const width of [390, 1440]) {
      await check(`${page}: axe, ${colorScheme}, ${width} px`, async () => {
        const options = { colorScheme, viewport: { width, height: 900 } };
        const { context, tab, complaints } = await open(browser, base + page, options, status);
        await tab.evaluate(AXE);
        const { violations } = await tab.evaluate(RUN_AXE);
        await context.close();
        return [...complaints, ...barriers(violations)];
      });
    }
  }
}

// axe finds nothing in a page that is turned to a direction.
export async function checkLook(browser, base, page, { scheme, width, direction }) {
  await check(`${page}: axe, ${scheme}, ${width} px, ${direction}`, async () => {
    const options = { colorScheme: scheme, viewport: { width, height: 900 } };
    const { context, tab, complaints } = await open(browser, base + page, options);
    await tab.evaluate(turned(direction));
    await tab.evaluate(AXE);
    const { violations } = await tab.evaluate(RUN_AXE);
    const wide = await tab.evaluate("document.scrollingElement.scrollWidth - innerWidth");
    await context.close();
    return [...complaints, ...barriers(violations), ...(wide > 0 ? [`${wide} px too wide`] : [])];
  });
}

// Without script the text is all there, and the menu of a phone opens.
async function checkWithoutScript(browser, base, page) {
  await check(`${page}: good without script`, async () => {
    const options = { viewport: { width: 390, height: 900 } };
    const texts = [];
    for (const javaScriptEnabled of [true, false]) {
      const { context, tab } = await open(browser, base + page, { ...options, javaScriptEnabled });
      texts.push(await tab.locator("main").innerText());
      if (!javaScriptEnabled && (await tab.locator("[popovertarget=_menu]").isVisible())) {
        await tab.locator("[popovertarget=_menu]").click();
        await tab.locator("nav.navigation a").first().waitFor({ state: "visible", timeout: 2000 });
      }
      await context.close();
    }
    return texts[0] === texts[1] ? [] : ["the text differs"];
  });
}

// Every check of a kind of page.
export async function checkPage(browser, base, page) {
  await checkAccess(browser, base, page);
  await checkFit(browser, base, page);
  await checkWeight(browser, base, page);
  // A page of results has none without script; what it says instead, search.js checks.
  if (!page.endsWith("search.html")) await checkWithoutScript(browser, base, page);
}

// Without script a scheme can be chosen, a thread lights up, and the contents and the list of all elements are links.
export async function checkStill(browser, base, page) {
  await check("without script the scheme, the threads and the contents work", async () => {
    const options = { viewport: { width: 1440, height: 900 }, javaScriptEnabled: false, colorScheme: "light" };
    const { context, tab, complaints } = await open(browser, base + page, options);
    const wrong = [];
    const style = (locator, name) => locator.evaluate((element, name) => getComputedStyle(element)[name], name);
    const ground = () => style(tab.locator("body"), "backgroundColor");
    const light = await ground();
    await tab.locator("label:has(#_scheme-dark)").click();
    if ((await ground()) === light) wrong.push("dark cannot be chosen");
    const thread = tab.locator(".poster .t1");
    const before = await style(thread.nth(1), "backgroundColor");
    await thread.first().hover();
    if ((await style(thread.nth(1), "backgroundColor")) === before) wrong.push("a thread does not light up");
    const entry = tab.locator(".contents a").nth(2);
    const wanted = await entry.getAttribute("href");
    await entry.click();
    if (!tab.url().endsWith(wanted)) wrong.push(`the contents lead to ${tab.url()}`);
    await tab.locator("[popovertarget=_lists]").click();
    await tab.locator("#_lists a[href$='a-z/index.html']").click();
    if (!tab.url().endsWith("a-z/index.html")) wrong.push("the menu does not lead to all elements");
    await context.close();
    return [...wrong, ...complaints];
  });
}

// A reader who got lost, however deep, finds the way home.
export async function checkLost(browser, base) {
  const lost = "no/such/page.html";
  await checkAccess(browser, base, lost, 404);
  await check(`${lost}: leads home`, async () => {
    const { context, tab, complaints } = await open(browser, base + lost, {}, 404);
    await tab.locator("main a").first().click();
    await tab.waitForLoadState("load");
    const wrong = tab.url() === `${base}index.html` ? [] : [`leads to ${tab.url()}`];
    await context.close();
    return [...complaints, ...wrong];
  });
}

// The link beside a heading can be copied, and the contents show where one reads.
export async function checkHeadings(browser, base, page) {
  await check(`${page}: a heading's link is copied`, async () => {
    const permissions = ["clipboard-read", "clipboard-write"];
    const { context, tab, complaints } = await open(browser, base + page, { permissions });
    const heading = tab.locator("h2:has(> .anchor)").last();
    await heading.hover();
    await heading.locator(".anchor").click();
    await tab.locator(".anchor[data-copied]").waitFor({ timeout: 2000 });
    const copied = await tab.evaluate(() => navigator.clipboard.readText());
    const wanted = `${base}${page}#${await heading.getAttribute("id")}`;
    await context.close();
    return [...complaints, ...(copied === wanted ? [] : [`copied ${copied}, not ${wanted}`])];
  });
  await check(`${page}: the contents show where one reads`, async () => {
    const viewport = { width: 1440, height: 900 };
    const { context, tab, complaints } = await open(browser, base + page, { viewport });
    const current = () => tab.locator(".contents a:target-current").allTextContents();
    const [before] = await current();
    await tab.evaluate(() => scrollTo({ top: document.body.scrollHeight, behavior: "instant" }));
    await tab.waitForTimeout(200);
    const [after] = await current();
    await context.close();
    const moved = before !== undefined && after !== undefined && before !== after;
    return [...complaints, ...(moved ? [] : [`from "${before}" to "${after}"`])];
  });
}

// From a disk: styled, and a link with a fragment leads to its place.
export async function checkFromDisk(browser, url) {
  await check("works from a disk", async () => {
    const { context, tab, complaints } = await open(browser, url, {});
    const styled = await tab.evaluate(() => getComputedStyle(document.body).marginTop === "0px");
    const wrong = styled ? [] : ["the style sheet was not found"];
    const link = tab.locator("main a[href*='.html']").first();
    await link.click();
    await tab.waitForLoadState("load");
    if (tab.url() === url) wrong.push("no link of the home page leads anywhere");
    await context.close();
    return [...complaints, ...wrong];
  });
}
