// Checks a page of each kind with Lighthouse, as on a phone: `node lighthouse.js SITE`. Accessibility, best practices
// and SEO have to be without a fault. How fast a page is says as much of the machine.
//
// The last line counts; the status is 0 only where nothing failed.

import { spawn } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import lighthouse from "lighthouse";

import { ARGUMENTS, GONE_WITH_ITS_BROWSER } from "./browser.js";
import { PAGES } from "./opened.js";
import { check, close } from "./report.js";
import { serve } from "./server.js";

const CATEGORIES = ["accessibility", "best-practices", "seo"];
// How long the browser may take to start, in milliseconds.
const PATIENCE = 30_000;

const served = await serve(resolve(process.argv[2]));
const profile = await mkdtemp(join(tmpdir(), "canvasbook-lighthouse-"));
const flags = ["--headless=new", "--remote-debugging-port=0", `--user-data-dir=${profile}`, ...ARGUMENTS];
const child = spawn("/usr/bin/chromium", flags, { stdio: ["ignore", "ignore", "pipe"] });
const ended = new Promise((ended) => child.once("exit", ended));
const port = await new Promise((found, failed) => {
  const late = setTimeout(() => failed(new Error("Chromium does not say where it listens")), PATIENCE);
  child.stderr.on("data", (data) => {
    const said = /DevTools listening on ws:\/\/[^:]+:(\d+)/.exec(data);
    if (!said) return;
    clearTimeout(late);
    found(Number(said[1]));
  });
});
for (const page of PAGES) {
  await check(`${page}: Lighthouse`, async () => {
    const { lhr } = await lighthouse(served.base + page, { port, onlyCategories: CATEGORIES, logLevel: "error" });
    if (lhr.runtimeError) return [lhr.runtimeError.message];
    return Object.values(lhr.categories).flatMap(({ title, score, auditRefs }) => {
      const faults = auditRefs.filter(({ id, weight }) => weight > 0 && lhr.audits[id].score < 1);
      // A page of results is for nobody's index.
      const counted = faults.filter(({ id }) => id !== "is-crawlable" || !page.endsWith("search.html"));
      return counted.map(({ id }) => `${title} ${Math.round(score * 100)}: ${lhr.audits[id].title}`);
    });
  });
}
child.kill();
await ended;
await served.stop();
await rm(profile, GONE_WITH_ITS_BROWSER);
process.exitCode = close();
