/**
 * What is inside the bubbles: text, or a card where the message's `card` says how to draw it. A new kind of
 * card is one more entry of `MAKERS`.
 * @module cards
 */

import { element } from "./dom.js";
import { picture } from "./picture.js";
import { blocks } from "./text.js";

/** One line of what was understood: label, value, and when it was so, if that is known. */
export function understoodRow(card) {
  const when = card.when?.trim() ? element("span", { class: "when" }, card.when) : null;
  return element(
    "div", { class: "row" },
    element("dt", { dir: "auto" }, card.label),
    element("dd", { dir: "auto" }, element("span", {}, String(card.value).trim()), when),
  );
}

/** The list that rows go into. */
export function understoodList() {
  return element("dl", { class: "understood" });
}

const MAKERS = Object.freeze({ picture: (message) => picture(message.card) });

/** Sections whose messages are the points of one list. */
const LISTED = Object.freeze(["situation", "why", "change", "next", "differ", "sources"]);

/** True for a message that is a row of the list of what was understood. */
export function isUnderstood(message) {
  return message.card?.card === "understood";
}

/** True for a message that is a point of its section's list. */
export function isPoint(message) {
  return LISTED.includes(message.section) && !message.card && Boolean(message.text);
}

/** What a line is that is no point of its own: the head of the points that follow, or what the mark behind some means. */
const NOTE = /^[*＊]|[:：]$/;

/** True for a message that stands between the points of its section's list. */
export function isNote(message) {
  return isPoint(message) && NOTE.test(message.text.trim());
}

/** One point of a list. */
export function point(message) {
  return element("li", { dir: "auto" }, ...blocks(message.text));
}

/** The list that points go into. */
export function pointList() {
  return element("ul", { class: "points" });
}

/** The content of a message: its card, or its text. A card of an unknown kind falls back on the text. */
export function content(message) {
  const make = MAKERS[message.card?.card];
  if (make) return [make(message)];
  return message.text ? blocks(message.text) : [];
}
