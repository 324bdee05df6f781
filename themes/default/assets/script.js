// The colour scheme that was chosen holds on every page. The page is good without this script.
try {
  const key = "canvasbook-scheme";
  const chosen = document.getElementById(localStorage.getItem(key));
  if (chosen?.name === "scheme") chosen.checked = true;
  for (const radio of document.getElementsByName("scheme")) {
    radio.onchange = () => localStorage.setItem(key, radio.id);
  }
} catch {
  // Storage may be forbidden; then the choice holds for this page.
}
