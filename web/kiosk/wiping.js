/**
 * Nothing of a visit stays: not on the server, not in the browser, not on the page.
 * @module wiping
 */

import { deleteConversation, SERVER } from "../api.js";

/** Milliseconds between tries while the server cannot delete. */
const PAUSE = 2_000;

/** Where the assistant keeps the id of a conversation for a reload (`memory.js`). */
const KEPT = "hepb.conversation";

async function untilDone(work) {
  for (;;) {
    try {
      return await work();
    } catch (error) {
      console.warn("not yet:", error);
      await new Promise((resolve) => { setTimeout(resolve, PAUSE); });
    }
  }
}

async function clear() {
  const response = await fetch(new URL("kiosk/clear", SERVER), { method: "POST" });
  if (!response.ok) throw new Error(String(response.status));
}

/** Empties what the browser keeps for this page. */
async function emptyBrowser() {
  sessionStorage.clear();
  localStorage.clear();
  for (const name of await globalThis.caches?.keys() ?? []) await caches.delete(name);
  for (const { name } of await indexedDB.databases()) indexedDB.deleteDatabase(name);
  await untilDone(clear);
}

/** Deletes what a visit has left that a reload cut off. Ends when the server has done it. */
export async function wipeLeftovers() {
  const id = sessionStorage.getItem(KEPT);
  if (id) await untilDone(() => deleteConversation(id));
  await emptyBrowser();
}

/**
 * Deletes a visit, then loads the page anew. Ends only when the server has done it, however long it is away: until then
 * the browser keeps the id of the conversation, and nothing else.
 * @param {import("../conversation.js").Conversation | undefined} conversation
 */
export async function wipeVisit(conversation) {
  if (conversation) await untilDone(() => conversation.erase());
  await emptyBrowser();
  location.replace(new URL("kiosk", SERVER));
}
