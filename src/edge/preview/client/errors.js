// What is wrong, over the page, which stays as it was when nothing was.
let panel;
let shown = "";
export function showErrors(errors, open) {
  if (errors.join("\n\n") === shown) return;
  shown = errors.join("\n\n");
  panel?.remove();
  if (!errors.length) return;
  panel = document.body.appendChild(document.createElement("section"));
  const add = (name, textContent) =>
    panel.appendChild(Object.assign(document.createElement(name), { textContent }));
  panel.className = "_canvasbook-errors";
  Object.assign(panel, { lang: "en", dir: "ltr", role: "alert" });
  add("h2", "Something is wrong in the handbook");
  const close = add("button", "Dismiss");
  close.onclick = () => panel.remove();
  errors.forEach((error, at) => {
    add("pre", error).onclick = (event) => event.altKey && open(at);
  });
}
addEventListener("keydown", (event) => event.key === "Escape" && panel?.remove());
