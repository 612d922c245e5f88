/**
 * The message box. Enter sends, Shift+Enter makes a new line; while the assistant writes, a message
 * waits in the box and is sent as soon as the answer is complete. What is typed behind a waiting one is a line of its own.
 * @module composer
 */

export class Composer {
  #box;
  #send;
  #busy = false;
  #waiting = false;

  /**
   * @param {HTMLFormElement} form
   * @param {HTMLTextAreaElement} box
   * @param {(text: string) => void} send
   */
  constructor(form, box, send) {
    this.#box = box;
    this.#send = send;
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      this.#submit();
    });
    box.addEventListener("keydown", (event) => {
      // isComposing: Enter that picks a word of an input method (Chinese, Japanese) is not ours.
      if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
      event.preventDefault();
      this.#submit();
    });
    box.addEventListener("input", () => {
      this.#waiting = false;
      this.#grow();
    });
  }

  set busy(busy) {
    this.#busy = busy;
    if (!busy && this.#waiting) this.#submit();
  }

  clear() {
    this.#box.value = "";
    this.#waiting = false;
    this.#grow();
  }

  focus() {
    this.#box.focus();
  }

  #submit() {
    const text = this.#box.value.trim();
    if (!text) return;
    this.#waiting = this.#busy;
    if (this.#busy) {
      this.#box.value = `${text}\n`;
      this.#grow();
      return;
    }
    this.clear();
    this.#send(text);
  }

  /** As many rows as the text has lines, up to six. */
  #grow() {
    this.#box.rows = 1;
    const line = Number.parseFloat(getComputedStyle(this.#box).lineHeight);
    this.#box.rows = Math.min(6, Math.max(1, Math.floor(this.#box.scrollHeight / line)));
  }
}
