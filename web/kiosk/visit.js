/**
 * One visit: the visitor agrees, chooses how to begin, enters, reads, takes home, and leaves nothing.
 * @module visit
 */

import { element } from "../dom.js";
import { Guided } from "./guided.js";
import { Idle } from "./idle.js";
import { Keyboard } from "./keyboard.js";
import { unlink } from "./lockdown.js";
import { Speech } from "./speech.js";
import { TakeHome } from "./take_home.js";
import { wipeVisit } from "./wiping.js";

/** Milliseconds between looks whether the server is back, after a message could not be sent. */
const LOOK = 3_000;

/** A view and what is pressed to see it. */
const TABS = Object.freeze(["guided", "chat", "home"]);

const at = (id) => document.getElementById(id);

export class Visit {
  #strings;
  #settings;
  #steps;
  #isWell;
  #assistant = null;
  #guided = null;
  #home = null;
  #idle;
  #speech;
  #over = false;

  /**
   * @param {object} strings of the kiosk
   * @param {{warn: number, wipe: number, asked: string[]}} settings of the server
   * @param {object} steps of `steps.json`
   * @param {() => Promise<boolean>} isWell whether the server can answer
   */
  constructor(strings, settings, steps, isWell) {
    this.#strings = strings;
    this.#settings = settings;
    this.#steps = steps;
    this.#isWell = isWell;
    this.#idle = new Idle(settings, {
      warn: (left) => this.#warn(left),
      back: () => at("idle").close(),
      wipe: () => this.end(),
    });
    this.#speech = new Speech(document.documentElement.lang, () => this.#offerSpeech());
  }

  /** Shows the assistant's own words to agree to. */
  async begin() {
    document.body.dataset.screen = "visit";
    at("attract").hidden = true;
    at("visit").hidden = false;
    this.#idle.start();
    this.#connect();
    this.#show("chat");
    const host = element("hepb-assistant", { position: "kiosk", consent: this.#strings.consent, files: this.#settings.files });
    at("chat").append(host);
    await new Promise((resolve) => {
      new MutationObserver(() => { if (host.dataset.ready) resolve(); }).observe(host, { attributes: true });
    });
    this.#assistant = host.assistant;
    unlink(host.shadowRoot);
    this.#follow(host.shadowRoot);
    host.shadowRoot.getElementById("welcome-heading").focus();
  }

  /** Deletes everything and shows what attracts again. */
  async end() {
    if (this.#over) return;
    this.#over = true;
    this.#idle.stop();
    this.#speech.stop();
    const conversation = this.#assistant?.conversation;
    document.body.replaceChildren(element("main", { class: "attract" }, element("p", { class: "clearing", role: "status" }, this.#strings.clearing)));
    document.body.dataset.screen = "clearing";
    await wipeVisit(conversation);
  }

  #connect() {
    const on = (id, run) => at(id).addEventListener("click", run);
    on("end", () => at("ending").showModal());
    on("end-yes", () => this.end());
    on("end-no", () => at("ending").close());
    on("end-home", () => { at("ending").close(); this.#show("home"); });
    on("idle-stay", () => this.#idle.stay());
    on("idle-end", () => this.end());
    at("idle").addEventListener("cancel", (event) => { event.preventDefault(); this.#idle.stay(); });
    for (const view of TABS) on(`tab-${view}`, () => this.#show(view));
    on("choose-guided", () => this.#show("guided"));
    on("choose-chat", () => this.#show("chat"));
    on("speech", () => {
      this.#speech.isOn = !this.#speech.isOn;
      at("speech").setAttribute("aria-pressed", String(this.#speech.isOn));
    });
  }

  /** Follows what happens in the assistant. */
  #follow(root) {
    const { conversation } = this.#assistant;
    const keyboard = new Keyboard(at("keyboard"), root, this.#strings);
    const items = this.#settings.asked.filter((item) => item in this.#steps);
    this.#guided = new Guided(at("guided"), this.#strings, this.#steps, items, {
      done: (text) => { this.#show("chat"); this.#assistant.say(text); },
      told: (words) => this.#tell(words),
    });
    this.#home = new TakeHome(at("home"), this.#strings, () => this.#assistant.printHandout());
    this.#assistant.addEventListener("agreed", () => {
      at("tabs").hidden = false;
      this.#offerSpeech();
      this.#show("choose");
    });
    conversation.addEventListener("append", ({ detail }) => {
      this.#idle.touch(); // an answer wants to be read
      for (const { from, text } of detail) if (from === "assistant") this.#speech.say(text);
    });
    conversation.addEventListener("state", ({ detail }) => {
      this.#idle.touch();
      if (detail === "writing") keyboard.hide();
      if (detail === "failed") this.#recover(conversation);
    });
  }

  /** Sends the message again by itself as soon as the server is back. */
  async #recover(conversation) {
    while (!await this.#isWell()) await new Promise((resolve) => { setTimeout(resolve, LOOK); });
    if (!this.#over) conversation.retry();
  }

  #offerSpeech() {
    if (!this.#over) at("speech").hidden = !this.#speech.isPossible;
  }

  #tell(words) {
    this.#speech.stop();
    this.#speech.say(words);
  }

  #show(view) {
    at("stage").dataset.view = view;
    at("keyboard").hidden = true;
    for (const name of TABS) {
      if (name === view) at(`tab-${name}`).setAttribute("aria-current", "page");
      else at(`tab-${name}`).removeAttribute("aria-current");
    }
    this.#speech.stop();
    if (view === "choose") at("choose-heading").focus();
    if (view === "guided") this.#guided.show();
    if (view === "home") this.#home.show(this.#assistant.conversation.id);
  }

  #warn(left) {
    if (this.#speech.isSpeaking) {
      this.#idle.stay(); // somebody listens
      return;
    }
    if (!at("idle").open) {
      at("ending").close();
      at("idle").showModal();
      at("idle-stay").focus();
    }
    at("idle-text").textContent = this.#strings.idle_text.replace("{seconds}", left);
  }
}
