// The poster on paper: exactly one sheet, landscape: A4 up to 60 elements, A3 up to 180.

import { execFile } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";

import { check } from "./report.js";

const run = promisify(execFile);

// Sheets in points, as PDF counts.
const SHEETS = {
  A4: { width: 841.89, height: 595.28 },
  A3: { width: 1190.55, height: 841.89 },
};

// The same text however a printer breaks and spells it.
const plain = (text) => text.normalize("NFKC").toLowerCase().replace(/[\s\u00ad\u2010-]+/g, "");

// The texts of a PDF's pages in the order in which they are drawn, so that a name on two lines stays
// together, and the size of the first page.
async function read(pdf) {
  const { stdout: text } = await run("pdftotext", ["-raw", pdf, "-"], { maxBuffer: 1 << 26 });
  const { stdout: info } = await run("pdfinfo", ["-f", "1", "-l", "1", pdf]);
  const [, width, height] = /Page\s+1 size:\s+([\d.]+) x ([\d.]+)/.exec(info);
  return { pages: text.split("\f").slice(0, -1), width: Number(width), height: Number(height) };
}

// What a page must show on its first sheet, and what comes first behind it; of a kind's form nothing does that is
// nowhere on the form.
export function printed() {
  // A form that is nobody's, such as SWOT, has no attribution.
  const poster = ".poster h3 > :first-child, .poster li > a:first-of-type, .attribution";
  return {
    poster: [...document.querySelectorAll(poster)].map((element) => element.textContent),
    after: document.querySelector(".canvas .content p, .canvas .content li")?.textContent,
  };
}

// What is wrong with a printed canvas page: its poster must fill the first sheet alone.
export async function misprints(bytes, texts, sheet) {
  const folder = await mkdtemp(join(tmpdir(), "canvasbook-print-"));
  try {
    const pdf = join(folder, "page.pdf");
    await writeFile(pdf, bytes);
    const { pages, width, height } = await read(pdf);
    const [first, ...rest] = pages.map(plain);
    const wrong = [];
    const wanted = SHEETS[sheet];
    if (Math.abs(width - wanted.width) > 2 || Math.abs(height - wanted.height) > 2) {
      wrong.push(`the first sheet is ${width} x ${height} points`);
    }
    const after = texts.after && plain(texts.after).slice(0, 40);
    if (after && first.includes(after)) wrong.push("what follows the poster begins on the first sheet");
    if (after && !rest[0]?.includes(after)) wrong.push("what follows the poster is not on the second sheet");
    for (const text of texts.poster) {
      if (!first.includes(plain(text))) wrong.push(`not on the first sheet: ${text}`);
    }
    return wrong;
  } finally {
    await rm(folder, { recursive: true });
  }
}

// Prints a canvas page and looks where the poster is.
export async function checkPrint(browser, base, page, sheet = "A4") {
  await check(`${page}: the poster prints on one sheet of ${sheet}`, async () => {
    const tab = await browser.newPage();
    await tab.goto(base + page, { waitUntil: "load" });
    const pdf = await tab.pdf({ format: "A4", preferCSSPageSize: true, printBackground: true });
    const texts = await tab.evaluate(printed);
    await tab.close();
    return misprints(pdf, texts, sheet);
  });
}
