// A canvas and the page of each kind that comes with canvasbook, and of some of a handbook's own: `kinds/` is that
// handbook. Its own kinds have a grid with a block over two rows, one that no line crosses, and twenty blocks with
// axes.

import { readdir } from "node:fs/promises";
import { join } from "node:path";

import { canvases } from "./opened.js";

// Schemes, widths and directions to look at pages in.
export const LOOKS = [
  { scheme: "light", width: 1440, direction: "ltr" },
  { scheme: "light", width: 390, direction: "rtl" },
  { scheme: "dark", width: 390, direction: "ltr" },
  { scheme: "dark", width: 1440, direction: "rtl" },
];

// Turns the page that is open: style sheets follow its direction.
export const turned = (direction) => `document.documentElement.setAttribute("dir", "${direction}") ?? null`;

// The canvases of the handbook, and the pages of their kinds.
export async function pagesOfKinds(site) {
  const kinds = (await readdir(join(site, "kinds"))).filter((name) => name !== "index.html");
  return [...(await canvases(site)), ...kinds.sort().map((name) => `kinds/${name}`)];
}
