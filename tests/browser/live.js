// The preview as tests start it and know it to be connected.

import { spawn } from "node:child_process";

// Starts the preview of a folder and waits until it says where; gives that and a function that stops it.
export async function serveFolder(program, folder, port, flags = [], more = {}) {
  const env = { ...process.env, ...more };
  const child = spawn(program, ["serve", "--port", String(port), ...flags], { cwd: folder, env });
  let said = "";
  const base = await new Promise((found, failed) => {
    child.stdout.on("data", (data) => {
      said += data;
      const url = /Serving at (\S+)/.exec(said);
      if (url) found(url[1]);
    });
    child.stderr.on("data", (data) => (said += data));
    child.on("exit", () => failed(new Error(`the preview ended: ${said}`)));
  });
  const stop = () =>
    new Promise((ended) => {
      child.removeAllListeners("exit").on("exit", ended);
      child.kill();
    });
  return { base, port: Number(new URL(base).port), stop };
}

// Is fulfilled when a tab hears of the preview the next time. To be called before that can happen.
export function hears(tab) {
  return new Promise((heard) => {
    tab.on("websocket", (socket) => socket.on("framereceived", heard));
  });
}
