/**
 * No way out of the page: no menus, shortcuts, drags, zoom, windows, links or files. What belongs to the browser itself
 * (its keys, its menus) is closed by `deploy/kiosk`.
 * @module lockdown
 */

const NEVER = Object.freeze(["contextmenu", "dragstart", "dragover", "drop", "copy", "cut", "paste", "auxclick", "gesturestart"]);

/** Keys that do something on the page; of the others only those that write a character. */
const KEYS = new Set([
  "Tab", "Enter", "Escape", "Backspace", "Delete", "Home", "End", "PageUp", "PageDown",
  "ArrowLeft", "ArrowRight", "ArrowUp", "ArrowDown", "Shift", "CapsLock", "Dead", "Process",
]);

const stop = (event) => event.preventDefault();

/** True for a key that may lead out of the page. AltGr writes characters. */
function leadsOut(event) {
  const chord = event.ctrlKey || event.metaKey || event.altKey;
  if (chord && !event.getModifierState("AltGraph")) return true;
  return event.key.length > 1 && !KEYS.has(event.key);
}

/** What a click would leave the page by: a link, or a field that opens files. `files`: but the one for a slip. */
function isWayOut(node, files) {
  return node instanceof Element && node.matches("a[href], input[type=file]") && !(files && node.id === "slip-file");
}

/**
 * Closes the page of `document` for good.
 * @param {() => boolean} files tells whether the visitor may bring a slip as a file
 */
export function lockdown(files) {
  const on = (type, react, options = {}) => document.addEventListener(type, react, { capture: true, ...options });
  for (const type of NEVER) {
    on(type, (event) => {
      event.stopPropagation();
      stop(event);
    });
  }
  on("keydown", (event) => { if (leadsOut(event)) stop(event); });
  on("wheel", (event) => { if (event.ctrlKey) stop(event); }, { passive: false });
  on("touchmove", (event) => { if (event.touches.length > 1) stop(event); }, { passive: false });
  on("click", (event) => { if (event.composedPath().some((node) => isWayOut(node, files()))) stop(event); });
  window.open = () => null;
}

/** Takes the addresses off the links in `root`, now and later: their words stay. */
export function unlink(root) {
  const strip = () => root.querySelectorAll("a[href]").forEach((link) => link.removeAttribute("href"));
  strip();
  new MutationObserver(strip).observe(root, { childList: true, subtree: true });
}
