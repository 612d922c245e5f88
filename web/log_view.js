/**
 * The conversation on the page: bubbles in groups, one group for each run of messages of one section.
 * @module log_view
 */

import {
  content, isNote, isPoint, isUnderstood, point, pointList, understoodList, understoodRow,
} from "./cards.js";
import { Choices } from "./choices.js";
import { element, icon } from "./dom.js";
import { feedback, votedResponse } from "./feedback.js";
import { blocks } from "./text.js";

const WARNING = ["M12 3.5 22 20.5H2Z", "M12 10v4.5", "M12 17.4v.2"];

/** Sections that are long and read by few: folded under their heading. */
const FOLDED = Object.freeze(["change", "differ", "sources"]);

/** True when `next` goes on in the group of `last`. */
function sameGroup(last, next) {
  return Boolean(last) && last.from === next.from && next.from === "assistant" && (last.section ?? null) === (next.section ?? null);
}

/** Draws messages into a list and keeps only the newest question open. */
export class LogView {
  #list;
  #strings;
  #answer;
  #vote;
  #turn = [];
  #last = null;
  #group = null;
  #body = null;
  #listing = null;
  #rows = null;
  #points = null;
  #choices = [];

  /**
   * @param {HTMLOListElement} list inside the live region
   * @param {{
   *   answer: (chosen: {title: string, choice: string}[]) => void,
   *   vote: (response: string, vote: "up" | "down") => Promise<void>,
   * }} reactions to a button of an answer, and to a vote on one
   */
  constructor(list, strings, { answer, vote }) {
    this.#list = list;
    this.#strings = strings;
    this.#answer = answer;
    this.#vote = vote;
  }

  /** Shows one more message. */
  append(message) {
    if (message.from === "patient") {
      this.endTurn();
      this.#closeChoices();
    } else {
      this.#turn.push(message);
    }
    if (!sameGroup(this.#last, message)) this.#open(message);
    if (isUnderstood(message)) this.#appendRow(message);
    else if (isNote(message)) this.#appendNote(message);
    else if (isPoint(message)) this.#appendPoint(message);
    else this.#appendBubble(message);
    if (message.buttons?.length) this.#offer(message);
    this.#last = message;
  }

  /** The assistant has spoken: asks whether it helped, above the question that it ends with. */
  endTurn() {
    const response = votedResponse(this.#turn);
    this.#turn = [];
    if (!response) return;
    const item = element("li", { class: "rating", "aria-live": "off" }, feedback(this.#strings, (vote) => this.#vote(response, vote)));
    const first = this.newest()?.nextElementSibling; // the group of the answer, which may offer choices itself
    if (this.#group !== first && this.#group?.querySelector(".choices:not(.closed)")) this.#group.before(item);
    else this.#list.append(item);
    this.#last = null;
  }

  /** Shows these messages in place of all others. */
  replace(messages) {
    this.#list.replaceChildren();
    this.#last = this.#group = this.#body = null;
    this.#choices = [];
    this.#turn = [];
    this.#endLists();
    messages.forEach((message) => this.append(message));
    this.endTurn();
  }

  /** A line of the page itself, with an optional button. It belongs to no one's words. Returns it. */
  note(text, action = null) {
    const button = action && element("button", { type: "button", class: "quiet" }, action.title);
    const item = element("li", { class: "note" }, element("p", {}, text), button);
    button?.addEventListener("click", () => { item.remove(); action.run(); }, { once: true });
    this.#list.append(item);
    this.#last = null;
    return item;
  }

  /** The newest thing that the patient said, or the newest group. */
  newest() {
    return [...this.#list.querySelectorAll(":scope > .patient")].at(-1) ?? this.#list.lastElementChild;
  }

  /** Where the newest answer begins, null when there is none or an urgent word stands before it, which is read first. */
  answer() {
    const said = (selector) => [...this.#list.querySelectorAll(`:scope > .patient ~ ${selector}`)]
      .filter((node) => this.newest().compareDocumentPosition(node) & Node.DOCUMENT_POSITION_FOLLOWING);
    return said(".section-urgent").length ? null : said(":is(.section-phase, .section-advice)")[0] ?? null;
  }

  /** The group of the open question, null when there is none or an answer stands before it that is read first. */
  question() {
    const group = this.#choices.at(-1)?.node.closest(".group");
    const read = [...this.#list.querySelectorAll(":scope > .patient ~ :is(.section-phase, .section-urgent)")];
    const answered = read.some((node) => this.newest().compareDocumentPosition(node) & Node.DOCUMENT_POSITION_FOLLOWING);
    return answered ? null : group ?? null;
  }

  #open(message) {
    const patient = message.from === "patient";
    const heading = this.#strings.sections[message.section];
    const mark = message.section === "urgent" ? icon(...WARNING) : null;
    this.#group = element(
      "li", { class: patient ? "group patient" : `group assistant section-${message.section ?? "answer"}` },
      element("span", { class: "visually-hidden" }, `${patient ? this.#strings.you : this.#strings.assistant}: `),
    );
    const title = heading && !patient ? element("h2", {}, mark, heading) : null;
    this.#body = this.#group;
    if (title && FOLDED.includes(message.section)) {
      this.#body = element("details", {}, element("summary", {}, title));
      this.#group.append(this.#body);
    } else if (title) {
      this.#group.append(title);
    }
    this.#endLists();
    this.#list.append(this.#group);
  }

  #endLists() {
    this.#rows = this.#points = this.#listing = null;
  }

  #appendBubble(message) {
    this.#endLists();
    const parts = message.from === "patient" ? blocks(message.text) : content(message);
    if (parts.length) this.#body.append(element("div", { class: "bubble", dir: "auto" }, ...parts));
  }

  #appendRow(message) {
    if (!this.#rows) {
      this.#rows = understoodList();
      this.#body.append(element("div", { class: "bubble" }, this.#rows, element("p", { class: "hint" }, this.#strings.understood_hint)));
    }
    this.#rows.append(understoodRow(message.card));
  }

  #appendPoint(message) {
    if (!this.#points) {
      this.#points = pointList();
      this.#listed().append(this.#points);
    }
    this.#points.append(point(message));
  }

  #appendNote(message) {
    this.#listed().append(...blocks(message.text));
    this.#points = null;
  }

  /** The bubble that holds the list, made when it is needed. */
  #listed() {
    if (!this.#listing) {
      this.#listing = element("div", { class: "bubble", dir: "auto" });
      this.#body.append(this.#listing);
    }
    return this.#listing;
  }

  #offer(message) {
    const choices = new Choices(message, this.#strings, this.#answer);
    this.#choices.push(choices);
    this.#group.append(choices.node);
  }

  /** What was offered in a turn, a question beside an answer too, is open until the patient speaks. */
  #closeChoices() {
    for (const choices of this.#choices) choices.close();
    this.#choices = [];
  }
}
