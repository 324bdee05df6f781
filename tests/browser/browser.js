// So that the browser stays quiet: nothing in it may ask the network for anything of its own.
export const ARGUMENTS = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

// How to remove the profile of a browser that has ended: processes that it started may write a moment longer.
export const GONE_WITH_ITS_BROWSER = { recursive: true, force: true, maxRetries: 50, retryDelay: 100 };
