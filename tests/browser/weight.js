// What pages cost and how much room they take; `budget.json` says what is allowed.

import { measure } from "./budget.js";
import { check } from "./report.js";

const DESK = { viewport: { width: 1440, height: 900 } };

// The bytes of answers as they were sent.
const sent = (responses) =>
  responses.reduce((sum, response) => sum + Number(response.headers()["content-length"] ?? 0), 0);

// Visits a page for the first time; gives the tab and every answer that it got.
async function visit(browser, url) {
  const tab = await browser.newPage(DESK);
  const responses = [];
  tab.on("response", (response) => responses.push(response));
  await tab.goto(url, { waitUntil: "networkidle" });
  return { tab, responses };
}

// What a first visit to any page costs.
export async function checkWeight(browser, base, page) {
  await check(`${page}: asks no other host`, async () => {
    const { tab, responses } = await visit(browser, base + page);
    const ending = (end) => responses.filter((response) => response.url().endsWith(end));
    // The page of results is the search itself; what that loads has figures of its own.
    if ((await tab.locator("#_search").count()) === 0) {
      // What a few pages load besides has a figure of its own.
      const own = ending("/analysis.css");
      if (own.length > 0) measure("style-analysis", sent(own), page);
      measure("style-sheets", sent(ending(".css")) - sent(own), page);
      measure("scripts", sent(ending(".js")), page);
    }
    if ((await tab.locator("main.canvas .poster").count()) > 0) {
      measure("canvas-load", sent(responses), page);
      measure("canvas-requests", responses.length, page);
    } else if ((await tab.locator("#_search").count()) === 0) {
      measure("requests", responses.length, page);
    }
    await tab.close();
    return responses.map((response) => response.url()).filter((url) => !url.startsWith(base));
  });
}

// Where the poster of a page ends, and how much of its blocks' area has something in it.
function posterOfPage() {
  const poster = document.querySelector(".poster");
  // The blank that a block has below its last line.
  const inset = 14;
  let [area, used] = [0, 0];
  for (const block of poster.querySelectorAll(".block")) {
    const box = block.getBoundingClientRect();
    const bottoms = [...block.querySelectorAll("h3, h4, li, p")].map((part) => part.getBoundingClientRect().bottom);
    area += box.width * box.height;
    used += box.width * Math.min(box.height, Math.max(...bottoms, box.top) - box.top + inset);
  }
  return { bottom: poster.getBoundingClientRect().bottom + scrollY, used: (100 * used) / area };
}

// How much a canvas page holds, and how high it is.
export async function measureCanvas(browser, base, page) {
  const { tab, responses } = await visit(browser, base + page);
  measure("canvas-raw", (await responses[0].body()).length, page);
  measure("canvas-gzip", sent(responses.slice(0, 1)), page);
  // The links to headings, which the script adds, are on no way of a reader with a keyboard.
  measure("canvas-links", await tab.locator("a:not(.anchor)").count(), page);
  measure("canvas-height", await heightOf(tab), page);
  const { bottom, used } = await tab.evaluate(posterOfPage);
  measure("poster-bottom", Math.round(bottom), page);
  measure("poster-area", Math.floor(used), page);
  await tab.close();
}

// How high one page is.
export async function measureHeight(browser, base, page, figure) {
  const { tab } = await visit(browser, base + page);
  measure(figure, await heightOf(tab), page);
  await tab.close();
}

function heightOf(tab) {
  return tab.evaluate(() => document.documentElement.scrollHeight);
}
