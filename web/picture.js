/**
 * A picture that the server drew: shapes with a name and a description, in two widths of which the style
 * sheet shows one, and a table that says the same. The drawing is read as XML and only what a picture needs
 * is taken over, so nothing in it can run or load anything.
 * @module picture
 */

import { element } from "./dom.js";
import { parseDocument } from "./parsing.js";

const ELEMENTS = new Set(["svg", "title", "desc", "rect", "line", "circle", "path", "text"]);

/** A name that may stand in a drawing: neither a handler (`on...`), nor a style, nor a reference. */
const ATTRIBUTE = /^(?!on)(?!style$)(?!href$)[a-z][a-zA-Z0-9-]*$/;

function isPlain(node) {
  return ELEMENTS.has(node.localName) && node.getAttributeNames().every((name) => ATTRIBUTE.test(name));
}

/** The drawing as an element; null when it is anything but shapes and words. */
export function drawing(source) {
  const parsed = parseDocument(source, "image/svg+xml").documentElement;
  return [parsed, ...parsed.querySelectorAll("*")].every(isPlain) ? document.importNode(parsed, true) : null;
}

function table({ columns, rows }, caption) {
  return element(
    "table", {},
    element("caption", { class: "visually-hidden" }, caption),
    element("thead", {}, element("tr", {}, ...columns.map((column) => element("th", { scope: "col", dir: "auto" }, column)))),
    element("tbody", {}, ...rows.map(([first, ...rest]) => element(
      "tr", {},
      element("th", { scope: "row", dir: "auto" }, first),
      ...rest.map((cell) => element("td", { dir: "auto" }, cell)),
    ))),
  );
}

/**
 * The picture as a figure.
 * @param {{kind: string, title: string, alt: string, svg: Record<string, string>, table: object}} card
 */
export function picture(card) {
  const drawings = Object.entries(card.svg).map(([width, source]) => {
    const node = drawing(source);
    return node && element("div", { class: `drawing ${width}` }, node);
  });
  return element(
    "figure", { class: `picture ${card.kind}` },
    ...(drawings.every(Boolean) ? drawings : [element("p", {}, card.alt)]),
    element("details", {}, element("summary", {}, card.table.label), table(card.table, card.title)),
  );
}
