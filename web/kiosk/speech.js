/**
 * Reading aloud with the voices of the system. Off until the visitor wants it; voices that ask a server never speak.
 * @module speech
 */

/**
 * The voice to read with: of this system, for the language; the reader's own kind of it or the system's choice first.
 * @param {{lang: string, localService: boolean, default: boolean}[]} voices
 * @param {string} language a tag without region
 * @param {string} preferred a tag
 */
export function chosen(voices, language, preferred) {
  const able = voices.filter(({ lang, localService }) => localService && lang.split(/[-_]/)[0] === language);
  const same = ({ lang }) => lang.replace("_", "-") === preferred;
  return able.find((voice) => voice.default) ?? able.find(same) ?? able[0] ?? null;
}

export class Speech {
  #language;
  #voice = null;
  #on = false;

  /**
   * @param {string} language a tag
   * @param {() => void} changed there is a voice now, or none any more: a system tells its voices late
   */
  constructor(language, changed) {
    this.#language = language.split("-")[0];
    globalThis.speechSynthesis?.addEventListener("voiceschanged", () => {
      this.#look();
      changed();
    });
    this.#look(); // also makes the system look for its voices
  }

  /** Whether this system has a voice of its own for the language. */
  get isPossible() {
    return this.#voice !== null;
  }

  get isOn() {
    return this.#on;
  }

  set isOn(on) {
    this.#on = on;
    if (!on) this.stop();
  }

  get isSpeaking() {
    return Boolean(globalThis.speechSynthesis?.speaking);
  }

  /** Says it after what is being said. */
  say(text) {
    if (!this.#on || !text || !this.#voice) return;
    const words = new SpeechSynthesisUtterance(text);
    words.voice = this.#voice;
    words.lang = this.#voice.lang;
    speechSynthesis.speak(words);
  }

  stop() {
    globalThis.speechSynthesis?.cancel();
  }

  #look() {
    this.#voice = chosen(globalThis.speechSynthesis?.getVoices() ?? [], this.#language, navigator.language);
  }
}
