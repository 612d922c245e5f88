/**
 * The style sheets as constructed ones, which a Content-Security-Policy without `style-src` lets pass.
 * @module styles
 */

const FILES = Object.freeze(["assistant.css", "panel.css", "cards.css", "handout.css", "slip.css", "print.css"]);

let texts = null;

async function read(file) {
  const response = await fetch(new URL(file, import.meta.url));
  if (!response.ok) throw new Error(`${file}: ${response.status}`);
  return response.text();
}

/** The style sheets for a document, whose window's `CSSStyleSheet` makes them; loaded once. */
export async function adoptStyles(Sheet = CSSStyleSheet) {
  texts ??= Promise.all(FILES.map(read));
  try {
    return (await texts).map((text) => {
      const sheet = new Sheet();
      sheet.replaceSync(text);
      return sheet;
    });
  } catch (error) {
    texts = null; // so that the next call tries again
    throw error;
  }
}
