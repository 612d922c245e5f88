/**
 * Reader of server-sent events from a fetch response (EventSource cannot POST).
 * Follows the WHATWG format: CR, LF or CRLF ends a line, a line that begins with a colon is a comment.
 * @module sse
 */

/** The stream fell silent for longer than the heartbeat allows. */
class SilenceError extends Error {}

/** Turns pieces of text, cut anywhere, into events `{event, data}`. */
export class EventParser {
  #rest = "";
  #event = "";
  #data = [];

  /** Takes the next piece of text; returns the events that it completes. */
  push(piece) {
    const events = [];
    // A CR at the very end may be half of a CRLF: it waits for the next piece.
    const text = this.#rest + piece;
    const held = text.endsWith("\r") ? text.length - 1 : text.length;
    const lines = text.slice(0, held).split(/\r\n|\n|\r/);
    this.#rest = lines.pop() + text.slice(held);
    for (const line of lines) {
      const event = this.#line(line);
      if (event) events.push(event);
    }
    return events;
  }

  #line(line) {
    if (line === "") return this.#dispatch();
    if (line.startsWith(":")) return null;
    const colon = line.indexOf(":");
    const field = colon < 0 ? line : line.slice(0, colon);
    const value = colon < 0 ? "" : line.slice(colon + 1).replace(/^ /, "");
    if (field === "event") this.#event = value;
    if (field === "data") this.#data.push(value);
    return null;
  }

  #dispatch() {
    const event = this.#data.length ? { event: this.#event || "message", data: this.#data.join("\n") } : null;
    this.#event = "";
    this.#data = [];
    return event;
  }
}

/**
 * Yields the events of a response body.
 * @param {ReadableStream<Uint8Array>} body
 * @param {number} silence milliseconds without a byte (heartbeats count) after which SilenceError is thrown
 */
export async function* readEvents(body, silence) {
  const reader = body.getReader();
  const decoder = new TextDecoder();
  const parser = new EventParser();
  try {
    for (;;) {
      const { done, value } = await withinTime(reader.read(), silence);
      if (done) return;
      yield* parser.push(decoder.decode(value, { stream: true }));
    }
  } finally {
    // Also stops the download when the caller leaves early or the stream went silent.
    reader.cancel().catch(() => {});
  }
}

async function withinTime(promise, milliseconds) {
  let timer;
  const silence = new Promise((_, reject) => {
    timer = setTimeout(() => reject(new SilenceError("the stream fell silent")), milliseconds);
  });
  try {
    return await Promise.race([promise, silence]);
  } finally {
    clearTimeout(timer);
  }
}
