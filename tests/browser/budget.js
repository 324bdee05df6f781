// The figures of `budget.json`: what was measured, held against what is allowed.

import { readFile } from "node:fs/promises";

import { check } from "./report.js";

const { figures } = JSON.parse(await readFile(new URL("budget.json", import.meta.url), "utf8"));

// What was measured, by figure: the value and of which page.
const measured = new Map(Object.keys(figures).map((id) => [id, []]));

// What is allowed.
export const figure = (id) => figures[id];

// Adds what was measured of a page to a figure.
export function measure(id, value, page) {
  measured.get(id).push({ value, page });
}

// What counts of all that was measured for a figure, and whether it is allowed. Without a value nothing is.
function weigh({ of, most = Infinity, least = -Infinity }, values) {
  if (values.length === 0) return { value: "none", page: "", fits: false };
  if (of === "mean") {
    const mean = values.reduce((sum, { value }) => sum + value, 0) / values.length;
    return { value: Math.round(mean), page: `mean of ${values.length}`, fits: mean <= most && mean >= least };
  }
  const worse = (one, other) => (most === Infinity ? one.value < other.value : one.value > other.value);
  const { value, page } = values.reduce((worst, next) => (worse(next, worst) ? next : worst));
  return { value, page, fits: value <= most && value >= least };
}

// Prints all figures as a table and checks each.
export async function checkBudget() {
  console.log("\nbudget, measured in the browser:");
  for (const [id, figure] of Object.entries(figures)) {
    const { value, page, fits } = weigh(figure, measured.get(id));
    const allowed = figure.most === undefined ? `at least ${figure.least}` : `at most ${figure.most}`;
    const line = `${String(value).padStart(7)}  ${allowed.padEnd(14)}  ${figure.what} (${page})`;
    console.log(line);
    await check(`budget: ${id}`, () => (fits ? [] : [line]));
  }
  console.log("");
}
