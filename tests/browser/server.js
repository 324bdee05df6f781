// Serves a built site the way a strict host would: compressed, and under a Content-Security-Policy
// that allows nothing inline. Where there is no file it answers with the site's `404.html`.

import { readFile } from "node:fs/promises";
import { createServer } from "node:http";
import { extname, join, normalize } from "node:path";
import { setTimeout } from "node:timers/promises";
import { gzipSync } from "node:zlib";

export const POLICY =
  "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'";

const TYPES = {
  ".css": "text/css; charset=utf-8",
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
  ".json": "application/json",
  ".svg": "image/svg+xml",
  ".txt": "text/plain; charset=utf-8",
  ".xml": "application/xml",
};

// How long a slow file takes, in milliseconds: longer than a browser waits with what it has.
const SLOW = 500;

// Starts serving a folder below `prefix`; gives the base URL and a function that stops it. A file called `slow`
// takes its time.
export async function serve(folder, prefix = "/", slow = undefined) {
  const server = createServer(async (request, response) => {
    const path = decodeURIComponent(new URL(request.url, "http://localhost").pathname);
    const inside = path.startsWith(prefix) ? normalize(path.slice(prefix.length)) : "..";
    const answer = async (status, file) => {
      if (slow !== undefined && file.endsWith(slow)) await setTimeout(SLOW);
      const bytes = gzipSync(await readFile(join(folder, file)));
      response.writeHead(status, {
        "content-encoding": "gzip",
        "content-length": bytes.length,
        "content-security-policy": POLICY,
        "content-type": TYPES[extname(file)] ?? "application/octet-stream",
      });
      response.end(bytes);
    };
    try {
      if (inside.startsWith("..")) throw new Error("outside of the site");
      await answer(200, inside === "" || inside === "." ? "index.html" : inside);
    } catch {
      await answer(404, "404.html");
    }
  });
  await new Promise((listening) => server.listen(0, "127.0.0.1", listening));
  const base = `http://127.0.0.1:${server.address().port}${prefix}`;
  return { base, stop: () => new Promise((stopped) => server.close(stopped)) };
}
