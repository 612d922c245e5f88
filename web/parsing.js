/**
 * Reads markup that the server made into a document of its own, where nothing runs or loads. Whoever takes a part of it
 * over into the page checks that part first.
 * @module parsing
 */

/** A page may let only named policies read markup; this is ours. */
const POLICY = globalThis.trustedTypes?.createPolicy("hepb-assistant", { createHTML: (source) => source })
  ?? { createHTML: (source) => source };

/** The document of a text in `type` (`text/html`, `image/svg+xml`). */
export function parseDocument(source, type) {
  return new DOMParser().parseFromString(POLICY.createHTML(source), type);
}
