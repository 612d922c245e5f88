/**
 * Elements that come as plain data, `[name, attributes, ...inside]`: built one by one, so that pages which forbid
 * reading markup can show them, and only what words, tables and shapes need, so that nothing in them runs or loads.
 * @module tree
 */

import { element, svg } from "./dom.js";

const SHAPES = new Set(["svg", "title", "desc", "rect", "line", "circle", "path", "text"]);
const WORDS = new Set([
  "article", "div", "section", "h1", "h2", "p", "ul", "li", "table", "thead", "tbody", "tr", "th", "td", "figure", "footer", "time",
]);

/** A name that may stand in an element: neither a handler (`on...`), nor a style, nor an address. */
const ATTRIBUTE = /^(?!on)(?!style$)(?!href$)(?!src)[a-z][a-zA-Z-]*[0-9]?$/;

/** The element; throws a TypeError when there is anything in it that may not be. */
export function plant(tree) {
  const [name, attributes, ...inside] = tree;
  const make = SHAPES.has(name) ? svg : WORDS.has(name) ? element : null;
  const refused = Object.keys(attributes).filter((key) => !ATTRIBUTE.test(key));
  if (!make || refused.length) throw new TypeError(`not allowed: ${[name, ...refused].join(" ")}`);
  return make(name, attributes, ...inside.map((part) => (Array.isArray(part) ? plant(part) : String(part))));
}
