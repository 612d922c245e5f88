/**
 * Prints the hand-out alone from within somebody else's page: a frame of our own, with our own styles, gone afterwards.
 * @module printing
 */

import { element } from "./dom.js";
import { adoptStyles } from "./styles.js";

/** Prints a copy of what stands in `summary`. */
export async function printSheet(summary) {
  const frame = element("iframe", { "aria-hidden": "true", tabindex: -1 });
  // Not `hidden`: some browsers print nothing then.
  Object.assign(frame.style, { position: "fixed", inlineSize: "0", blockSize: "0", border: "0" });
  document.body.append(frame);
  const { contentDocument: page, contentWindow: window } = frame;
  page.documentElement.lang = summary.closest("[lang]").lang;
  page.adoptedStyleSheets = await adoptStyles(window.CSSStyleSheet);
  const root = page.importNode(summary.closest(".root"), false);
  root.dataset.scheme = "light";
  root.append(page.importNode(summary, true));
  page.body.append(root);
  window.addEventListener("afterprint", () => frame.remove());
  window.print();
}
