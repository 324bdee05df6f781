// Makes parts of a page what the server says now, and nothing else.
//
// `twins` holds what the server said last of each node. The preview runs before the scripts of the
// theme, so what they change or add is in no twin, and is left alone.
export const twins = new WeakMap();
export function pair(live, twin) {
  twins.set(live, twin);
  twin.childNodes.forEach((child, at) => pair(live.childNodes[at], child));
  return live;
}

// Makes a node what the server says now, and gathers what changed. Where it says the same as before,
// nothing is touched.
export function morph(live, fresh, changed) {
  const before = twins.get(live);
  if (before.isEqualNode(fresh)) return;
  twins.set(live, fresh);
  if (live.nodeType !== Node.ELEMENT_NODE) {
    live.data = fresh.data;
    changed.add(live.parentNode);
    return;
  }
  morphAttributes(live, before, fresh);
  morphChildren(live, fresh, changed);
}

export function morphAttributes(live, before, fresh) {
  for (const name of new Set([...before.getAttributeNames(), ...fresh.getAttributeNames()])) {
    const value = fresh.getAttribute(name);
    if (value === before.getAttribute(name)) continue;
    if (value === null) live.removeAttribute(name);
    else live.setAttribute(name, value);
  }
}

function morphChildren(live, fresh, changed) {
  const old = [...live.childNodes].filter((node) => twins.has(node));
  const pairs = match(old, [...fresh.childNodes]);
  const kept = new Set(pairs.values());
  for (const node of old) if (!kept.has(node)) node.remove();
  let at = live.firstChild;
  for (const child of fresh.childNodes) {
    let next = at;
    while (next && !twins.has(next)) next = next.nextSibling;
    at = next ?? at;
    const node = pairs.get(child);
    if (!node) changed.add(live.insertBefore(pair(document.importNode(child, true), child), at));
    else if (node === at) at = at.nextSibling;
    else live.insertBefore(node, at);
    if (node) morph(node, child, changed);
  }
}

// Which old node becomes which new one: from both ends while they are equal; between, by what they
// hold, then by their id or the first in them, then in order by their kind.
function match(old, fresh) {
  const pairs = new Map();
  const same = (a, b) => a && b && twins.get(a).isEqualNode(b);
  while (same(old[0], fresh[0])) pairs.set(fresh.shift(), old.shift());
  while (same(old.at(-1), fresh.at(-1))) pairs.set(fresh.pop(), old.pop());
  const whole = (node) => node.outerHTML;
  const id = (node) => node.id || node.querySelector?.("[id]")?.id;
  const kind = (node) => (node.id ? undefined : node.nodeName);
  for (const nameOf of [whole, id, kind]) {
    const waiting = Map.groupBy(old, (node) => nameOf(twins.get(node)));
    waiting.delete(undefined);
    fresh = fresh.filter((node) => {
      const found = waiting.get(nameOf(node));
      const at = found?.findIndex((other) => other.nodeName === node.nodeName) ?? -1;
      if (at >= 0) pairs.set(node, found.splice(at, 1)[0]);
      return at < 0;
    });
    const used = new Set(pairs.values());
    old = old.filter((node) => !used.has(node));
  }
  return pairs;
}
