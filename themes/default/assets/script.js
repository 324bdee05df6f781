// Every page is good without this script. A chosen colour scheme is set before anything is shown.
{
  const key = "canvasbook-scheme";
  const root = document.documentElement;
  let chosen;
  // Storage may be forbidden.
  try {
    chosen = localStorage.getItem(key);
    root.style.colorScheme = chosen.split("-")[1];
  } catch {}
  addEventListener("DOMContentLoaded", () => {
    for (const radio of document.getElementsByName("scheme")) {
      if (radio.id === chosen) radio.checked = true;
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

    // Searching is loaded when somebody wants to, by the button or by a key.
    const search = document.querySelector(".search");
    if (!search) return;
    search.onsubmit = (event) => {
      event.preventDefault();
      if (self.canvasbook) return canvasbook.open?.();
      self.canvasbook = {};
      const script = document.createElement("script");
      script.src = search.action.replace("search.html", "assets/search.js");
      search.append(script);
    };
    onkeydown = (event) => {
      const isFree = !event.target.matches("input, select, textarea");
      if (event.key === "/" ? isFree : event.key === "k" && (event.ctrlKey || event.metaKey)) search.onsubmit(event);
    };
  });
}
