/**
 * What the visitor takes home: the summary as a QR code that holds its text itself, and one printed page.
 * @module take_home
 */

import { readShortHandout } from "../api.js";
import { element, svg } from "../dom.js";

export class TakeHome {
  #node;
  #strings;
  #print;

  /**
   * @param {HTMLElement} node to draw in
   * @param {object} strings of the kiosk
   * @param {() => Promise<boolean>} print prints the page; false when it could not be made
   */
  constructor(node, strings, print) {
    this.#node = node;
    this.#strings = strings;
    this.#print = print;
  }

  /** @param {string | null} conversation id of the visit's conversation */
  async show(conversation) {
    const strings = this.#strings;
    const heading = element("h2", { tabindex: -1 }, strings.home_heading);
    const state = element("p", { class: "wanted", role: "status" });
    this.#node.replaceChildren(heading, state);
    heading.focus();
    if (!conversation) {
      state.textContent = strings.home_nothing;
      return;
    }
    try {
      const { text, qr } = await readShortHandout(conversation);
      this.#node.append(this.#summary(text, qr, state));
    } catch (error) {
      console.warn("the summary could not be read:", error);
      state.textContent = strings.home_failed;
    }
  }

  #summary(text, { size, path }, state) {
    const strings = this.#strings;
    const print = element("button", { type: "button", class: "primary", id: "home-print" }, strings.home_print);
    print.addEventListener("click", async () => {
      state.textContent = await this.#print() ? "" : strings.print_failed;
    });
    return element(
      "div", { class: "home-body" },
      element(
        "div", { class: "home-code" },
        svg(
          "svg", { viewBox: `0 0 ${size} ${size}`, class: "qr", role: "img", "aria-label": strings.home_picture, "shape-rendering": "crispEdges" },
          svg("rect", { width: size, height: size, fill: "#fff" }), svg("path", { d: path, fill: "#000" }),
        ),
      ),
      element("div", { class: "home-words" }, print, element("p", {}, strings.home_intro), element("h3", {}, strings.home_text), element("p", { class: "home-text", id: "home-text" }, text)),
    );
  }
}
