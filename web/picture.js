/**
 * A picture that the server drew: shapes with a name and a description, in two widths of which the style
 * sheet shows one, and a table that says the same.
 * @module picture
 */

import { element } from "./dom.js";
import { plant } from "./tree.js";

/** The drawing as an element; null when it is anything but shapes and words. */
export function drawing(tree) {
  try {
    return plant(tree);
  } catch (error) {
    console.warn("a picture cannot be shown:", error);
    return null;
  }
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
 * @param {{kind: string, title: string, alt: string, drawings: Record<string, Array>, table: object}} card
 */
export function picture(card) {
  const drawings = Object.entries(card.drawings).map(([width, tree]) => {
    const node = drawing(tree);
    return node && element("div", { class: `drawing ${width}` }, node);
  });
  return element(
    "figure", { class: `picture ${card.kind}` },
    ...(drawings.every(Boolean) ? drawings : [element("p", {}, card.alt)]),
    element("details", {}, element("summary", {}, card.table.label), table(card.table, card.title)),
  );
}
