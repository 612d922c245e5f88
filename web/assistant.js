/**
 * The page: joins the conversation, its view, the composer and the tools.
 * @module assistant
 */

import { Composer } from "./composer.js";
import { Conversation } from "./conversation.js";
import { element } from "./dom.js";
import { LogView } from "./log_view.js";
import { applyStrings, loadStrings } from "./strings.js";
import { Status } from "./status.js";
import { drawSummary, worthPrinting } from "./summary.js";

/** Only this id is kept in the browser, for this tab only, so that a reload finds the conversation. */
const STORAGE_KEY = "hepb.conversation";

const byId = (id) => document.getElementById(id);

function remember(id) {
  if (id) sessionStorage.setItem(STORAGE_KEY, id);
  else sessionStorage.removeItem(STORAGE_KEY);
}

/** Asks before something is lost for good; true when the answer is yes. */
function confirmed(strings, kind) {
  const dialog = byId("confirm");
  byId("confirm-heading").textContent = strings[`confirm_${kind}_heading`];
  byId("confirm-text").textContent = strings[`confirm_${kind}_text`];
  byId("confirm-yes").textContent = strings[`confirm_${kind}_yes`];
  dialog.returnValue = "cancel";
  dialog.showModal();
  return new Promise((resolve) => {
    dialog.addEventListener("close", () => resolve(dialog.returnValue === "confirm"), { once: true });
  });
}

function drawWelcome(strings, say) {
  byId("promises").append(...strings.welcome_promises.map((promise) => element("li", {}, promise)));
  byId("emergency").append(element("strong", {}, strings.welcome_emergency_heading), " ", strings.welcome_emergency);
  byId("starters").append(...strings.starters.map((words) => {
    const button = element("button", { type: "button", class: "choice" }, words);
    button.addEventListener("click", () => say(words));
    return button;
  }));
}

/** Brings a part of the conversation into view, without movement for readers who asked for none. */
function scrollTo(node, block) {
  const calm = matchMedia("(prefers-reduced-motion: reduce)").matches;
  node?.scrollIntoView({ block, behavior: calm ? "auto" : "smooth" });
}

function connect(conversation, { strings, view, status, composer }) {
  let failure = null;
  const showWelcome = () => { byId("welcome").hidden = conversation.messages.length > 0; };
  conversation.addEventListener("append", ({ detail }) => {
    detail.forEach((message) => view.append(message));
    showWelcome();
    scrollTo(view.newest(), "start"); // so that a long answer is read from its beginning
  });
  conversation.addEventListener("replace", ({ detail }) => {
    view.replace(detail);
    showWelcome();
  });
  conversation.addEventListener("renewed", () => {
    view.replace([]);
    view.note(strings.ended);
    conversation.messages.forEach((message) => view.append(message));
  });
  conversation.addEventListener("unanswered", () => view.note(strings.unanswered));
  conversation.addEventListener("problem", ({ detail }) => view.append({ from: "assistant", section: "problem", text: detail }));
  conversation.addEventListener("refused", ({ detail }) => view.note(detail === 413 ? strings.too_long : strings.refused));
  conversation.addEventListener("state", ({ detail }) => {
    status.show(detail);
    if (detail === "idle") {
      const answer = view.answer(); // what was understood stands above it
      scrollTo(answer ?? view.question(), answer ? "start" : "nearest");
    }
    composer.busy = detail === "writing" || detail === "connecting";
    failure?.remove();
    failure = detail === "failed" ? view.note(strings.failed, { title: strings.retry, run: () => conversation.retry() }) : null;
  });
}

function connectTools(conversation, { strings, status, composer }) {
  const erase = async (kind, done) => {
    if (!await confirmed(strings, kind)) return;
    try {
      await conversation.erase();
      composer.clear();
      byId("summary").replaceChildren();
      status.say(done);
      composer.focus();
    } catch {
      status.say(strings.delete_failed);
    }
  };
  byId("delete").addEventListener("click", () => erase("delete", strings.deleted));
  byId("restart").addEventListener("click", () => erase("restart", strings.restarted));
  byId("print").addEventListener("click", () => {
    if (worthPrinting(conversation.messages)) window.print();
    else status.say(strings.summary_nothing);
  });
  // Also reached by the browser's own print command.
  window.addEventListener("beforeprint", () => drawSummary(byId("summary"), conversation.messages, strings));
}

async function start() {
  const strings = await loadStrings(document, navigator.languages);
  applyStrings(document, strings);
  const conversation = new Conversation(sessionStorage.getItem(STORAGE_KEY), remember);
  const status = new Status(byId("status"), strings);
  const composer = new Composer(byId("composer"), byId("message"), (text) => conversation.send({ text }, text));
  const view = new LogView(byId("groups"), strings, (chosen) => {
    conversation.send({ choices: chosen.map(({ choice }) => choice) }, chosen.map(({ title }) => title).join(", "));
  });
  drawWelcome(strings, (words) => conversation.send({ text: words }, words));
  const page = { strings, view, status, composer };
  connect(conversation, page);
  connectTools(conversation, page);
  try {
    if (!await conversation.open()) view.note(strings.reloaded_ended);
  } catch {
    view.note(strings.connecting, { title: strings.retry, run: () => location.reload() });
  }
  document.documentElement.dataset.ready = "true";
}

start();
