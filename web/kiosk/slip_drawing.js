/**
 * A typical slip, with the place where one value stands.
 * @module slip_drawing
 */

import { svg } from "../dom.js";

const WIDTH = 400;
const ROW = 40;
const TOP = 150;
const COLUMNS = Object.freeze({ test: 24, result: 168, unit: 288 });
/** Lines of a slip in their usual order; null is one that is not asked for. */
const LINES = Object.freeze(["HBsAg", null, "HBeAg", null, "HBV_DNA", null, "ALT", null]);
/** Values in the head of a slip, with their place from the left. */
const HEAD = Object.freeze({ age: 210, sex: 300 });

const text = (x, y, words, className = "") => svg("text", { x, y, class: className }, words);
const bar = (x, y, width) => svg("rect", { x, y: y - 11, width, height: 12, rx: 6, class: "slip-bar" });

function ring(x, y, width) {
  return svg("rect", { x, y, width, height: ROW - 4, rx: 10, class: "slip-here" });
}

function line(item, index, wanted, strings) {
  const y = TOP + index * ROW;
  const parts = item ? [text(COLUMNS.test, y, strings.steps[item].name, "slip-name")] : [bar(COLUMNS.test, y, 90)];
  if (item !== wanted) parts.push(bar(COLUMNS.result, y, 64), bar(COLUMNS.unit, y, 48));
  else parts.unshift(ring(12, y - 25, WIDTH - 24));
  if (item === wanted) parts.push(text(COLUMNS.result, y, "?", "slip-asked"));
  return svg("g", {}, ...parts);
}

function head(wanted, { drawing }) {
  const fields = Object.entries(HEAD).map(([item, x]) => svg(
    "g", {}, item === wanted ? ring(x - 12, 51, 84) : null,
    text(x, 76, drawing[item], "slip-name"), item === wanted ? text(x + 50, 76, "?", "slip-asked") : bar(x + 42, 76, 26),
  ));
  return svg("g", {}, text(COLUMNS.test, 76, drawing.name, "slip-name"), bar(COLUMNS.test + 62, 76, 96), ...fields);
}

/** The drawing with the place of `item`. */
export function slipDrawing(item, strings) {
  const { drawing } = strings;
  const height = TOP + LINES.length * ROW;
  return svg(
    "svg", { viewBox: `0 0 ${WIDTH} ${height}`, class: "slip-drawing", role: "img", "aria-label": drawing.title.replace("{where}", strings.steps[item].where) },
    svg("rect", { x: 2, y: 2, width: WIDTH - 4, height: height - 4, rx: 14, class: "slip-paper" }),
    text(COLUMNS.test, 40, drawing.heading, "slip-heading"),
    head(item, strings),
    svg("line", { x1: 12, x2: WIDTH - 12, y1: 94, y2: 94, class: "slip-rule" }),
    ...["test", "result", "unit"].map((name) => text(COLUMNS[name], 116, drawing[name], "slip-column")),
    ...LINES.map((each, index) => line(each, index, item, strings)),
  );
}
