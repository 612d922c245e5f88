/**
 * Reading aloud with the voices of the system. Off until the visitor wants it; voices that ask a server never speak.
 * @module speech
 */

export class Speech {
  #language;
  #on = false;

  /** @param {string} language a tag */
  constructor(language) {
    this.#language = language;
  }

  /** Whether this system has a voice of its own for the language. */
  get isPossible() {
    return Boolean(this.#voice());
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
    const voice = this.#on && text ? this.#voice() : null;
    if (!voice) return;
    const words = new SpeechSynthesisUtterance(text);
    words.voice = voice;
    words.lang = voice.lang;
    speechSynthesis.speak(words);
  }

  stop() {
    globalThis.speechSynthesis?.cancel();
  }

  #voice() {
    const voices = globalThis.speechSynthesis?.getVoices() ?? [];
    return voices.find(({ lang, localService }) => localService && lang.split(/[-_]/)[0] === this.#language) ?? null;
  }
}
