// What a site must be for its readers, and which checks hold it: each goal names checks of this suite by how they are
// called, and tests of the repository by file and function. A check that is gone leaves its goal without one, which fails.

import { readFile } from "node:fs/promises";

import { check, names } from "./report.js";

const GOALS = [
  {
    goal: "1. A canvas page is small, asks for little and for nothing from elsewhere",
    checks: ["budget: canvas-load", "budget: canvas-requests", "budget: style-sheets", "budget: scripts", "budget: search-client", "roastery.html: asks no other host"],
  },
  {
    goal: "2. Pages do not grow with the handbook",
    tests: [["tests/growth.rs", "no_page_grows_with_the_handbook"], ["tests/budget.rs", "a_large_handbook_keeps_its_budget"]],
  },
  {
    goal: "3. Lighthouse finds nothing in accessibility, best practices and SEO",
    runs: [["lighthouse.js", "Lighthouse"]],
  },
  {
    goal: "4. axe finds no barrier, search open or not, in either browser",
    checks: ["roastery.html: axe, dark, 390 px", "roastery.html: axe, light, 1440 px", "search: axe, light, 390 px", "search: axe, dark, 1440 px"],
    runs: [["firefox.js", "axe in Firefox"], ["firefox.js", "search open: axe in Firefox"]],
  },
  {
    goal: "5. Without script everything can be read, reached, switched and printed",
    checks: [
      "roastery.html: good without script",
      "without script the scheme, the threads and the contents work",
      "search: without script the button leads to the list of all elements",
    ],
  },
  {
    goal: "6. A first query loads little, in a large handbook too",
    checks: ["budget: search-query"],
    runs: [["large.js", "a first query loads little"]],
  },
  {
    goal: "7. A poster prints on one sheet",
    checks: ["60.html: the poster prints on one sheet of A4", "180.html: the poster prints on one sheet of A3"],
    runs: [["firefox.js", "the poster prints from Firefox on one sheet"]],
  },
  {
    goal: "8. All fits from 320 to 2560 px, in both directions; targets are large, colours apart",
    checks: ["roastery.html: fits into every window", `${encodeURI("نانوایی.html")}: fits into every window`, "roastery.html: fits in large type"],
  },
  {
    goal: "9. The site works from a disk, unpacked anywhere, and in a sub-folder",
    checks: ["works from a disk", "search: works from a disk"],
    runs: [["firefox.js", "an unpacked archive works from a disk in Firefox"]],
  },
  {
    goal: "11. A strict policy forbids nothing that a page does",
    checks: ["example: no inline script, style or handler", "right to left: no inline script, style or handler"],
    // Both servers answer with it, and every check gathers what the browser forbids.
    runs: [["server.js", "default-src 'none'"], ["pages.js", "tab.on(\"console\""], ["firefox.js", "forbidden(tab)"]],
  },
];

// Whether each goal is held by what it names; called when all checks have run.
export async function checkGoals() {
  const ran = names();
  for (const { goal, checks = [], tests = [], runs = [] } of GOALS) {
    await check(`goal ${goal}`, async () => {
      const wrong = checks.filter((name) => !ran.includes(name)).map((name) => `no check "${name}"`);
      for (const [file, test] of tests) {
        const text = await readFile(new URL(`../../${file}`, import.meta.url), "utf8");
        if (!text.includes(`#[test]\nfn ${test}()`) && !text.includes(`#[test]\n    fn ${test}()`)) wrong.push(`${file} has no test ${test}`);
      }
      for (const [file, said] of runs) {
        const text = await readFile(new URL(file, import.meta.url), "utf8");
        if (!text.includes(said)) wrong.push(`${file} checks nothing called "${said}"`);
      }
      return wrong;
    });
  }
}
