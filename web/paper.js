/**
 * The hand-out on one sheet of paper: in the largest letters in which it fits, on A4 (narrower) and Letter (shorter) alike.
 * @module paper
 */

import { element } from "./dom.js";
import { adoptStyles } from "./styles.js";

/** What both kinds of paper have within the margins of `handout.css`: the width of A4, the height of Letter. */
const WIDTH_MM = 190;
const HEIGHT_MM = 257;
const MM = 96 / 25.4;

/** Sizes of `handout.css`, the largest first; the last is taken where none fits, and then there are more pages. */
const SIZES = Object.freeze(["1", "2", "3", "4", "5"]);

/** Gives a sheet the look of paper and the size in which it fits on one page. It is measured out of sight. */
export async function layOnPaper(sheet) {
  sheet.classList.add("paper");
  const host = element("div", { "aria-hidden": "true" });
  Object.assign(host.style, { position: "absolute", insetBlockStart: "0", inlineSize: `${WIDTH_MM}mm`, visibility: "hidden" });
  const shadow = host.attachShadow({ mode: "open" });
  shadow.adoptedStyleSheets = await adoptStyles();
  const copy = sheet.cloneNode(true);
  shadow.append(copy);
  document.documentElement.append(host);
  const fits = (size) => {
    copy.dataset.size = size;
    return copy.getBoundingClientRect().height <= HEIGHT_MM * MM;
  };
  sheet.dataset.size = SIZES.find(fits) ?? SIZES.at(-1);
  host.remove();
}
