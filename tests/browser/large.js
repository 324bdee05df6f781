// Searching in a handbook of 10,000 canvases: `node large.js PROGRAM`. It is served by the preview, so that no site has
// to be written. Of what a first query loads the compressed bytes count; how long typing takes is printed.
//
// The last line counts; the status is 0 only where nothing failed.

import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { gzipSync } from "node:zlib";
import { chromium } from "playwright-core";

import { ARGUMENTS } from "./browser.js";
import { figure } from "./budget.js";
import { canvas, page } from "./latency.js";
import { serveFolder } from "./live.js";
import { check, close } from "./report.js";
import { ask } from "./unpacked.js";

const CANVASES = 10_000;
const QUERIES = ["branch", "logistics work", "Branch 7311", "dept:production", "dept:finance work", "kind:element", "brnach", "k"];

const folder = await mkdtemp(join(tmpdir(), "canvasbook-large-"));
for (let number = 0; number < CANVASES; number += 1) {
  const file = join(folder, "content", `${page(number)}.md`);
  await mkdir(dirname(file), { recursive: true });
  await writeFile(file, canvas(number, `Said of ${number}.`, CANVASES));
}
const served = await serveFolder(resolve(process.argv[2]), folder, 0);
const browser = await chromium.launch({ executablePath: "/usr/bin/chromium", args: ARGUMENTS });
for (const query of QUERIES) {
  await check(`${CANVASES} canvases: a first query loads little: ${query}`, async () => {
    const tab = await browser.newPage();
    await tab.goto(`${served.base}${page(500)}.html`, { timeout: 120_000 });
    const loaded = [];
    const keep = (response) => response.url().includes("/assets/search") && loaded.push(response.body());
    tab.on("response", keep);
    const found = (await tab.evaluate(ask, [query]))[query];
    const bodies = await Promise.all(loaded);
    tab.off("response", keep);
    const bytes = bodies.reduce((sum, body) => sum + gzipSync(body).length, 0);
    const began = performance.now();
    await tab.evaluate(ask, [query]);
    console.log(`${query.padEnd(20)} ${bytes} bytes compressed, again in ${Math.round(performance.now() - began)} ms`);
    await tab.close();
    const { most } = figure("search-query");
    return [...(found.length > 0 ? [] : ["it finds nothing"]), ...(bytes > most ? [`${bytes} bytes`] : [])];
  });
}
await browser.close();
await served.stop();
await rm(folder, { recursive: true });
process.exitCode = close();
