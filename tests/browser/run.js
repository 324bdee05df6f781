// Checks built sites in Debian's Chromium: `node run.js SITE SITE-RIGHT-TO-LEFT SITE-DENSE SITE-QUERIES SITE-KINDS`.
//
// The first is the example handbook, the second any site that is written from right to left, the third
// the one of `dense/`, whose canvases have as many elements as one sheet must hold, and the fourth the one of
// `queries/`, whose scripts are searched, and the fifth the one of `kinds/`, which has a canvas of each kind.
// The last line counts; the status is 0 only where nothing failed.

import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { chromium } from "playwright-core";

import { ARGUMENTS } from "./browser.js";
import { checkBudget } from "./budget.js";
import { checkCalendar } from "./calendar.js";
import { CANVAS, PAGES, canvases } from "./opened.js";
import { checkGoals } from "./goals.js";
import { checkGroups, checkLists } from "./lists.js";
import { checkOutput, files } from "./output.js";
import { LOOKS, pagesOfKinds } from "./kinds.js";
import { checkFromDisk, checkHeadings, checkLook, checkLost, checkPage, checkStill } from "./pages.js";
import { checkKeys, checkPresent } from "./present.js";
import { checkPrint } from "./print.js";
import { close } from "./report.js";
import { checkQueries, checkSearch, checkSearchFromDisk } from "./search.js";
import { serve } from "./server.js";
import { unpacked } from "./unpacked.js";
import { checkWeight, measureCanvas, measureHeight } from "./weight.js";

const [site, rightToLeft, dense, queries, kinds] = process.argv.slice(2);
const browser = await chromium.launch({ executablePath: "/usr/bin/chromium", args: ARGUMENTS });
// A host's sub-folder, since a handbook seldom has a host of its own.
const served = await serve(resolve(site), "/strategy/handbook/");
const folder = await mkdtemp(join(tmpdir(), "canvasbook-site-"));
try {
  await checkOutput("example", resolve(site), browser);
  await checkCalendar(resolve(site));
  for (const page of PAGES) await checkPage(browser, served.base, page);
  // Every canvas is light, not only the one that was looked at.
  for (const page of await canvases(resolve(site))) {
    if (!PAGES.includes(page)) await checkWeight(browser, served.base, page);
    await measureCanvas(browser, served.base, page);
  }
  await measureHeight(browser, served.base, "index.html", "home-height");
  await measureHeight(browser, served.base, "departments/finance.html", "department-height");
  await checkLists(browser, served.base);
  await checkGroups(browser, served.base);
  await checkHeadings(browser, served.base, "manual/format.html");
  await checkStill(browser, served.base, CANVAS);
  await checkSearch(browser, served.base);
  await checkPresent(browser, served.base, CANVAS);
  const asked = await serve(resolve(queries));
  await checkQueries(browser, { example: served.base, "four scripts": asked.base });
  await asked.stop();
  // The page for lost readers starts its links where the base URL says: here, at the host.
  const host = await serve(resolve(site));
  await checkLost(browser, host.base);
  await host.stop();
  for (const page of [CANVAS, "retail/espresso-bar.html", "retail/outlook.html", "ventures/summer-of-cans.html"]) {
    await checkPrint(browser, served.base, page);
  }
  await unpacked(resolve(site), join(folder, "a b"));
  await checkFromDisk(browser, pathToFileURL(join(folder, "a b", "index.html")).href);
  await checkKeys(browser, pathToFileURL(join(folder, "a b/")).href, "roastery.html", false);
  await checkSearchFromDisk(browser, pathToFileURL(join(folder, "a b", "retail", "espresso-bar.html")).href);
  await checkOutput("right to left", resolve(rightToLeft), browser);
  const other = await serve(resolve(rightToLeft));
  const pages = (await files(resolve(rightToLeft))).filter((path) => path.endsWith(".html"));
  for (const page of pages) await checkPage(browser, other.base, encodeURI(page));
  await checkKeys(browser, other.base, encodeURI("نانوایی.html"), true);
  await other.stop();
  const full = await serve(resolve(dense));
  await checkPrint(browser, full.base, "60.html", "A4");
  await checkPrint(browser, full.base, "180.html", "A3");
  await full.stop();
  const every = await serve(resolve(kinds));
  for (const page of await pagesOfKinds(resolve(kinds))) {
    for (const look of LOOKS) await checkLook(browser, every.base, page, look);
    await checkPrint(browser, every.base, page);
  }
  await every.stop();
  await checkBudget();
  await checkGoals();
} finally {
  await browser.close();
  await served.stop();
  await rm(folder, { recursive: true });
}
process.exitCode = close();
