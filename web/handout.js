/**
 * The hand-out that the server made from the record: shown as a sheet, printed, or saved as PDF.
 * @module handout
 */

import { readHandout, readHandoutFile } from "./api.js";
import { saveFile } from "./download.js";
import { layOnPaper } from "./paper.js";
import { printSheet } from "./printing.js";
import { plant } from "./tree.js";

/** The sheet in its dialog, and a copy of it that the browser prints. */
export class Handout {
  #at;
  #strings;
  #say;
  #page;
  #id = null;
  #times = 0;

  /**
   * @param {(id: string) => HTMLElement} at finds an element of the layout
   * @param {(text: string) => void} say tells the reader something
   * @param {boolean} page whether the page is this server's own: what it prints is the sheet
   */
  constructor(at, strings, say, page) {
    this.#at = at;
    this.#strings = strings;
    this.#say = say;
    this.#page = page;
    at("sheet-print").addEventListener("click", () => { if (page) window.print(); else printSheet(at("summary")); });
    at("sheet-save").addEventListener("click", () => this.#save());
    at("sheet-close").addEventListener("click", () => at("sheet").close());
  }

  /** Shows the sheet of a conversation; says so when there is none. */
  async open(id) {
    const shown = id && await this.#load(id);
    if (!shown) {
      this.#say(id ? this.#strings.handout_failed : this.#strings.summary_nothing);
      return;
    }
    this.#at("sheet-body").replaceChildren(shown);
    this.#at("sheet-status").textContent = "";
    if (!this.#at("sheet").open) this.#at("sheet").showModal();
    this.#at("sheet").scrollTop = 0;
  }

  /** Prints the sheet of a conversation at once; false when there is none. */
  async print(id) {
    const ready = Boolean(id && await this.#load(id));
    if (ready) window.print();
    return ready;
  }

  /** Gets the sheet ready for the browser's own print command, which waits for nothing. */
  prepare(id) {
    if (this.#page && id) this.#load(id);
  }

  /** Nothing of it stays. */
  forget() {
    this.#id = null;
    this.#at("sheet").close();
    this.#at("sheet-body").replaceChildren();
    this.#at("summary").replaceChildren();
  }

  async #load(id) {
    this.#id = id;
    const time = this.#times += 1;
    try {
      const sheet = plant(await readHandout(id));
      const copy = sheet.cloneNode(true);
      await layOnPaper(copy);
      if (this.#id !== id) return null; // deleted in the meantime
      // A later one may have come before this one.
      if (time === this.#times) this.#at("summary").replaceChildren(copy);
      return sheet;
    } catch (error) {
      console.warn("the summary could not be read:", error);
      return null;
    }
  }

  async #save() {
    try {
      saveFile(this.#strings.handout_name, await readHandoutFile(this.#id));
      this.#told(this.#strings.handout_saved);
    } catch (error) {
      console.warn("the file could not be read:", error);
      this.#told(this.#strings.handout_failed);
    }
  }

  /** Says it on the sheet: what is behind that is neither seen nor read out. */
  #told(text) {
    this.#at("sheet-status").textContent = text;
  }
}
