/**
 * The picture of the four phases with the patient's place in it. A sketch: the curves show the usual
 * course, never the patient's values. The SVG holds shapes only and may stretch; all words are HTML, so
 * they keep their size (never under 14 px), wrap, and follow the reader's settings.
 * @module phase_map
 */

import { element, svg } from "./dom.js";

/** In the order of the usual course; the keys of the card's `labels`. */
export const PHASES = Object.freeze([
  "immune_tolerant", "immune_active_hbeag_positive", "inactive_carrier", "immune_active_hbeag_negative",
]);

const WIDTH = 400;
const HEIGHT = 120;
const COLUMN = WIDTH / PHASES.length;

// y grows downwards; each pair of columns is joined by a smooth step.
const VIRUS = "M0,20 C60,18 90,20 120,32 S170,92 210,98 S280,100 300,92 S350,46 400,40";
const ALT = "M0,98 C60,99 90,98 110,84 S140,36 150,36 S180,84 205,97 S285,99 305,88 S340,50 355,52 S385,74 400,60";

/** Columns, counted from 0, that the patient's place covers: one, the two of the grey zone, or none. */
export function place(card) {
  const between = Array.isArray(card.between) ? card.between : [];
  const names = between.length ? between : [card.phase];
  return names.map((name) => PHASES.indexOf(name)).filter((index) => index >= 0).sort((a, b) => a - b);
}

function band(columns) {
  if (columns.length === 2 && columns[1] - columns[0] === 1) {
    // The grey zone lies across the border of two phases.
    return [svg("rect", { class: "map-here grey", x: (columns[0] + 0.5) * COLUMN, y: 1, width: COLUMN, height: HEIGHT - 2 })];
  }
  return columns.map((column) => svg("rect", {
    class: "map-here", x: column * COLUMN + 1.5, y: 1, width: COLUMN - 3, height: HEIGHT - 2,
  }));
}

function drawing(card, columns) {
  const borders = PHASES.slice(1).map((_, index) => {
    const x = (index + 1) * COLUMN;
    return svg("line", { class: "map-border", x1: x, x2: x, y1: 0, y2: HEIGHT });
  });
  return svg(
    "svg",
    {
      class: "map-drawing", viewBox: `0 0 ${WIDTH} ${HEIGHT}`, preserveAspectRatio: "none",
      role: "img", "aria-label": card.alt, focusable: "false",
    },
    ...band(columns), ...borders,
    svg("path", { class: "map-virus", d: VIRUS }),
    svg("path", { class: "map-alt", d: ALT }),
  );
}

/** "You are here" above the middle of the place; a class, not a style, says where (the page forbids inline styles). */
function marker(card, columns) {
  if (!columns.length || !card.here) return null;
  const middle = columns.length === 2 ? columns[0] + columns[1] + 1 : columns[0] * 2 + 1;
  return element("div", { class: `map-marker eighth-${middle}`, "aria-hidden": "true" },
    element("span", { class: "map-pill" }, card.here), element("span", { class: "map-arrow" }));
}

function names(card, columns) {
  return element("ol", { class: "map-names" }, ...PHASES.map((phase, index) => {
    const here = columns.includes(index);
    const current = here && columns.length === 1;
    return element(
      "li", { class: here ? "here" : null, "aria-current": current ? "true" : null },
      element("span", { class: "map-number", "aria-hidden": "true" }, String(index + 1)),
      element("span", { dir: "auto" }, card.labels?.[phase] ?? ""),
    );
  }));
}

function key(strings) {
  const sample = (name) => svg(
    "svg", { class: "map-sample", viewBox: "0 0 36 10", width: 36, height: 10, "aria-hidden": "true", focusable: "false" },
    svg("path", { class: name, d: "M1,5 L35,5" }),
  );
  return element(
    "ul", { class: "map-key" },
    element("li", {}, sample("map-virus"), strings.curve_virus),
    element("li", {}, sample("map-alt"), strings.curve_alt),
  );
}

/**
 * The picture as a figure.
 * @param {{phase: string, between: string[] | null, title: string, alt: string, here: string, labels: object}} card
 */
export function phaseMap(card, strings) {
  const columns = place(card);
  const numbers = element("div", { class: "map-numbers", "aria-hidden": "true" },
    ...PHASES.map((_, index) => element("span", { class: columns.includes(index) ? "here" : null }, String(index + 1))));
  return element(
    "figure", { class: "phase-map" },
    element("figcaption", { dir: "auto" }, card.title),
    element("div", { class: "map-chart" }, marker(card, columns), drawing(card, columns), numbers),
    names(card, columns),
    key(strings),
    element("p", { class: "map-note" }, strings.map_schematic),
  );
}
