/**
 * The hand-out's own page: the button that prints it, and the look of paper while it is printed.
 * @module handout_page
 */

import { layOnPaper } from "./paper.js";

const button = document.getElementById("print");
const sheet = document.querySelector(".handout");
const copy = sheet.cloneNode(true);
await layOnPaper(copy);
addEventListener("beforeprint", () => sheet.replaceWith(copy));
addEventListener("afterprint", () => copy.replaceWith(sheet));
button.hidden = false;
button.addEventListener("click", () => window.print());
