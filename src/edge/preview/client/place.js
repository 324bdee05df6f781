// Keeps what is being read where it is while a page changes.
import { twins } from "./morph.js";

// So many elements are remembered, since the nearest may be what goes away.
const ENOUGH = 100;

// Runs a change and keeps what is being read where it is: the elements at the top of the window,
// the focus and the selection. At the very top of a page what is new shall be seen.
export function inPlace(change) {
  const isFixed = (element) => {
    for (; element; element = element.parentElement) {
      if (["fixed", "sticky"].includes(getComputedStyle(element).position)) return true;
    }
  };
  const seen = [...document.querySelectorAll("main *")]
    .filter((element) => twins.has(element))
    .map((element) => ({ element, box: element.getBoundingClientRect() }))
    .filter(({ box }) => box.height > 0 && box.bottom > 0 && box.top < innerHeight)
    .sort((a, b) => Math.abs(a.box.top) - Math.abs(b.box.top))
    .slice(0, ENOUGH)
    .filter(({ element }) => !isFixed(element));
  const focus = document.activeElement;
  const { anchorNode, anchorOffset, focusNode, focusOffset } = getSelection();
  const wasTop = scrollY === 0;
  // Some browsers hold the place themselves. Two that do it would go too far.
  const { style } = document.documentElement;
  const own = style.overflowAnchor;
  style.overflowAnchor = "none";
  change();
  const held = seen.find(({ element }) => element.isConnected);
  if (held && !wasTop) {
    const top = held.element.getBoundingClientRect().top - held.box.top;
    scrollBy({ top, behavior: "instant" });
  }
  style.overflowAnchor = own;
  if (focus !== document.activeElement && focus.isConnected) focus.focus({ preventScroll: true });
  if (anchorNode?.isConnected && focusNode.isConnected) {
    const within = (node, at) => Math.min(at, node.length ?? node.childNodes.length);
    const from = within(anchorNode, anchorOffset);
    getSelection().setBaseAndExtent(anchorNode, from, focusNode, within(focusNode, focusOffset));
  }
}
