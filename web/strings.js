/**
 * Strings of the page itself: button labels, headings, status lines. What the assistant says comes
 * from the server. A language is a strings file named by a `<link rel="alternate" hreflang>` of the page.
 * @module strings
 */

/** The declared language that the reader likes best; the first declared one when none fits. */
export function bestLanguage(declared, wanted) {
  for (const tag of wanted.map((language) => language.toLowerCase())) {
    const match = declared.find((name) => name.toLowerCase() === tag)
      ?? declared.find((name) => name.toLowerCase().split("-")[0] === tag.split("-")[0]);
    if (match) return match;
  }
  return declared[0];
}

/** Loads the strings for the reader; sets `lang` and `dir` of the document. Throws when the file is missing. */
export async function loadStrings(document, wanted) {
  const links = [...document.querySelectorAll("link[rel=alternate][hreflang]")];
  const language = bestLanguage(links.map((link) => link.hreflang), wanted);
  const response = await fetch(links.find((link) => link.hreflang === language).href);
  if (!response.ok) throw new Error(`strings: ${response.status}`);
  const strings = await response.json();
  document.documentElement.lang = language;
  document.documentElement.dir = strings.direction ?? "ltr";
  document.title = strings.title;
  return Object.freeze(strings);
}

/** Puts the strings into every element that names one by `data-string` (text) or `data-string-label` (name). */
export function applyStrings(root, strings) {
  for (const node of root.querySelectorAll("[data-string]")) node.textContent = strings[node.dataset.string];
  for (const node of root.querySelectorAll("[data-string-label]")) {
    node.setAttribute("aria-label", strings[node.dataset.stringLabel]);
  }
}
