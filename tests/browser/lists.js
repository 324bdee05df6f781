// Checks that lists can be sorted and filtered where there is script.

import { check } from "./report.js";

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
