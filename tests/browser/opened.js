// Which pages of the example handbook the checks open.

import { readFile } from "node:fs/promises";
import { join } from "node:path";

import { files } from "./output.js";

// A canvas with much in it.
export const CANVAS = "roastery.html";

// A page of each kind, as the kinds say, and some that have much in them.
const KINDS = JSON.parse(await readFile(new URL("pages.json", import.meta.url), "utf8"));
const MORE = [
  CANVAS,
  "services/barista-academy.html",
  "retail/outlook.html",
  "retail/index.html",
  "departments/production.html",
  "blocks/key-activities.html",
  "owners/head-of-bars.html",
  "tags/retail.html",
  "manual/format.html",
];
export const PAGES = [...new Set([...KINDS, ...MORE])];

// The canvas pages of a site.
export async function canvases(folder) {
  const pages = (await files(folder)).filter((path) => path.endsWith(".html"));
  const texts = await Promise.all(pages.map((page) => readFile(join(folder, page), "utf8")));
  return pages.filter((_, at) => texts[at].includes('<main id="_main" class="wide canvas"'));
}
