/**
 * Makers of elements. Text always becomes a text node, never markup, so nothing that a patient or a
 * server sends can run or style anything.
 * @module dom
 */

const SVG_NAMESPACE = "http://www.w3.org/2000/svg";

/** Sets the attributes that are neither null nor false; `true` gives an empty attribute. */
function fill(node, attributes, children) {
  for (const [name, value] of Object.entries(attributes)) {
    if (value === null || value === undefined || value === false) continue;
    node.setAttribute(name, value === true ? "" : String(value));
  }
  node.append(...children.filter((child) => child !== null && child !== undefined));
  return node;
}

/** An HTML element with attributes and children (nodes or strings; null is left out). */
export function element(name, attributes = {}, ...children) {
  return fill(document.createElement(name), attributes, children);
}

/** An SVG element with attributes and children. */
export function svg(name, attributes = {}, ...children) {
  return fill(document.createElementNS(SVG_NAMESPACE, name), attributes, children);
}

/** A line icon of 24 by 24 units from path data; decoration only, hidden from screen readers. */
export function icon(...paths) {
  return svg(
    "svg",
    { class: "icon", viewBox: "0 0 24 24", width: 24, height: 24, "aria-hidden": "true", focusable: "false" },
    ...paths.map((d) => svg("path", { d })),
  );
}
