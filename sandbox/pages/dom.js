// Building elements, and changing a live tree into a new one without losing focus or typed text.

const SVG = "http://www.w3.org/2000/svg";
const SVG_TAGS = new Set(["svg", "path", "rect", "circle", "line", "polyline", "polygon", "g"]);

/** An element. Attributes that are null or false are left out; `value` and `checked` are set. */
export function h(tag, attributes = {}, ...children) {
  const made = SVG_TAGS.has(tag) || tag === "text"
    ? document.createElementNS(SVG, tag)
    : document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value === null || value === undefined || value === false) continue;
    if (name === "value" && "value" in made && tag !== "option" && tag !== "button") made.value = value;
    else made.setAttribute(name, value === true ? "" : String(value));
  }
  add(made, children);
  if (tag === "select") made.value = attributes.value ?? "";
  return made;
}

function add(parent, children) {
  for (const child of children.flat(Infinity)) {
    if (child === null || child === undefined || child === false) continue;
    parent.append(child instanceof Node ? child : document.createTextNode(String(child)));
  }
}

/** Make `live` hold `children`, keeping every element that stays. */
export function fill(live, ...children) {
  const wanted = live.cloneNode(false);
  add(wanted, children);
  mergeChildren(live, wanted);
}

function merge(live, wanted) {
  if (live.nodeType === Node.TEXT_NODE) {
    if (live.data !== wanted.data) live.data = wanted.data;
    return;
  }
  mergeAttributes(live, wanted);
  if (live.dataset && "sealed" in live.dataset) return;
  mergeChildren(live, wanted);
  if (!("touched" in (live.dataset ?? {}))) mergeState(live, wanted);
}

function mergeAttributes(live, wanted) {
  const own = new Set(["data-touched", "open", "style"]);
  for (const { name } of [...live.attributes]) {
    if (!wanted.hasAttribute(name) && !own.has(name)) live.removeAttribute(name);
  }
  for (const { name, value } of wanted.attributes) {
    if (live.getAttribute(name) !== value) live.setAttribute(name, value);
  }
}

/** What a person has put in stays; a field nobody touched follows what is drawn anew. */
function mergeState(live, wanted) {
  if (live.matches?.("textarea, select, input:not([type=radio], [type=checkbox])")) {
    if (live.value !== wanted.value) live.value = wanted.value;
  } else if (live.matches?.("input") && live.checked !== wanted.checked) {
    live.checked = wanted.checked;
  }
}

const keyOf = (node) => (node.nodeType === Node.ELEMENT_NODE ? node.dataset?.key : undefined);

function fits(live, wanted) {
  return (
    live.nodeType === wanted.nodeType &&
    live.nodeName === wanted.nodeName &&
    keyOf(live) === keyOf(wanted)
  );
}

function mergeChildren(live, wanted) {
  const coming = new Set([...wanted.childNodes].map(keyOf).filter(Boolean));
  const keyed = new Map();
  for (const child of live.childNodes) if (keyOf(child)) keyed.set(keyOf(child), child);
  let at = live.firstChild;
  for (const next of [...wanted.childNodes]) {
    const key = keyOf(next);
    while (at && key && keyed.has(key) && keyOf(at) !== key && !coming.has(keyOf(at))) {
      const gone = at;
      at = at.nextSibling;
      gone.remove();
    }
    const match = key ? keyed.get(key) : at && !keyOf(at) ? at : null;
    if (match && fits(match, next)) {
      if (match === at) at = at.nextSibling;
      else live.insertBefore(match, at);
      merge(match, next);
    } else {
      live.insertBefore(next, at);
    }
  }
  while (at) {
    const gone = at;
    at = at.nextSibling;
    gone.remove();
  }
}

/** The field of a name, wherever it stands now; a block id may hold any character. */
export const byKey = (root, key) =>
  [...root.querySelectorAll("[data-key]")].find((each) => each.dataset.key === key) ?? null;
