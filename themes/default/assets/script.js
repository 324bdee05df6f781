// Every page is good without this script. A chosen colour scheme is set before anything is shown.
{
  const key = "canvasbook-scheme";
  const root = document.documentElement;
  const src = document.currentScript.src;
  let chosen;
  // Storage may be forbidden.
  try {
    chosen = localStorage.getItem(key);
    root.style.colorScheme = chosen.split("-")[1];
  } catch {}
  addEventListener("DOMContentLoaded", () => {
    for (const radio of document.getElementsByName("scheme")) {
      radio.checked ||= radio.id === chosen;
      radio.onchange = () => localStorage.setItem(key, radio.id);
    }
    root.style.colorScheme = "";

    // Headings and entries get a link, which is copied when it is followed. Who does not see or point has
    // the contents instead.
    for (const place of document.querySelectorAll(".content :is(:is(h2, h3, h4)[id], [id] > .name)")) {
      const link = document.createElement("a");
      link.className = "anchor";
      link.href = "#" + place.closest("[id]").id;
      link.ariaHidden = true;
      link.tabIndex = -1;
      link.onclick = () => navigator.clipboard?.writeText(link.href).then(() => (link.dataset.copied = ""));
      place.append(link);
    }

    // Searching and presenting are loaded when somebody wants to, by a button or by a key.
    const load = (name) => {
      const script = document.createElement("script");
      script.src = new URL(name, src);
      document.head.append(script);
    };
    const search = document.querySelector(".search");
    if (search)
      search.onsubmit = (event) => {
        event.preventDefault();
        if (self.canvasbook) return canvasbook.open?.();
        self.canvasbook = {};
        load("search.js");
      };
    const present = document.querySelector("#_present") ?? {};
    present.hidden = !src || innerWidth < 640;
    present.onclick = () => load("present.js");
    onkeydown = (event) => {
      const isHeld = event.ctrlKey || event.metaKey;
      if (!isHeld && event.target.closest("input, select, textarea")) return;
      if (event.key === (isHeld ? "k" : "/")) search?.onsubmit(event);
      if (!isHeld && event.key === "p") present.click?.();
    };
  });
}
