/**
 * What the browser remembers, and for how long: the id of the conversation and the consent, for this tab only
 * (`sessionStorage`), so that a reload goes on with them. Another tab of the same site asks the open ones, so that it
 * goes on too; when all are closed nothing is left.
 * @module memory
 */

const ID = "hepb.conversation";
const CONSENT = "hepb.consent";
const OPEN = "hepb.open";

/** Milliseconds in which another tab answers. */
const ANSWER = 150;

/** A page may not be allowed to store anything: then this map does until it is left. */
function storage() {
  try {
    sessionStorage.removeItem("hepb.probe");
    return sessionStorage;
  } catch {
    const kept = new Map();
    return {
      getItem: (name) => kept.get(name) ?? null,
      setItem: (name, value) => kept.set(name, value),
      removeItem: (name) => kept.delete(name),
    };
  }
}

/**
 * Fires, when another tab speaks: `changed` (detail: the conversation that it is in and that got a turn) and
 * `erased` (detail: the conversation that is gone).
 */
export class Memory extends EventTarget {
  #store = storage();
  #tabs;

  /** @param {string} server address of the assistant; tabs with another server do not hear each other */
  constructor(server) {
    super();
    this.#tabs = new BroadcastChannel(`hepb ${server}`);
    this.#tabs.addEventListener("message", ({ data }) => {
      if (data.asked && this.id) this.#tabs.postMessage({ known: this.id });
      for (const type of ["changed", "erased"]) {
        if (data[type]) this.dispatchEvent(new CustomEvent(type, { detail: data[type] }));
      }
    });
  }

  /** The conversation of this tab, null for none. */
  get id() {
    return this.#store.getItem(ID);
  }

  /** Takes a conversation for this tab's; null forgets it. */
  set id(id) {
    this.#put(ID, id);
  }

  /** Whether the patient agreed in this tab. */
  get consent() {
    return this.#store.getItem(CONSENT) !== null;
  }

  set consent(given) {
    this.#put(CONSENT, given ? "yes" : null);
  }

  /** Whether the corner stands open. */
  get open() {
    return this.#store.getItem(OPEN) !== null;
  }

  set open(open) {
    this.#put(OPEN, open ? "yes" : null);
  }

  /** Goes on with the conversation of another open tab when this one has none; there the patient agreed, too. */
  async ask() {
    if (this.id) return;
    this.id = await new Promise((resolve) => {
      const timer = setTimeout(() => resolve(null), ANSWER);
      this.#tabs.addEventListener("message", ({ data }) => {
        if (!data.known) return;
        clearTimeout(timer);
        resolve(data.known);
      });
      this.#tabs.postMessage({ asked: true });
    });
    if (this.id) this.consent = true;
  }

  /** Tells the other tabs that the conversation got a turn. */
  tellChanged(id) {
    this.#tabs.postMessage({ changed: id });
  }

  /** Tells the other tabs that the conversation is gone. */
  tellErased(id) {
    this.#tabs.postMessage({ erased: id });
  }

  #put(name, value) {
    if (value) this.#store.setItem(name, value);
    else this.#store.removeItem(name);
  }
}
