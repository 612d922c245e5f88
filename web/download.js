/**
 * Saves a file of the reader's, without an address that stays in the browser.
 * @module download
 */

import { element } from "./dom.js";

/** Milliseconds until the file's address is given back: the browser has read it by then. */
const HELD = 10_000;

/** Offers `text` as the file `name`. */
export function saveText(name, text) {
  saveFile(name, new Blob([text], { type: "text/plain;charset=utf-8" }));
}

/** Offers a file as `name`. */
export function saveFile(name, blob) {
  const address = URL.createObjectURL(blob);
  element("a", { href: address, download: name }).click();
  setTimeout(() => URL.revokeObjectURL(address), HELD);
}
