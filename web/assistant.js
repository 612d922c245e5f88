/**
 * The assistant in its shadow root: joins the conversation, its view, the composer, the tools and the tabs.
 * @module assistant
 */

import { SERVER } from "./api.js";
import { Composer } from "./composer.js";
import { Conversation } from "./conversation.js";
import { element } from "./dom.js";
import { saveText } from "./download.js";
import { Handout } from "./handout.js";
import { LogView } from "./log_view.js";
import { Memory } from "./memory.js";
import { Panel } from "./panel.js";
import { Slip } from "./slip.js";
import { Status } from "./status.js";
import { transcriptText } from "./transcript.js";

/** Fires `agreed` when the patient has agreed to what stands before the first message. */
export class Assistant extends EventTarget {
  #root;
  #strings;
  #page;
  #own;
  #memory = new Memory(SERVER.href);
  #conversation;
  #status;
  #composer;
  #view;
  #handout;
  #panel = null;

  /**
   * @param {ShadowRoot} root with the elements of `layout.js`
   * @param {string} position what they stand in
   */
  constructor(root, strings, position) {
    super();
    this.#root = root;
    this.#strings = strings;
    this.#page = position === "page";
    this.#own = ["page", "kiosk"].includes(position);
  }

  /** The conversation, for the page around it. */
  get conversation() {
    return this.#conversation;
  }

  /** Sends a text as if the patient had typed it. */
  say(words) {
    this.#conversation.send({ text: words }, words);
  }

  /** Prints the hand-out; false when there is none. */
  printHandout() {
    return this.#handout.print(this.#memory.id);
  }

