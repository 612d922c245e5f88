/**
 * The status line (`role="status"`): tells, also to screen readers, what the assistant is doing.
 * @module status
 */

/** Milliseconds until a slow answer is mentioned. */
const SLOW = 8_000;
/** Milliseconds until "writing" is announced: most answers are there sooner, and need no announcement. */
const SOON = 400;

/** Shows the state of the conversation, or a sentence of the page. */
export class Status {
  #node;
  #strings;
  #timers = [];

  constructor(node, strings) {
    this.#node = node;
    this.#strings = strings;
  }

  /** @param {"idle" | "writing" | "connecting" | "failed"} state */
  show(state) {
    this.#stop();
    this.#node.dataset.state = state;
    if (state === "writing") {
      this.#timers = [
        setTimeout(() => { this.#node.textContent = this.#strings.writing; }, SOON),
        setTimeout(() => { this.#node.textContent = this.#strings.still_writing; }, SLOW),
      ];
    } else {
      this.#node.textContent = state === "connecting" ? this.#strings.connecting : "";
    }
  }

  /** A sentence that stays until the next state. */
  say(text) {
    this.#stop();
    this.#node.dataset.state = "said";
    this.#node.textContent = text;
  }

  #stop() {
    this.#timers.forEach(clearTimeout);
    this.#timers = [];
  }
}
