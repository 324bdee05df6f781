// Sites without a server, and searching in either browser.

import { execFile } from "node:child_process";
import { mkdir } from "node:fs/promises";
import { promisify } from "node:util";

const run = promisify(execFile);

// Unpacks a site somewhere else, as one does that came by mail.
export async function unpacked(site, folder) {
  const archive = `${folder}.zip`;
  await mkdir(folder);
  await run("zip", ["-qr", archive, "."], { cwd: site });
  await run("unzip", ["-q", archive, "-d", folder]);
}

// Opens the search and gives the addresses of the hits of each query.
export async function ask(queries) {
  const until = (seen) =>
    new Promise((done) => {
      const look = () => (seen() ? done(seen()) : requestAnimationFrame(look));
      look();
    });
  document.querySelector(".search button").click();
  const input = await until(() => document.querySelector("dialog[open] input[aria-label]"));
  const found = {};
  for (const query of queries) {
    const { promise, resolve } = Promise.withResolvers();
    // Nothing is chosen in what was found, which is said anew.
    new MutationObserver(resolve).observe(input, { attributeFilter: ["aria-activedescendant"] });
    input.value = query;
    input.dispatchEvent(new Event("input"));
    await promise;
    found[query] = [...document.querySelectorAll("dialog [role=option]")].map((hit) => hit.getAttribute("href"));
  }
  return found;
}
