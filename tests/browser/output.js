// Checks of the written files, without a server: links, ids, validity, nothing inline.

import { readdir, readFile } from "node:fs/promises";
import { join, posix } from "node:path";
import { HtmlValidate } from "html-validate";

import { check } from "./report.js";

// How a source is laid out is nobody's business here; what a browser or a reader trips over is.
const VALIDITY = {
  root: true,
  extends: ["html-validate:standard", "html-validate:a11y", "html-validate:document"],
  rules: {
    "long-title": "off",
    "no-trailing-whitespace": "off",
    "void-style": "off",
    // Ids hold `/`, so that they read like paths; HTML allows every character but blanks.
    "valid-id": ["error", { relaxed: true }],
    // A list may have a name: screen readers tell it.
    "aria-label-misuse": ["error", { allowAnyNamable: true }],
    // Script and style come from the site itself, which needs no proof of integrity.
    "require-sri": "off",
    // An arrow into another canvas is named by its `title`; axe looks whether every link has a name.
    "wcag/h30": "off",
    // Outside of forms a button submits nothing.
    "no-implicit-button-type": "off",
  },
};

// Every file of a site by its path in it, sorted.
export async function files(folder) {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const paths = entries
    .filter((entry) => entry.isFile())
    .map((entry) => posix.relative(folder, posix.join(entry.parentPath ?? entry.path, entry.name)));
  return paths.sort();
}

// What a page says of itself, taken apart by the browser's own parser.
function takeApart(html) {
  const page = new DOMParser().parseFromString(html, "text/html");
  const all = [...page.querySelectorAll("*")];
  const ids = all.filter((element) => element.id).map((element) => element.id);
  const links = [];
  const inline = [];
  for (const element of all) {
    for (const { name, value } of element.attributes) {
      if (["href", "src", "action", "formaction", "poster", "data", "cite"].includes(name)) {
        links.push(value);
      } else if (name === "srcset") {
        links.push(...value.split(",").map((source) => source.trim().split(/\s/)[0]));
      } else if (name === "style" || name.startsWith("on")) {
        inline.push(`<${element.localName} ${name}="${value}">`);
      } else if (["for", "popovertarget", "aria-controls", "aria-labelledby"].includes(name)) {
        links.push(...value.split(/\s+/).map((id) => `#${encodeURIComponent(id)}`));
      }
    }
    if (element.localName === "style") inline.push("<style>");
    const isData = /json/.test(element.getAttribute("type") ?? "");
    if (element.localName === "script" && !element.hasAttribute("src") && !isData) {
      inline.push("<script>");
    }
  }
  return { ids, links, inline, headings: page.querySelectorAll("h1").length };
}

// What is wrong with one link of a page, if anything.
function brokenLink(page, link, pages, paths) {
  // A server shows this page at any address, so its links start at the host.
  if (page === "404.html") link = link.replace(/^\//, "");
  if (/^(https?:|mailto:|tel:|data:image\/)/.test(link)) return null;
  if (/^[a-z][a-z0-9+.-]*:/i.test(link)) return "a scheme that may not stand in a page";
  if (link.startsWith("/")) return "starts at the host, so the site works in no sub-folder";
  const [before, fragment] = link.split("#");
  const [path] = before.split("?");
  const target = path === "" ? page : posix.normalize(posix.join(posix.dirname(page), decodeURIComponent(path)));
  if (target.startsWith("..")) return "leads out of the site";
  if (!paths.has(target)) return `no file \`${target}\``;
  if (fragment === undefined || fragment === "") return null;
  const ids = pages.get(target)?.ids;
  return ids && !ids.includes(decodeURIComponent(fragment)) ? `no such id in \`${target}\`` : null;
}

// Checks a site's files; `browser` parses them.
export async function checkOutput(name, folder, browser) {
  const paths = await files(folder);
  const tab = await browser.newPage();
  const pages = new Map();
  for (const path of paths.filter((path) => path.endsWith(".html"))) {
    const html = await readFile(join(folder, path), "utf8");
    pages.set(path, { html, ...(await tab.evaluate(takeApart, html)) });
  }
  await tab.close();
  const each = (wrong) =>
    [...pages].flatMap(([path, page]) => wrong(page, path).map((line) => `${path}: ${line}`));

  await check(`${name}: there are pages`, () => (pages.size > 0 ? [] : [`none in ${folder}`]));
  await check(`${name}: every link and fragment leads somewhere`, () => {
    const all = new Set(paths);
    return each((page, path) =>
      page.links.flatMap((link) => {
        const wrong = brokenLink(path, link, pages, all);
        return wrong ? [`${link}: ${wrong}`] : [];
      }),
    );
  });
  await check(`${name}: no id occurs twice in a page`, () =>
    each(({ ids }) => [...new Set(ids.filter((id, index) => ids.indexOf(id) !== index))]),
  );
  await check(`${name}: no inline script, style or handler`, () => each(({ inline }) => inline));
  await check(`${name}: every page has one first heading`, () =>
    each(({ headings }) => (headings === 1 ? [] : [`${headings} elements h1`])),
  );
  await check(`${name}: valid HTML`, () => validity(pages));
}

// What the validator says of the pages.
async function validity(pages) {
  const validator = new HtmlValidate(VALIDITY);
  const wrong = [];
  for (const [path, { html }] of pages) {
    const report = await validator.validateString(html, path);
    for (const { messages } of report.results) {
      for (const { line, column, ruleId, message } of messages) {
        wrong.push(`${path}:${line}:${column}: ${message} (${ruleId})`);
      }
    }
  }
  return wrong;
}
