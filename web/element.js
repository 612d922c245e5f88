/**
 * The custom element `<hepb-assistant>`, by which every page shows the assistant, this server's own page too.
 *
 * Attributes, read once: `position` (`corner`, `corner-start`, `inline`, `page`, `kiosk`), `language` (a tag), `greeting` and
 * `consent` (words of the page's owner, shown as plain text), `theme` (`light`, `dark`; the reader's choice otherwise).
 * When it can be used it has `data-ready`. A page of this server (the kiosk) works with its property `assistant`.
 * @module element
 */

import { Assistant } from "./assistant.js";
import { element } from "./dom.js";
import { layout } from "./layout.js";
import { applyStrings, loadStrings } from "./strings.js";
import { adoptStyles } from "./styles.js";

const POSITIONS = Object.freeze(["corner", "corner-start", "inline", "page", "kiosk"]);
const DARK = matchMedia("(prefers-color-scheme: dark)");

/** Milliseconds between tries to load words and styles from a server that does not answer. */
const PAUSE = 5_000;

async function untilLoaded(load) {
  for (;;) {
    try {
      return await load();
    } catch (error) {
      console.warn("the assistant cannot be loaded yet:", error);
      await new Promise((resolve) => { setTimeout(resolve, PAUSE); });
    }
  }
}

/** The page's own language, for its owner's words, and the reader's. */
function languages(host, page) {
  const around = page ? null : host.parentElement?.closest("[lang]")?.lang;
  return [host.getAttribute("language"), around, ...navigator.languages].filter(Boolean);
}

export class AssistantElement extends HTMLElement {
  #begun = false;

  connectedCallback() {
    if (this.#begun) return;
    this.#begun = true;
    this.#build();
  }

  async #build() {
    const asked = this.getAttribute("position");
    const position = POSITIONS.includes(asked) ? asked : POSITIONS[0];
    const wanted = languages(this, position === "page");
    const [{ strings, language }, styles] = await untilLoaded(() => Promise.all([loadStrings(wanted), adoptStyles()]));
    const root = element("div", { class: "root", lang: language, dir: strings.direction ?? "ltr", "data-position": position }, ...layout({
      position,
      greeting: this.getAttribute("greeting"),
      consent: this.getAttribute("consent"),
      language: this.getAttribute("language") ?? wanted[0],
    }));
    applyStrings(root, strings);
    this.#paint(root);
    // Only now: until then the page shows what stands inside the element.
    const shadow = this.attachShadow({ mode: "open" });
    shadow.adoptedStyleSheets = styles;
    shadow.append(root);
    if (position === "page") {
      Object.assign(document.documentElement, { lang: root.lang, dir: root.dir });
      document.title = strings.title;
    }
    this.assistant = new Assistant(shadow, strings, position);
    await this.assistant.start();
    this.dataset.ready = "true";
  }

  /** Light or dark, by the attribute `theme` or else by the reader's choice, also when that changes. */
  #paint(root) {
    const theme = this.getAttribute("theme");
    const paint = () => { root.dataset.scheme = ["light", "dark"].includes(theme) ? theme : DARK.matches ? "dark" : "light"; };
    paint();
    DARK.addEventListener("change", paint);
  }
}
