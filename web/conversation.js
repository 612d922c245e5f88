/**
 * One conversation with the server: sends messages in order, takes in the answers, and repairs a lost
 * connection so that no message is lost or doubled. Knows nothing of the page.
 *
 * The server's transcript is the truth. When an answer breaks off, the message is sent again with the same key: a
 * server that has taken it before says so, and the rest is read from the transcript.
 * @module conversation
 */

import {
  createConversation, deleteConversation, GoneError, readTranscript, RefusedError, sendMessage, sendVote, TakenError,
} from "./api.js";

/** Milliseconds. `silence` is four of the server's heartbeats; `waits` are the pauses before each try after a loss. */
export const TIMES = Object.freeze({ silence: 12_000, patience: 60_000, waits: [500, 1_000, 2_000, 4_000, 8_000] });

/** Intents by which a patient has everything erased. */
const ERASING = Object.freeze(["restart", "delete_my_data"]);

/** The connection did not come back in time. */
class LostError extends Error {}

/**
 * What must happen on the page to show `transcript` when `shown` is shown.
 * @returns {{append: object[]} | {replace: object[]}}
 */
export function reconcile(shown, transcript) {
  const agrees = shown.length <= transcript.length && shown.every((message, index) => {
    const other = transcript[index];
    return message.from === other.from && (message.from === "patient" || message.text === other.text);
  });
  return agrees ? { append: transcript.slice(shown.length) } : { replace: transcript };
}

/** How many messages of the patient the list holds. */
function patientCount(messages) {
  return messages.filter((message) => message.from === "patient").length;
}

/** 128 random bits; works without HTTPS too, where `crypto.randomUUID` does not exist. */
function randomKey() {
  return Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, "0")).join("");
}

const pause = (milliseconds) => new Promise((resolve) => { setTimeout(resolve, milliseconds); });

/**
 * Fires these events: `append` and `replace` (detail: messages), `problem` (detail: the server's text),
 * `state` (detail: idle, writing, connecting or failed), `refused` (detail: HTTP status),
 * `renewed` (the old conversation was gone; a new one took its place), `unanswered` (the message arrived, but
 * its answer is lost), `turn` (detail: id; the conversation got an answer).
 */
export class Conversation extends EventTarget {
  #id;
  #remember;
  #times;
  #messages = [];
  #queue = [];
  #running = false;
  #behind = false;

  /**
   * @param {string | null} id of a conversation to go on with
   * @param {(id: string | null) => void} remember keeps the id for a reload
   */
  constructor(id, remember, times = TIMES) {
    super();
    this.#id = id;
    this.#remember = remember;
    this.#times = times;
  }

  /** Its id on the server, null before the first message. */
  get id() {
    return this.#id;
  }

