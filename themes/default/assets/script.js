// What a page gains with script; it is good without.

// The link beside a heading is copied when it is followed.
document.addEventListener("click", async ({ target }) => {
  const anchor = target.closest(".anchor");
  if (!anchor) return;
  await navigator.clipboard?.writeText(anchor.href);
  anchor.dataset.copied = "";
});

// The colour scheme that was chosen holds on every page.
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
