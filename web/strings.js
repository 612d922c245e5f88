/**
 * Strings of the page itself: button labels, headings, status lines. What the assistant says comes
 * from the server.
 * @module strings
 */

/** One entry here and one file `strings.LANGUAGE.json` make a language. The first is the fallback. */
const LANGUAGES = Object.freeze(["en"]);

/** The declared language that the reader likes best; the first declared one when none fits. */
export function bestLanguage(declared, wanted) {
  for (const tag of wanted.map((language) => language.toLowerCase())) {
    const match = declared.find((name) => name.toLowerCase() === tag)
      ?? declared.find((name) => name.toLowerCase().split("-")[0] === tag.split("-")[0]);
    if (match) return match;
  }
  return declared[0];
}

/**
 * The strings in the first of the wanted languages that there is, and which one. Throws when the file is missing.
 * @param {string[]} wanted
 * @param {string} folder address of the files; those of the assistant itself when not told
 */
export async function loadStrings(wanted, folder = import.meta.url) {
  const language = bestLanguage(LANGUAGES, wanted);
  const response = await fetch(new URL(`strings.${language}.json`, folder));
  if (!response.ok) throw new Error(`strings: ${response.status}`);
  return { strings: Object.freeze(await response.json()), language };
}

/** Puts the strings into every element that names one by `data-string` (text) or `data-string-label` (name). */
export function applyStrings(root, strings) {
  for (const node of root.querySelectorAll("[data-string]")) node.textContent = strings[node.dataset.string];
  for (const node of root.querySelectorAll("[data-string-label]")) {
    node.setAttribute("aria-label", strings[node.dataset.stringLabel]);
  }
}