  /** Goes on with the conversation of this or another tab; resolves when everything can be used. */
  async start() {
    await this.#memory.ask();
    this.#conversation = new Conversation(this.#memory.id, (id) => { this.#memory.id = id; });
    this.#status = new Status(this.#at("status"), this.#strings);
    this.#composer = new Composer(this.#at("composer"), this.#at("message"), (text) => this.say(text));
    this.#view = new LogView(this.#at("groups"), this.#strings, {
      answer: (chosen) => {
        this.#conversation.send({ choices: chosen.map(({ choice }) => choice) }, chosen.map(({ title }) => title).join(", "));
      },
      vote: (response, vote) => this.#conversation.vote(response, vote),
    });
    this.#handout = new Handout((id) => this.#at(id), this.#strings, (text) => this.#status.say(text), this.#own);
    new Slip(this.#root, this.#strings, {
      identity: () => this.#conversation.identity(),
      say: (text) => this.say(text),
      tell: (words) => this.#status.say(words),
      note: (words) => this.#view.note(words),
      mayAsk: () => this.#memory.consent,
    });
    this.#drawWelcome();
    this.#connectConversation();
    this.#connectTabs();
    this.#connectTools();
    this.#connectPanel();
    await this.#open();
  }

  #at(id) {
    return this.#root.getElementById(id);
  }

  async #open() {
    this.#composer.busy = true; // what is typed now goes behind what was said before
    try {
      if (!await this.#conversation.open()) this.#view.note(this.#strings.reloaded_ended);
    } catch {
      this.#view.note(this.#strings.connecting, { title: this.#strings.retry, run: () => this.#open() });
    }
    this.#composer.busy = false;
    this.#showParts();
  }

  #drawWelcome() {
    const { welcome_promises: promises, welcome_emergency_heading: heading, welcome_emergency: emergency, starters } = this.#strings;
    this.#at("promises").append(...promises.map((promise) => element("li", {}, promise)));
    this.#at("emergency").append(element("strong", {}, heading), " ", emergency);
    this.#at("starters").append(...starters.map((words) => {
      const button = element("button", { type: "button", class: "choice" }, words);
      button.addEventListener("click", () => { this.#composer.focus(); this.say(words); });
      return button;
    }));
    this.#at("agree").addEventListener("click", () => {
      this.#memory.consent = true;
      this.#showParts();
      this.#focus();
      this.dispatchEvent(new Event("agreed"));
    });
  }

  /** What is read first goes with the first message; nothing can be sent before the patient agreed. */
  #showParts() {
    const agreed = this.#memory.consent;
    this.#at("welcome").hidden = this.#conversation.messages.length > 0;
    this.#at("consent").hidden = agreed;
    this.#at("beginning").hidden = this.#at("composer").hidden = !agreed;
  }

  /** Puts the focus where the reader goes on: at the words to agree to, or in the message box. */
  #focus() {
    // On a touch screen the box would bring up a keyboard over what is to be read.
    if (this.#memory.consent && !matchMedia("(pointer: coarse)").matches) this.#composer.focus();
    else this.#at("welcome").hidden ? this.#at("menu").focus() : this.#at("welcome-heading").focus();
  }

  /** Brings a part of the conversation into view, without movement for readers who asked for none. */
  #scrollTo(node, block) {
    if (!node) return;
    const behavior = matchMedia("(prefers-reduced-motion: reduce)").matches ? "auto" : "smooth";
    const frame = this.#at("app");
    if (this.#page) node.scrollIntoView({ block, behavior });
    else if (block === "start") {
      // Only the frame: the page around it stays where its reader left it.
      const top = node.getBoundingClientRect().top - frame.getBoundingClientRect().top;
      frame.scrollBy({ top: top - Number.parseFloat(getComputedStyle(node).scrollMarginBlockStart), behavior });
    } else frame.scrollTo({ top: frame.scrollHeight, behavior });
  }

  #connectConversation() {
    const [conversation, view, strings] = [this.#conversation, this.#view, this.#strings];
    let failure = null;
    const on = (type, react) => conversation.addEventListener(type, ({ detail }) => react(detail));
    on("append", (messages) => {
      messages.forEach((message) => view.append(message));
      this.#showParts();
      this.#scrollTo(view.newest(), "start"); // so that a long answer is read from its beginning
    });
    on("replace", (messages) => {
      view.replace(messages);
      this.#showParts();
    });
    on("renewed", () => {
      view.replace([]);
      view.note(strings.ended);
      conversation.messages.forEach((message) => view.append(message));
    });
    on("unanswered", () => view.note(strings.unanswered));
    on("problem", (text) => view.append({ from: "assistant", section: "problem", text }));
    on("refused", (status) => view.note(status === 413 ? strings.too_long : strings.refused));
    on("state", (state) => {
      this.#status.show(state);
      if (state === "idle") {
        view.endTurn();
        if (conversation.messages.length) this.#handout.prepare(this.#memory.id);
        const answer = view.answer(); // what was understood stands above it
        this.#scrollTo(answer ?? view.question(), answer ? "start" : "nearest");
      }
      this.#composer.busy = state === "writing" || state === "connecting";
      failure?.remove();
      failure = state === "failed" ? view.note(strings.failed, { title: strings.retry, run: () => conversation.retry() }) : null;
    });
  }

  #connectTabs() {
    this.#conversation.addEventListener("turn", ({ detail }) => this.#memory.tellChanged(detail));
    this.#memory.addEventListener("changed", ({ detail }) => {
      if (this.#memory.id && this.#memory.id !== detail) return;
      this.#memory.consent = true;
      this.#conversation.follow(detail).catch(() => {}); // the next message looks again
    });
    this.#memory.addEventListener("erased", ({ detail }) => {
      if (this.#memory.id === detail) this.#forget(this.#strings.deleted);
    });
  }

  /** Shows nothing any more of a conversation that the server has deleted. */
  #forget(done) {
    this.#memory.consent = false;
    this.#conversation.forget();
    this.#composer.clear();
    this.#handout.forget();
    this.#showParts();
    this.#status.say(done);
  }

  async #erase(kind, done) {
    if (!await this.#confirmed(kind)) return;
    const id = this.#memory.id;
    try {
      await this.#conversation.erase();
    } catch {
      this.#status.say(this.#strings.delete_failed);
      return;
    }
    if (id) this.#memory.tellErased(id);
    this.#forget(done);
    if (kind === "restart") this.#memory.consent = true;
    this.#showParts();
    this.#focus();
  }

  /** Asks before something is lost for good; true when the answer is yes. */
  #confirmed(kind) {
    const dialog = this.#at("confirm");
    for (const part of ["heading", "text", "yes"]) this.#at(`confirm-${part}`).textContent = this.#strings[`confirm_${kind}_${part}`];
    dialog.returnValue = "cancel";
    dialog.showModal();
    return new Promise((resolve) => {
      dialog.addEventListener("close", () => resolve(dialog.returnValue === "confirm"), { once: true });
    });
  }

  #connectTools() {
    const strings = this.#strings;
    const on = (id, run) => this.#at(id).addEventListener("click", run);
    const menu = (open) => {
      this.#at("menu").setAttribute("aria-expanded", String(open));
      this.#at("toolbar").classList.toggle("open", open);
    };
    on("menu", () => menu(this.#at("menu").getAttribute("aria-expanded") !== "true"));
    this.#at("toolbar").addEventListener("click", () => {
      if (!this.#at("menu").getClientRects().length) return; // all tools stay
      this.#at("menu").focus(); // what was pressed goes
      menu(false);
    }, { capture: true });
    on("delete", () => this.#erase("delete", strings.deleted));
    on("restart", () => this.#erase("restart", strings.restarted));
    on("save", () => {
      const { messages } = this.#conversation;
      if (messages.length) saveText(strings.save_name, transcriptText(messages, strings, this.#at("app").closest("[lang]").lang));
      this.#status.say(messages.length ? strings.saved : strings.nothing_to_save);
    });
    on("print", () => this.#handout.open(this.#memory.id));
    this.#at("skip")?.addEventListener("click", (event) => {
      event.preventDefault();
      if (this.#memory.consent) this.#composer.focus();
      else this.#at("agree").focus();
    });
  }

  #connectPanel() {
    const dialog = this.#at("panel");
    if (!dialog) {
      this.#at("close")?.remove();
      return;
    }
    this.#panel = new Panel(this.#at("launcher"), dialog, () => this.#focus(), (open) => { this.#memory.open = open; });
    this.#at("close").addEventListener("click", () => this.#panel.close());
    if (this.#memory.open) this.#panel.open({ quietly: true });
  }
}
