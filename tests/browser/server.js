// Serves a built site the way a strict host would: compressed, and under a Content-Security-Policy
// that allows nothing inline.

import { readFile } from "node:fs/promises";
import { createServer } from "node:http";
import { extname, join, normalize } from "node:path";
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

// Starts serving a folder below `prefix`; gives the base URL and a function that stops it.
export async function serve(folder, prefix = "/") {
  const server = createServer(async (request, response) => {
    const path = decodeURIComponent(new URL(request.url, "http://localhost").pathname);
    const inside = path.startsWith(prefix) ? normalize(path.slice(prefix.length)) : "..";
    try {
      if (inside.startsWith("..")) throw new Error("outside of the site");
      const file = inside === "" || inside === "." ? "index.html" : inside;
      const bytes = gzipSync(await readFile(join(folder, file)));
      response.writeHead(200, {
        "content-encoding": "gzip",
        "content-length": bytes.length,
        "content-security-policy": POLICY,
        "content-type": TYPES[extname(file)] ?? "application/octet-stream",
      });
      response.end(bytes);
    } catch {
      response.writeHead(404, { "content-type": "text/plain" });
      response.end("not found");
    }
  });
  await new Promise((listening) => server.listen(0, "127.0.0.1", listening));
  const base = `http://127.0.0.1:${server.address().port}${prefix}`;
  return { base, stop: () => new Promise((stopped) => server.close(stopped)) };
}
