/**
 * The HTTP interface of the assistant, as docs/architecture.md states it. No state and no retries here.
 * @module api
 */

import { readEvents } from "./sse.js";

/** Where this module was loaded from: the assistant's server, whichever page uses it. */
export const SERVER = new URL("..", import.meta.url);

const BASE = "api/conversations";

/** Milliseconds that the server may take for a request that is no message; it may wait for a turn under way. */
const TIME_LIMIT = 60_000;

/** The conversation does not exist (any more). */
export class GoneError extends Error {}

/** The server read the request and will never accept it; `status` is the HTTP status. */
export class RefusedError extends Error {
  constructor(status) {
    super(`refused: ${status}`);
    this.status = status;
  }
}

/** The server has taken this message before; the transcript tells what came of it. */
export class TakenError extends Error {}

/** The server cannot answer now; trying again later may help. */
class UnavailableError extends Error {}

async function request(path, options = {}) {
  const response = await fetch(new URL(path, SERVER), {
    cache: "no-store", credentials: "same-origin", signal: AbortSignal.timeout(TIME_LIMIT), ...options,
  });
  if (response.ok) return response;
  if (response.status === 404 || response.status === 410) throw new GoneError(path);
  if (response.status === 409) throw new TakenError(path);
  if (response.status >= 500 || [408, 425, 429].includes(response.status)) {
    throw new UnavailableError(String(response.status));
  }
  throw new RefusedError(response.status);
}

/** Makes a conversation; returns its id, which only the server can make. */
export async function createConversation() {
  const response = await request(BASE, { method: "POST" });
  return (await response.json()).conversation;
}

/** All messages of the conversation so far, oldest first. Throws GoneError when it was deleted or has expired. */
export async function readTranscript(conversation) {
  const response = await request(`${BASE}/${encodeURIComponent(conversation)}`);
  return (await response.json()).messages;
}

/** The sheet of the hand-out, as a tree of elements (`tree.js`). */
export async function readHandout(conversation) {
  const response = await request(`${BASE}/${encodeURIComponent(conversation)}/handout`, { headers: { Accept: "application/json" } });
  return (await response.json()).sheet;
}

/** The hand-out as a PDF file. */
export async function readHandoutFile(conversation) {
  return (await request(`${BASE}/${encodeURIComponent(conversation)}/handout.pdf`)).blob();
}

/** The hand-out in a few lines: `{text, qr: {size, path}}`, `path` being SVG path data. */
export async function readShortHandout(conversation) {
  return (await request(`${BASE}/${encodeURIComponent(conversation)}/handout.json`)).json();
}

/** Deletes the conversation from the server; one that is gone already counts as deleted. */
export async function deleteConversation(conversation) {
  try {
    await request(`${BASE}/${encodeURIComponent(conversation)}`, { method: "DELETE" });
  } catch (error) {
    if (!(error instanceof GoneError)) throw error;
  }
}

/** A file that was not read; `words` is the server's sentence for the patient, empty when it has none. */
export class SlipRefusedError extends Error {
  constructor(status, words) {
    super(`slip refused: ${status}`);
    this.words = words;
  }
}

/**
 * What stands on a photo or PDF: `{values: [{label, words, line, doubtful, day}], days, dated, picture}`. Nothing of it
 * counts in the conversation.
 */
export async function readSlip(conversation, file) {
  const response = await fetch(new URL(`${BASE}/${encodeURIComponent(conversation)}/slips`, SERVER), {
    method: "POST", body: file, headers: { "Content-Type": "application/octet-stream" },
    cache: "no-store", credentials: "same-origin", signal: AbortSignal.timeout(2 * TIME_LIMIT),
  });
  if (response.ok) return response.json();
  if (response.status === 404) throw new GoneError("slips");
  const { text } = await response.json().catch(() => ({}));
  throw new SlipRefusedError(response.status, text ?? "");
}

/** Counts a vote ("up" or "down") for a response. */
export async function sendVote(conversation, response, vote) {
  await request(`${BASE}/${encodeURIComponent(conversation)}/votes`, {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify({ response, vote }),
  });
}

/**
 * Sends one message and yields `{event, data}` of the answer as they come, data parsed.
 * @param {{text: string} | {choices: string[]}} message
 * @param {string} key the same for every try of one message, so that the server can tell a repeat
 * @param {number} silence milliseconds without a heartbeat that mean a lost connection
 */
export async function* sendMessage(conversation, message, key, silence) {
  const aborter = new AbortController();
  const timer = setTimeout(() => aborter.abort(), silence);
  try {
    const response = await request(`${BASE}/${encodeURIComponent(conversation)}/messages`, {
      method: "POST",
      headers: { "Content-Type": "application/json", "Idempotency-Key": key },
      body: JSON.stringify(message),
      signal: aborter.signal,
    });
    clearTimeout(timer);
    for await (const { event, data } of readEvents(response.body, silence)) {
      yield { event, data: JSON.parse(data) };
    }
  } finally {
    clearTimeout(timer);
    aborter.abort();
  }
}
