// Every page is good without this script.

// Headings and entries get a link, which is copied when it is followed. Who does not see or point has
// the contents instead.
for (const place of document.querySelectorAll(".content :is(:is(h2, h3, h4)[id], [id] > .name)")) {
  const link = document.createElement("a");
  link.className = "anchor";
  link.href = "#" + (place.id || place.parentNode.id);
  link.ariaHidden = true;
  link.tabIndex = -1;
  link.onclick = () =>
    navigator.clipboard?.writeText(link.href).then(() => (link.dataset.copied = ""));
  place.append(link);
}

// The colour scheme that was chosen holds on every page, unless storage is forbidden.
try {
  const key = "canvasbook-scheme";
  const chosen = document.getElementById(localStorage.getItem(key));
  if (chosen?.name === "scheme") chosen.checked = true;
  for (const radio of document.getElementsByName("scheme")) {
    radio.onchange = () => localStorage.setItem(key, radio.id);
  }
} catch {}
