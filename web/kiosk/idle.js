/**
 * How long nobody has touched the kiosk.
 * @module idle
 */

/** What shows that somebody is there. */
const SIGNS = Object.freeze(["pointerdown", "pointermove", "keydown", "input", "wheel", "touchstart"]);

/** Milliseconds between looks at the clock. */
const LOOK = 200;

export class Idle {
  #warn;
  #wipe;
  #react;
  #since = 0;
  #timer = null;
  #warned = false;

  /**
   * @param {{warn: number, wipe: number}} seconds of idleness
   * @param {{warn: (left: number) => void, back: () => void, wipe: () => void}} react `left`: seconds until the wipe
   */
  constructor({ warn, wipe }, react) {
    this.#warn = warn * 1_000;
    this.#wipe = wipe * 1_000;
    this.#react = react;
    for (const sign of SIGNS) {
      document.addEventListener(sign, () => { if (!this.#warned) this.touch(); }, { capture: true, passive: true });
    }
  }

  start() {
    this.stop();
    this.touch();
    this.#timer = setInterval(() => this.#look(), LOOK);
  }

  stop() {
    clearInterval(this.#timer);
    this.#timer = null;
    this.#warned = false;
  }

  /** Somebody is there, or an answer came that wants to be read. After a warning only the visitor's word counts: `stay`. */
  touch() {
    this.#since = performance.now();
  }

  /** The visitor said so when warned. */
  stay() {
    this.#warned = false;
    this.touch();
    this.#react.back();
  }

  #look() {
    const idle = performance.now() - this.#since;
    if (idle >= this.#wipe) {
      this.stop();
      this.#react.wipe();
    } else if (idle >= this.#warn) {
      this.#warned = true;
      this.#react.warn(Math.ceil((this.#wipe - idle) / 1_000));
    }
  }
}
