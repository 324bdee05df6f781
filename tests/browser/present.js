// Checks of presenting a canvas: by keyboard and pointer, barriers, and that all of the poster is shown.

import { AXE, RUN_AXE, barriers, open } from "./pages.js";
import { check } from "./report.js";

const DIALOG = "dialog.presenting";
const DESK = { viewport: { width: 1440, height: 900 } };

// Opens a canvas and starts to present it.
async function present(browser, url, options = DESK) {
  const opened = await open(browser, url, options);
  await opened.tab.keyboard.press("p");
  await opened.tab.locator(`${DIALOG}[open] output`).waitFor();
  return opened;
}

// The number of the slide that is shown, and of how many.
async function place(tab) {
  const said = await tab.locator(`${DIALOG} output`).textContent();
  return /(\d+) \/ (\d+)$/.exec(said).slice(1).map(Number);
}

// What is wrong with where a key or a click leads.
async function leads(tab, what, act, wanted) {
  await act();
  const [at] = await place(tab);
  return at === wanted ? [] : [`${what} leads to slide ${at}, not ${wanted}`];
}

// Arrows follow the direction of the page.
export async function checkKeys(browser, base, page, isRightToLeft) {
  const [forth, back] = isRightToLeft ? ["ArrowLeft", "ArrowRight"] : ["ArrowRight", "ArrowLeft"];
  await check(`${page}: keys lead through the slides and out`, async () => {
    const { context, tab, complaints } = await present(browser, base + page);
    const [first, count] = await place(tab);
    const wrong = first === 1 && count > 2 ? [] : [`it begins with slide ${first} of ${count}`];
    const keys = [
      [forth, 2],
      [" ", 3],
      ["PageDown", 4],
      [back, 3],
      ["Shift+ ", 2],
      ["PageUp", 1],
      ["ArrowDown", 2],
      ["ArrowUp", 1],
      [back, 1],
      ["End", count],
      [forth, count],
      ["Home", 1],
    ];
    for (const [key, wanted] of keys) wrong.push(...(await leads(tab, key, () => tab.keyboard.press(key), wanted)));
    await tab.keyboard.press("Escape");
    if (await tab.locator(`${DIALOG}[open]`).count()) wrong.push("Escape does not end it");
    await tab.locator("#_present").click();
    wrong.push(...(await leads(tab, "a click", () => tab.locator(".slide").click({ position: { x: 5, y: 5 } }), 2)));
    wrong.push(...(await leads(tab, "the map", () => tab.locator(`${DIALOG} .map a`).nth(3).click(), 5)));
    const current = await tab.locator(`${DIALOG} .map [aria-current]`).count();
    if (current !== 1) wrong.push(`${current} places of the map are the current one`);
    await tab.locator(`${DIALOG} [aria-pressed]`).click();
    if (await tab.locator(`${DIALOG}[open]`).count()) wrong.push("its button does not end it");
    const focused = await tab.evaluate(() => document.activeElement.id);
    if (focused !== "_present") wrong.push(`the focus is then on ${focused}`);
    await context.close();
    return [...wrong, ...complaints];
  });
}

// All that the poster says is on the slides of its blocks, none of which scrolls.
async function checkSlides(browser, base, page, viewport) {
  await check(`${page}: the slides say what the poster says, ${viewport.width} × ${viewport.height}`, async () => {
    const { context, tab, complaints } = await present(browser, base + page, { viewport });
    const [, count] = await place(tab);
    const wrong = [];
    const words = (text) => text.replace(/\s+/g, "");
    const blocks = await tab.locator("main .poster .block").evaluateAll((all) => all.map((it) => it.textContent));
    if (blocks.length !== count - 1) wrong.push(`${count} slides for ${blocks.length} blocks`);
    for (let at = 0; at < count; at += 1) {
      const { text, isLarger } = await tab.locator(".slide").evaluate((slide) => ({
        text: slide.textContent,
        isLarger: slide.scrollHeight > slide.clientHeight || slide.scrollWidth > slide.clientWidth,
      }));
      if (isLarger) wrong.push(`slide ${at + 1} does not fit`);
      if (at > 0 && words(text) !== words(blocks[at - 1])) wrong.push(`slide ${at + 1} says ${text}`);
      await tab.keyboard.press("PageDown");
    }
    await context.close();
    return [...wrong, ...complaints];
  });
}

async function checkAccess(browser, base, page) {
  for (const colorScheme of ["light", "dark"]) {
    for (const width of [390, 1440]) {
      await check(`${page}: axe while it is presented, ${colorScheme}, ${width} px`, async () => {
        const options = { colorScheme, viewport: { width, height: 900 } };
        const { context, tab, complaints } = await present(browser, base + page, options);
        await tab.evaluate(AXE);
        const wrong = [];
        for (const key of ["Home", "PageDown"]) {
          await tab.keyboard.press(key);
          wrong.push(...barriers((await tab.evaluate(RUN_AXE)).violations));
        }
        await context.close();
        return [...wrong, ...complaints];
      });
    }
  }
}

// Without script nobody is offered what needs it; printed, the page is what it always is.
async function checkAround(browser, base, page) {
  await check(`${page}: no button without script, and paper as ever`, async () => {
    const { context, tab } = await open(browser, base + page, { ...DESK, javaScriptEnabled: false });
    const wrong = (await tab.locator("#_present").isVisible()) ? ["a button that does nothing"] : [];
    await context.close();
    const presented = await present(browser, base + page);
    await presented.tab.emulateMedia({ media: "print" });
    if (await presented.tab.locator(DIALOG).isVisible()) wrong.push("the presentation is printed");
    if (!(await presented.tab.locator("main .poster").isVisible())) wrong.push("the poster is not printed");
    await presented.tab.keyboard.press("Escape");
    if (await presented.tab.locator("#_present").isVisible()) wrong.push("its button is printed");
    await presented.context.close();
    return wrong;
  });
}

// Every check of presenting a canvas that is written from left to right.
export async function checkPresent(browser, base, page) {
  await checkKeys(browser, base, page, false);
  for (const viewport of [{ width: 1280, height: 720 }, DESK.viewport, { width: 1920, height: 1080 }]) {
    await checkSlides(browser, base, page, viewport);
  }
  await checkAccess(browser, base, page);
  await checkAround(browser, base, page);
}

