// Debian's Firefox, driven by WebDriver BiDi (https://w3c.github.io/webdriver-bidi/). Playwright has its own
// Firefox and asks for commands that the one of Debian does not know.

import { spawn } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { WebSocket } from "ws";

import { GONE_WITH_ITS_BROWSER } from "./browser.js";

const PROGRAM = "/usr/bin/firefox-esr";

// How long the browser may take to start or to answer, in milliseconds. axe needs seconds for a large page.
const PATIENCE = 60_000;

// Gathers what the policy of a page forbids, from its first byte on, and the grounds that a reader sees until
// it is complete.
const LISTEN = `() => {
  globalThis.violations = [];
  globalThis.grounds = [];
  const look = () => {
    const ground = document.body && getComputedStyle(document.body).backgroundColor;
    if (ground && ground !== globalThis.grounds.at(-1)) globalThis.grounds.push(ground);
    if (document.readyState !== "complete") requestAnimationFrame(look);
  };
  look();
  addEventListener("securitypolicyviolation", (event) => {
    globalThis.violations.push(event.violatedDirective + ": " + event.blockedURI);
  });
}`;

// Fails with `what` if a promise is not fulfilled in time.
function inTime(promise, what) {
  let timer;
  const late = new Promise((_, failed) => {
    timer = setTimeout(() => failed(new Error(`Firefox did not answer: ${what}`)), PATIENCE);
  });
  return Promise.race([promise, late]).finally(() => clearTimeout(timer));
}

// Starts Firefox for readers who like dark or light pages; gives what can be done with its only tab.
export async function launchFirefox({ dark = false } = {}) {
  const profile = await mkdtemp(join(tmpdir(), "canvasbook-firefox-"));
  const scheme = dark ? 0 : 1;
  const preferences = `user_pref("layout.css.prefers-color-scheme.content-override", ${scheme});\n`;
  await writeFile(join(profile, "user.js"), preferences);
  const flags = ["--headless", "--no-remote", "--profile", profile, "--remote-debugging-port", "0"];
  const child = spawn(PROGRAM, flags, { stdio: ["ignore", "ignore", "pipe"] });
  const ended = new Promise((ended) => child.once("exit", ended));
  const close = async () => {
    child.kill("SIGKILL");
    await ended;
    await rm(profile, GONE_WITH_ITS_BROWSER);
  };
  try {
    return { ...(await connect(await address(child))), close };
  } catch (error) {
    await close();
    throw error;
  }
}

// Where a Firefox that starts says that it listens.
function address(child) {
  let said = "";
  const found = new Promise((found, failed) => {
    child.stderr.on("data", (data) => {
      said += data;
      const url = /WebDriver BiDi listening on (ws:\S+)/.exec(said);
      if (url) found(url[1]);
    });
    child.once("error", failed);
    child.once("exit", () => failed(new Error(`Firefox ended: ${said}`)));
  });
  return inTime(found, "the address of BiDi");
}

// Begins a session and takes its tab.
async function connect(url) {
  const socket = new WebSocket(`${url}/session`);
  await inTime(new Promise((opened, failed) => socket.once("open", opened).once("error", failed)), url);
  const waiting = new Map();
  socket.on("message", (data) => {
    const { id, type, result, error, message } = JSON.parse(data);
    const { answered, failed } = waiting.get(id) ?? {};
    waiting.delete(id);
    if (type === "success") answered?.(result);
    if (type === "error") failed?.(new Error(`${error}: ${message}`));
  });
  let sent = 0;
  const send = (method, params) => {
    const id = (sent += 1);
    const answer = new Promise((answered, failed) => waiting.set(id, { answered, failed }));
    socket.send(JSON.stringify({ id, method, params }));
    return inTime(answer, method);
  };
  await send("session.new", { capabilities: {} });
  await send("script.addPreloadScript", { functionDeclaration: LISTEN });
  const { contexts } = await send("browsingContext.getTree", {});
  return tabOf(send, contexts[0].context);
}

// What can be done with a tab.
function tabOf(send, context) {
  return {
    open: (url) => send("browsingContext.navigate", { context, url, wait: "complete" }),
    resize: (width, height) => send("browsingContext.setViewport", { context, viewport: { width, height } }),
    // Runs an expression and gives what it comes to.
    async evaluate(expression) {
      const { type, result, exceptionDetails } = await send("script.evaluate", {
        expression: `(async () => JSON.stringify(await (${expression})))()`,
        target: { context },
        awaitPromise: true,
      });
      if (type === "exception") throw new Error(exceptionDetails.text);
      return result.type === "string" ? JSON.parse(result.value) : undefined;
    },
    // The page as PDF on sheets of so many centimetres, unless the page says which it wants.
    async print(page) {
      const options = { context, background: true, shrinkToFit: true, page };
      const { data } = await send("browsingContext.print", options);
      return Buffer.from(data, "base64");
    },
  };
}
