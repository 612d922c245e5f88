/**
 * Bringing a photo, PDF or FHIR resource of a slip: a button beside the message box, a drop on the assistant, and the wait. What was
 * read is confirmed in `slip_review.js`; only then it is sent, as a message.
 * @module slip
 */

import { readSlip, SlipRefusedError } from "./api.js";
import { element } from "./dom.js";
import { SlipReview } from "./slip_review.js";

const ACCEPTED = "application/pdf,image/png,image/jpeg,application/json,application/fhir+json,.json";

/** The button with its hidden file field, for the layout. */
export function slipButton() {
  return element(
    "div", { class: "bring", id: "bring" },
    element("button", { type: "button", id: "slip-button", class: "tool", "data-string": "slip_button", "aria-describedby": "slip-hint" }),
    element("span", { class: "hint", id: "slip-hint", "data-string": "slip_hint" }),
    element("input", { type: "file", id: "slip-file", accept: ACCEPTED, hidden: true, tabindex: -1, "aria-hidden": "true" }),
  );
}

export class Slip {
  #root;
  #strings;
  #parts;
  #review;
  #reading = false;

  /**
   * @param {ShadowRoot} root with the elements of `layout.js`
   * @param {object} parts `identity` gives the id of the conversation, `say` sends a text, `tell` shows a status line,
   *   `note` shows a sentence in the conversation, `mayAsk` tells whether the patient has agreed
   */
  constructor(root, strings, parts) {
    this.#root = root;
    this.#strings = strings;
    this.#parts = parts;
    this.#review = new SlipReview(root.getElementById("slip-review"), strings);
    const field = root.getElementById("slip-file");
    root.getElementById("slip-button").addEventListener("click", () => field.click());
    field.addEventListener("change", () => {
      const [file] = field.files;
      field.value = ""; // so that the same file can be chosen again
      if (file) this.#bring(file);
    });
    this.#connectDrop(root.getElementById("app"));
  }

  #connectDrop(target) {
    const holdsFile = (event) => event.dataTransfer?.types.includes("Files");
    const over = (is) => target.classList.toggle("dropping", is);
    target.addEventListener("dragover", (event) => {
      if (!holdsFile(event)) return;
      event.preventDefault();
      over(this.#parts.mayAsk());
    });
    target.addEventListener("dragleave", (event) => { if (!target.contains(event.relatedTarget)) over(false); });
    target.addEventListener("drop", (event) => {
      if (!holdsFile(event)) return;
      event.preventDefault(); // never lets the browser open the file in place of the page
      over(false);
      const [file] = event.dataTransfer.files;
      if (file && this.#parts.mayAsk()) this.#bring(file);
    });
  }

  async #bring(file) {
    if (this.#reading) return;
    const { identity, say, tell, note } = this.#parts;
    this.#reading = true;
    this.#root.getElementById("slip-button").setAttribute("aria-disabled", "true");
    tell(this.#strings.slip_reading);
    try {
      const slip = await readSlip(await identity(), file);
      tell("");
      const text = await this.#review.ask(slip);
      if (text) say(text);
      else tell(this.#strings.slip_dropped);
    } catch (error) {
      tell("");
      note(error instanceof SlipRefusedError && error.words ? error.words : this.#strings.slip_failed);
    } finally {
      this.#reading = false;
      this.#root.getElementById("slip-button").removeAttribute("aria-disabled");
    }
  }
}