  /** Everything said so far, oldest first: `{from, text, section, buttons, select, card}`. */
  get messages() {
    return [...this.#messages];
  }

  /** Reads the transcript of a conversation from before a reload. False when it is gone from the server. */
  async open() {
    if (!this.#id) return true;
    try {
      this.#show(await this.#transcript());
      return true;
    } catch (error) {
      if (!(error instanceof GoneError)) throw error;
      this.#setId(null);
      return false;
    } finally {
      this.#tell("state", "idle");
    }
  }

  /** Shows what another tab of the reader did to this conversation, or the one that it began. */
  async follow(id) {
    this.#setId(id);
    if (this.#running) this.#behind = true;
    else this.#show(await this.#transcript());
  }

  /**
   * Sends a message after those still under way.
   * @param {{text: string} | {choices: string[]}} body
   * @param {string} words what the patient typed, or the title of the button pressed
   */
  send(body, words) {
    this.#add({ from: "patient", text: words });
    this.#queue.push({ body, words, key: randomKey() });
    return this.#run();
  }

  /** Tries the failed message again, and those behind it. */
  retry() {
    return this.#run();
  }

  /** Deletes the conversation on the server, then here. Throws, and keeps everything, when the server cannot do it. */
  async erase() {
    const waiting = this.#queue;
    this.#queue = [];
    try {
      if (this.#id) await deleteConversation(this.#id);
    } catch (error) {
      this.#queue = waiting;
      throw error;
    }
    this.forget();
  }

  /** Forgets a conversation that is gone from the server. */
  forget() {
    this.#queue = [];
    this.#setId(null);
    this.#messages = [];
    this.#tell("replace", []);
    this.#tell("state", "idle");
  }

  /** The id, of a new conversation where there was none: for what is brought beside messages. */
  async identity() {
    if (!this.#id) this.#setId(await createConversation());
    return this.#id;
  }

  /** Counts a vote on a response; throws when the server cannot take it. */
  async vote(response, vote) {
    await sendVote(this.#id, response, vote);
  }

  async #run() {
    if (this.#running) return;
    this.#running = true;
    let state = "idle";
    while (state === "idle" && this.#queue.length) state = await this.#deliverFirst();
    if (this.#behind) await this.#catchUp();
    // Only now: whoever hears that it is idle may send at once.
    this.#running = false;
    if (state === "idle" && this.#id) this.#tell("turn", this.#id);
    this.#tell("state", state);
  }

  /** Delivers the first message of the queue; returns the state after it. */
  async #deliverFirst() {
    const item = this.#queue[0];
    let state = "idle";
    this.#tell("state", "writing");
    try {
      await this.#deliver(item);
    } catch (error) {
      if (error instanceof RefusedError) {
        this.#forget(item);
        this.#tell("refused", error.status);
      } else if (this.#queue[0] === item) {
        state = "failed";
      }
    }
    if (state === "idle" && this.#queue[0] === item) this.#queue.shift();
    return state;
  }

  /** What another tab did meanwhile. A failure leaves it to the next turn. */
  async #catchUp() {
    try {
      this.#show(await this.#transcript());
      this.#behind = false;
    } catch {
      // Still behind.
    }
  }

  async #deliver(item) {
    const deadline = Date.now() + this.#times.patience;
    for (let tries = 0; ; tries += 1) {
      try {
        if (!this.#id) this.#setId(await createConversation());
        if (this.#queue[0] !== item) return; // erased in the meantime
        if (await this.#post(item)) return;
      } catch (error) {
        if (error instanceof RefusedError) throw error;
        if (error instanceof GoneError) this.#renew();
        if (error instanceof TakenError && await this.#taken(item)) return;
      }
      if (this.#queue[0] !== item) return;
      if (Date.now() > deadline) throw new LostError("no connection");
      this.#tell("state", "connecting");
      await pause(this.#times.waits[Math.min(tries, this.#times.waits.length - 1)]);
    }
  }

  /** One POST. True when the answer came to its end. */
  async #post(item) {
    const conversation = this.#id;
    let summary = null;
    for await (const { event, data } of sendMessage(conversation, item.body, item.key, this.#times.silence)) {
      if (conversation !== this.#id) return true;
      if (event === "message") this.#add({ from: "assistant", ...data });
      if (event === "problem") this.#tell("problem", data.text);
      // Reads on to the end of the stream: leaving early would show as a failed request.
      if (event === "done") summary = data;
    }
    if (summary && ERASING.includes(summary.intent)) await this.#forgetErased();
    return summary !== null;
  }

  /**
   * Shows what the server answered to a message that it took before. It gives the transcript only after the turn under
   * way, so that holds the whole answer. False when the transcript cannot be had.
   */
  async #taken({ words }) {
    try {
      const transcript = await this.#transcript();
      const last = transcript.findLast(({ from }) => from === "patient");
      const lost = last?.text !== words || transcript.at(-1) === last;
      this.#show(transcript);
      if (lost) this.#tell("unanswered", null);
      return true;
    } catch {
      return false;
    }
  }

  /** The patient had the conversation erased by words: what the server no longer has leaves the page too. */
  async #forgetErased() {
    const transcript = await this.#transcript();
    if (patientCount(transcript) >= patientCount(this.#messages)) return;
    this.#messages = this.#messages.slice(this.#messages.findLastIndex(({ from }) => from === "patient"));
    this.#tell("replace", this.#messages);
  }

  /** The old conversation is gone: the message under way becomes the first of a new one. */
  #renew() {
    this.#setId(null);
    this.#messages = this.#queue.map(({ words }) => ({ from: "patient", text: words }));
    this.#tell("renewed", null);
  }

  /** A refused message is not in the server's transcript, so it does not count here either. */
  #forget(item) {
    const index = this.#messages.findLastIndex(({ from, text }) => from === "patient" && text === item.words);
    if (index >= 0) this.#messages.splice(index, 1);
  }

  async #transcript() {
    return readTranscript(this.#id);
  }

  /** Shows the transcript, with the messages that wait to be sent behind it. */
  #show(transcript) {
    const waiting = this.#queue.slice(1).map(({ words }) => ({ from: "patient", text: words }));
    const step = reconcile(this.#messages, [...transcript, ...waiting]);
    if (step.append) step.append.forEach((message) => this.#add(message));
    else {
      this.#messages = step.replace;
      this.#tell("replace", this.messages);
    }
  }

  #add(message) {
    this.#messages.push(message);
    this.#tell("append", [message]);
  }

  #setId(id) {
    this.#id = id;
    this.#remember(id);
  }

  #tell(type, detail) {
    this.dispatchEvent(new CustomEvent(type, { detail }));
  }
}
