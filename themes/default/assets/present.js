// Shows a canvas in the whole window, first its poster, then block by block. script.js loads it when somebody wants to.
if (!document.querySelector(".presenting")) {
  const { src } = document.currentScript;
  const button = document.getElementById("_present");
  const make = (name, properties, ...children) => {
    const made = Object.assign(document.createElement(name), properties);
    made.append(...children);
    return made;
  };
  // A copy takes no id away from its place, and has nothing folded.
  const copied = (original) => {
    const copy = original.cloneNode(true);
    for (const element of [copy, ...copy.querySelectorAll("[id]")]) element.removeAttribute("id");
    for (const folded of copy.querySelectorAll("details")) folded.open = true;
    return copy;
  };

  const slide = make("div", { className: "slide", tabIndex: -1, autofocus: true });
  const counter = make("output");
  const foot = make("footer");
  const dialog = make("dialog", { className: "presenting" }, slide, foot);
  let slides, at;

  // A slide is as large as it fits; at its smallest it scrolls, and in a window too narrow for even that.
  const fit = (largest) => {
    slide.style.setProperty("--zoom", 1);
    for (let zoom = largest; zoom > 0.5; zoom -= 0.1) {
      slide.style.setProperty("--zoom", zoom);
      if (slide.scrollHeight <= slide.clientHeight && slide.scrollWidth <= slide.clientWidth) return;
    }
  };
  const show = (next) => {
    at = Math.max(0, Math.min(next, slides.length - 1));
    const { name, content, largest } = slides[at];
    slide.replaceChildren(content());
    slide.scrollTop = 0;
    fit(largest());
    const cells = [...foot.querySelectorAll("a")];
    cells.forEach((cell, number) => (cell.ariaCurrent = number === at - 1 ? "step" : null));
    counter.textContent = `${name} · ${at + 1} / ${slides.length}`;
  };

  const open = () => {
    if (dialog.open) return dialog.close();
    const title = document.querySelector("h1").textContent;
    const frame = document.querySelector(".frame");
    const whole = () => make("div", {}, make("h2", { textContent: title }), copied(frame));
    const blocks = [...frame.querySelectorAll(".block")];
    slides = [
      // Wide enough for the blocks to be in their places.
      { name: title, content: whole, largest: () => Math.min(2, slide.clientWidth / 1040) },
      ...blocks.map((block) => {
        const heading = block.querySelector("h3 > *").textContent;
        return { name: heading, content: () => make("div", { className: "poster" }, copied(block)), largest: () => 3 };
      }),
    ];
    const end = make("button", { className: "menu", textContent: button.textContent, ariaPressed: true });
    end.onclick = () => dialog.close();
    foot.replaceChildren(copied(document.querySelector(".map")), counter, end);
    dialog.ariaLabel = title;
    dialog.showModal();
    show(0);
  };

  dialog.onclick = (event) => {
    const link = event.target.closest("a, button, summary");
    const cell = [...foot.querySelectorAll("a")].indexOf(link);
    if (cell >= 0) event.preventDefault();
    if (cell >= 0) show(cell + 1);
    // A link leads to its place on the page below.
    else if (link?.href) dialog.close();
    else if (!link) show(at + 1);
  };
  dialog.onkeydown = (event) => {
    if (event.altKey || event.ctrlKey || event.metaKey || event.target.matches("button, summary")) return;
    const forth = dialog.matches(":dir(rtl)") ? -1 : 1;
    const vertical = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    const keys = { ArrowRight: forth, ArrowLeft: -forth, PageDown: 1, PageUp: -1, Home: -at, End: slides.length };
    const step = event.key === " " ? (event.shiftKey ? -1 : 1) : (vertical ?? keys[event.key]);
    const scrolls = vertical && slide.scrollHeight > slide.clientHeight;
    if (step === undefined || scrolls) return;
    event.preventDefault();
    show(at + step);
  };
  addEventListener("resize", () => dialog.open && show(at));
  button.onclick = open;
  const styles = { rel: "stylesheet", href: new URL("present.css", src), onload: open };
  document.body.append(dialog);
  document.head.append(make("link", styles));
}
