// What fits in windows of all widths and in large type: nothing is wider than the window, no word of a title
// is broken, the head hides nothing that is jumped to, and a finger meets what it aims at.

import { check } from "./report.js";

// From a small phone to a large screen, and on both sides of each width at which the layout changes.
const WIDTHS = [320, 390, 640, 641, 768, 992, 993, 1024, 1100, 1200, 1201, 1440, 2560];

// Type of 150 and 200 %, in pixels, and the widths for which it is.
const LARGE = [
  { type: 24, widths: [320, 390, 768, 1280] },
  { type: 32, widths: [390, 768, 1280] },
];

// How high and wide a target is at least, in pixels. Source: WCAG 2.2, success criterion 2.5.8.
const TARGET = 24;

// What is wider than the window of a page.
function overflow() {
  const root = document.scrollingElement;
  if (root.scrollWidth <= root.clientWidth) return [];
  const outside = [...document.body.querySelectorAll("*")].filter((element) => {
    const { width, left, right } = element.getBoundingClientRect();
    return width > 0 && (right > root.clientWidth + 1 || left < -1);
  });
  const names = outside.slice(-2).map((element) => `${element.localName}.${element.className}`);
  return [`${root.scrollWidth} px wide: ${names.join(", ")}`];
}

// The words of a page's title that lie on more than one line, and those of a poster's entries that lie on more than
// two: there they may be hyphenated.
function brokenWords() {
  const broken = [];
  const look = (name, most) => {
    const texts = document.createTreeWalker(name, NodeFilter.SHOW_TEXT);
    while (texts.nextNode()) {
      for (const { 0: word, index } of texts.currentNode.data.matchAll(/[\p{L}\p{N}]+/gu)) {
        const range = document.createRange();
        range.setStart(texts.currentNode, index);
        range.setEnd(texts.currentNode, index + word.length);
        const lines = new Set([...range.getClientRects()].map(({ bottom }) => Math.round(bottom)));
        if (lines.size > most) broken.push(`"${word}" of "${name.textContent.trim()}" is broken`);
      }
    }
  };
  look(document.querySelector("h1"), 1);
  for (const name of document.querySelectorAll(".poster li > a")) look(name, 2);
  return broken;
}

// A head that follows must not cover what is jumped to.
function covered() {
  const head = document.querySelector(".top");
  const kept = parseFloat(getComputedStyle(document.documentElement).scrollPaddingBlockStart);
  const { height } = head.getBoundingClientRect();
  const follows = getComputedStyle(head).position === "sticky";
  return follows && height > kept + 1 ? [`the head is ${height} px high, and jumps keep ${kept}`] : [];
}

// Targets that are too small, but for those in a line of other text and those that only the script adds.
function smallTargets(least) {
  const targets = document.querySelectorAll("a[href]:not(.anchor, .skip), button, summary, label:has(:enabled)");
  const small = [...targets].filter((target) => {
    const { width, height } = target.getBoundingClientRect();
    if (!target.checkVisibility() || width === 0 || Math.min(width, height) > least - 0.1) return false;
    const display = (element) => getComputedStyle(element).display;
    let line = target.parentElement;
    while (display(line).startsWith("inline")) line = line.parentElement;
    return display(target) !== "inline" || line.textContent.trim() === target.textContent.trim();
  });
  return small.map((target) => {
    const { width, height } = target.getBoundingClientRect();
    return `"${target.textContent.trim()}" is ${Math.round(width)} x ${Math.round(height)} px`;
  });
}

// Everything fits into every window.
export async function checkFit(browser, base, page) {
  await check(`${page}: fits into every window`, async () => {
    const tab = await browser.newPage();
    await tab.goto(base + page, { waitUntil: "load" });
    const wrong = [];
    for (const width of WIDTHS) {
      await tab.setViewportSize({ width, height: 900 });
      const here = [
        ...(await tab.evaluate(overflow)),
        ...(await tab.evaluate(brokenWords)),
        ...(await tab.evaluate(covered)),
        ...(await tab.evaluate(smallTargets, TARGET)),
      ];
      wrong.push(...here.map((line) => `at ${width} px ${line}`));
    }
    await tab.close();
    return wrong;
  });
  await check(`${page}: fits in large type`, async () => {
    const wrong = [];
    for (const { type, widths } of LARGE) {
      const tab = await browser.newPage();
      // As a reader sets it, so that the widths at which the layout changes follow.
      const session = await tab.context().newCDPSession(tab);
      await session.send("Page.setFontSizes", { fontSizes: { standard: type, fixed: type } });
      await tab.goto(base + page, { waitUntil: "load" });
      for (const width of widths) {
        await tab.setViewportSize({ width, height: 900 });
        const here = [...(await tab.evaluate(overflow)), ...(await tab.evaluate(covered))];
        wrong.push(...here.map((line) => `at ${width} px in type of ${type} px ${line}`));
      }
      await tab.close();
    }
    return wrong;
  });
}
