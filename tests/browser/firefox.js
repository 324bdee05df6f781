// Checks built sites in Debian's Firefox: `node firefox.js SITE SITE-RIGHT-TO-LEFT SITE-DENSE SITE-KINDS`, those of
// `run.js`. Posters on paper, barriers and policy: what this browser has its own mind about.
//
// The last line counts; the status is 0 only where nothing failed.

import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { pathToFileURL } from "node:url";

import { launchFirefox } from "./bidi.js";
import { LOOKS, pagesOfKinds, turned } from "./kinds.js";
import { PAGES, canvases } from "./opened.js";
import { files } from "./output.js";
import { AXE, RUN_AXE, barriers } from "./pages.js";
import { misprints, printed } from "./print.js";
import { check, close } from "./report.js";
import { serve } from "./server.js";
import { ask, unpacked } from "./unpacked.js";

// Sheets in centimetres. Firefox prints on the paper that the reader chose, whatever size the page asks for.
const A4 = { width: 21, height: 29.7 };
const A3 = { width: 29.7, height: 42 };

// What the policy forbade in the page that is open.
const forbidden = (tab) => tab.evaluate("globalThis.violations");

// What axe finds in the page that is open, and what the policy forbade there.
async function look(tab) {
  await tab.evaluate(`void (function () { ${AXE} }).call(globalThis) ?? null`);
  const { violations } = await tab.evaluate(RUN_AXE);
  return [...(await forbidden(tab)), ...barriers(violations)];
}

async function checkSearch(tab, base, page, scheme) {
  for (const width of [390, 1440]) {
    await check(`${page}, search open: axe in Firefox, ${scheme}, ${width} px`, async () => {
      await tab.resize(width, 900);
      await tab.open(base + page);
      const { coffee } = await tab.evaluate(`(${ask})(["coffee"])`);
      return coffee.length > 0 ? look(tab) : ["nothing is found"];
    });
  }
}

// A site that was sent as an archive, with nothing of a server.
async function checkUnpacked(tab, site) {
  await check("an unpacked archive works from a disk in Firefox", async () => {
    const folder = await mkdtemp(join(tmpdir(), "canvasbook-site-"));
    const copy = join(folder, "a b");
    await unpacked(site, copy);
    const url = pathToFileURL(join(copy, "retail", "espresso-bar.html")).href;
    await tab.open(url);
    const found = await tab.evaluate(`(${ask})(["roast profiling"])`);
    const wrong = [...(await forbidden(tab))];
    const [first] = found["roast profiling"];
    if (!first?.endsWith("roastery.html#roast-profiling")) wrong.push(`the first hit is ${first}`);
    await tab.open(first);
    const title = await tab.evaluate(`document.querySelector("h1").textContent`);
    if (title !== "Marram Roastery") wrong.push(`it leads to ${title}`);
    const margin = await tab.evaluate("getComputedStyle(document.body).marginTop");
    if (margin !== "0px") wrong.push("the style sheet was not found");
    await rm(folder, { recursive: true });
    return wrong;
  });
}

async function checkAccess(tab, base, page, scheme) {
  for (const width of [390, 1440]) {
    await check(`${page}: axe in Firefox, ${scheme}, ${width} px`, async () => {
      await tab.resize(width, 900);
      await tab.open(base + page);
      // The search names its parts once it has its words.
      await tab.evaluate(`new Promise((done) => {
        const look = () => (document.querySelector("#_search > input:not([aria-label])") ? setTimeout(look, 50) : done(null));
        look();
      })`);
      return look(tab);
    });
  }
}

async function checkLook(tab, base, page, { scheme, width, direction }) {
  await check(`${page}: axe in Firefox, ${scheme}, ${width} px, ${direction}`, async () => {
    await tab.resize(width, 900);
    await tab.open(base + page);
    await tab.evaluate(turned(direction));
    return look(tab);
  });
}

// The grounds that were seen; a page may be complete before its first frame.
const GROUNDS = `new Promise((done) => {
  const look = () => (globalThis.grounds.length > 0 ? done(globalThis.grounds) : requestAnimationFrame(look));
  look();
})`;

// Who chose dark sees no page in light for a moment, however late the script is.
async function checkChosenScheme(tab, base) {
  await check("a chosen scheme holds from the first moment on in Firefox", async () => {
    await tab.open(base);
    const [light] = await tab.evaluate(GROUNDS);
    await tab.evaluate(`document.getElementById("_scheme-dark").click() ?? null`);
    await tab.open(base);
    const seen = await tab.evaluate(GROUNDS);
    const kept = await tab.evaluate(`document.getElementById("_scheme-dark").checked`);
    await tab.evaluate("localStorage.clear() ?? null");
    return kept && seen.length === 1 && seen[0] !== light ? [] : [`light is ${light}, and seen were ${seen.join(", ")}`];
  });
}

async function checkPrint(tab, base, page, paper, sheet) {
  await check(`${page}: the poster prints from Firefox on one sheet of ${sheet}`, async () => {
    await tab.open(base + page);
    return misprints(await tab.print(paper), await tab.evaluate(`(${printed})()`), sheet);
  });
}

const [site, rightToLeft, dense, kinds] = process.argv.slice(2).map((folder) => resolve(folder));
const example = await serve(site, "/strategy/handbook/");
const [host, other, full] = [await serve(site), await serve(rightToLeft), await serve(dense)];
const every = await serve(kinds);
const late = await serve(site, "/", "script.js");
try {
  for (const scheme of ["light", "dark"]) {
    const tab = await launchFirefox({ dark: scheme === "dark" });
    try {
      for (const page of PAGES) await checkAccess(tab, example.base, page, scheme);
      await checkAccess(tab, host.base, "404.html", scheme);
      await checkSearch(tab, example.base, "roastery.html", scheme);
      for (const page of await files(rightToLeft)) {
        if (page.endsWith(".html")) await checkAccess(tab, other.base, encodeURI(page), scheme);
      }
      for (const page of await pagesOfKinds(kinds)) {
        for (const look of LOOKS.filter((look) => look.scheme === scheme)) {
          await checkLook(tab, every.base, page, look);
        }
      }
      if (scheme === "dark") continue;
      await checkChosenScheme(tab, late.base);
      await checkUnpacked(tab, site);
      for (const page of await canvases(site)) await checkPrint(tab, example.base, page, A4, "A4");
      for (const page of await pagesOfKinds(kinds)) await checkPrint(tab, every.base, page, A4, "A4");
      await checkPrint(tab, full.base, "60.html", A4, "A4");
      await checkPrint(tab, full.base, "180.html", A4, "A4");
      await checkPrint(tab, full.base, "180.html", A3, "A3");
    } finally {
      await tab.close();
    }
  }
} finally {
  for (const served of [example, host, other, full, every, late]) await served.stop();
}
process.exitCode = close();
