// Checks that lists can be sorted and filtered where there is script.

import { check } from "./report.js";

// Rows of a group stay in it, whatever they are sorted by, and its heading stays while any of them is shown.
export async function checkGroups(browser, base) {
  const page = "reviews/index.html";
  await check(`${page}: sorts and filters within groups`, async () => {
    const tab = await browser.newPage({ viewport: { width: 1440, height: 900 } });
    await tab.goto(base + page);
    const groups = () =>
      tab.locator("table.list").first().evaluate((table) =>
        [...table.tBodies].map((body) =>
          [...body.rows].filter((row) => row.checkVisibility()).map((row) => row.cells[0].textContent),
        ),
      );
    const before = await groups();
    const wrong = [];
    await tab.locator("thead button").first().click();
    const sorted = ([head, ...rows]) => [head, ...rows.toSorted((a, b) => a.localeCompare(b))];
    if (String(await groups()) !== String(before.map(sorted))) {
      wrong.push(`sorted: ${await groups()}`);
    }
    const [head, row] = before[0];
    await tab.locator(".head input").fill(row);
    const found = (await groups()).flat();
    if (String(found) !== String([head, row])) wrong.push(`found: ${found}`);
    await tab.locator(".head input").fill("nothing of this name");
    const none = (await groups()).flat();
    if (none.length > 0) wrong.push(`found for nothing: ${none}`);
    await tab.close();
    return wrong;
  });
}

// The keyboard sorts a column up and down, and typing hides the rows that do not hold what was typed.
export async function checkLists(browser, base) {
  const page = "departments/index.html";
  await check(`${page}: sorts and filters`, async () => {
    const tab = await browser.newPage({ viewport: { width: 1440, height: 900 } });
    await tab.goto(base + page);
    const shown = () => tab.locator("tbody tr:visible th").allTextContents();
    const before = await shown();
    const button = tab.locator("thead button").first();
    await button.focus();
    const wrong = [];
    for (const [order, turn] of [["ascending", 1], ["descending", -1]]) {
      await tab.keyboard.press("Enter");
      const wanted = before.toSorted((a, b) => turn * a.localeCompare(b));
      if (String(await shown()) !== String(wanted)) wrong.push(`${order}: ${await shown()}`);
      const said = await tab.locator("thead th").first().getAttribute("aria-sort");
      if (said !== order) wrong.push(`aria-sort is ${said} instead of ${order}`);
    }
    await tab.locator(".head input").fill("LOGIS");
    const found = await shown();
    if (found.length !== 2) wrong.push(`LOGIS finds ${found}`);
    await tab.close();
    return wrong;
  });
}
