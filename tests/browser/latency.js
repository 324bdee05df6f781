// Measures how long it takes from saving a canvas to the patched page in an open tab, in a handbook of
// 1,000 canvases. The figures are printed: they say as much of the machine as of the program.

import { mkdir, mkdtemp, rename, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";

import { hears, serveFolder } from "./live.js";
import { check } from "./report.js";

const CANVASES = 1000;
const SAVES = 60;
const PATIENCE = { timeout: 30_000 };
// More than the watcher gathers; it varies, so that nothing meets every save that happens at intervals.
const pause = (save) => 200 + ((save * 37) % 100);

const BLOCKS = [
  "Key Partners",
  "Key Resources",
  "Value Propositions",
  "Customer Relationships",
  "Channels",
  "Customer Segments",
  "Cost Structure",
  "Revenue Streams",
];
const DEPARTMENTS = ["Production", "Sales", "Logistics", "Finance"];

export const page = (number) => `region-${Math.floor(number / 100)}/branch-${number}`;

// A canvas of 6 KB: eight blocks of five elements and four departments of five activities, most of which
// refer to an element of the same canvas, and one to another canvas.
export function canvas(number, said, canvases = CANVASES) {
  const next = (number + 101) % canvases;
  const clause = "which customers of the branch ask for again and again, and others do not offer";
  const elements = (name, serves) =>
    Array.from({ length: 5 }, (_, at) => `- **${name} ${at}** — ${clause}, for [[#${serves} ${at}]].\n`).join("");
  const serves = (name) => (name === "Value Propositions" ? "Customer Segments" : "Value Propositions");
  const block = (name) => `\n## ${name}\n\n${elements(name, serves(name))}`;
  const department = (name) => `\n### ${name}\n\n${elements(`${name} work`, "Value Propositions")}`;
  return `+++\ntitle = "Branch ${number}"\n+++\n\n${said} Beside [another](../${page(next)}.md).\n${BLOCKS.map(block).join(
    "",
  )}\n## Key Activities\n${DEPARTMENTS.map(department).join("")}`;
}

// Notes in the page when it shows a text for the first time.
function watch(marker) {
  const look = () => {
    if (globalThis.shown || !document.body.textContent.includes(marker)) return;
    globalThis.shown = Date.now();
  };
  globalThis.shown = 0;
  new MutationObserver(look).observe(document, { childList: true, subtree: true, characterData: true });
}

export async function measureLatency(browser, program) {
  await check(`pages are patched in a handbook of ${CANVASES} canvases`, async () => {
    const folder = await mkdtemp(join(tmpdir(), "canvasbook-latency-"));
    const file = (number) => join(folder, "content", `${page(number)}.md`);
    for (let number = 0; number < CANVASES; number += 1) {
      await mkdir(dirname(file(number)), { recursive: true });
      await writeFile(file(number), canvas(number, "First said."));
    }
    const served = await serveFolder(program, folder, 0);
    const context = await browser.newContext({ viewport: { width: 1280, height: 800 } });
    try {
      const tab = await context.newPage();
      const heard = hears(tab);
      await tab.goto(`${served.base}${page(500)}.html`, { waitUntil: "load", ...PATIENCE });
      await heard;
      await tab.evaluate(() => (globalThis.kept = true));
      const took = [];
      for (let save = 0; save < SAVES; save += 1) {
        const marker = `Saved for the ${save}th time`;
        await tab.evaluate(watch, marker);
        await tab.waitForTimeout(pause(save));
        const text = canvas(500, marker);
        const began = Date.now();
        if (save % 2 === 0) {
          await writeFile(file(500), text);
        } else {
          await writeFile(`${file(500)}.tmp`, text);
          await rename(`${file(500)}.tmp`, file(500));
        }
        took.push((await shown(tab)) - began);
      }
      took.sort((a, b) => a - b);
      const at = (percent) => took[Math.ceil((took.length * percent) / 100) - 1];
      console.log(
        `save to patched page, ${CANVASES} canvases, ${SAVES} saves: ` +
          `median ${at(50)} ms, 95 % within ${at(95)} ms, highest ${at(100)} ms`,
      );
      return (await tab.evaluate(() => globalThis.kept)) ? [] : ["it was loaded again"];
    } finally {
      await context.close();
      await served.stop();
      await rm(folder, { recursive: true });
    }
  });
}

// When the page showed what it waited for.
async function shown(tab) {
  const end = Date.now() + PATIENCE.timeout;
  for (;;) {
    const at = await tab.evaluate(() => globalThis.shown);
    if (at) return at;
    if (Date.now() > end) throw new Error("a save is never shown");
    await tab.waitForTimeout(20);
  }
}
