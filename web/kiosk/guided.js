/**
 * Guided entry: one value after the other with large buttons. What was entered is shown once more and then sent as one
 * ordinary message, which the assistant reads like any other.
 * @module guided
 */

import { element } from "../dom.js";
import { isNumber, isWithin, numberPad, written } from "./number_pad.js";
import { slipDrawing } from "./slip_drawing.js";

/** Items that are no test. */
const PERSON = Object.freeze(["age", "sex"]);
const UNKNOWN_UNIT = "";

/**
 * The message that tells these values, one on a line.
 * @param {Map<string, {value: string, unit?: string}>} answers
 */
export function message(answers, strings) {
  return [...answers].map(([item, { value, unit }]) => (
    strings.steps[item].says.replace("{value}", [value, unit].filter(Boolean).join(" "))
  )).join("\n");
}

export class Guided {
  #node;
  #strings;
  #steps;
  #items;
  #done;
  #told;
  #answers = new Map();
  #at = 0;
  #reviewed = false;

  /**
   * @param {HTMLElement} node to draw in
   * @param {object} strings of the kiosk
   * @param {object} steps of `steps.json`
   * @param {string[]} items those of `steps` that are asked for, in order
   * @param {{done: (text: string) => void, told: (words: string) => void}} react `done`: the visitor wants the message
   *   sent; `told`: a question is shown
   */
  constructor(node, strings, steps, items, { done, told }) {
    this.#node = node;
    this.#strings = strings;
    this.#steps = steps;
    this.#items = items;
    this.#done = done;
    this.#told = told;
  }

  /** Shows where the visitor is. */
  show() {
    if (this.#at < this.#items.length) this.#ask();
    else this.#review();
  }

  #go(place) {
    this.#at = place;
    this.show();
  }

  /** After an answer: the next question, or the review when the visitor came from there. */
  #next() {
    this.#go(this.#reviewed ? this.#items.length : this.#at + 1);
  }

  #draw(heading, ...parts) {
    this.#node.replaceChildren(heading, ...parts);
    this.#node.scrollTop = 0;
    heading.querySelector("h2").focus();
  }

  #heading(words, ...more) {
    return element("header", { class: "guided-head" }, ...more, element("h2", { tabindex: -1 }, words));
  }

  #ask() {
    const strings = this.#strings;
    const item = this.#items[this.#at];
    const words = strings.steps[item];
    const progress = strings.progress.replace("{number}", this.#at + 1).replace("{all}", this.#items.length);
    const state = element("p", { class: "wanted", role: "status" });
    const { controls, next } = this.#steps[item].kind === "choice" ? this.#choice(item) : this.#number(item, state);
    this.#draw(
      this.#heading(words.ask, element("p", { class: "progress" }, progress)),
      element(
        "div", { class: "guided-body" },
        element("div", { class: "guided-answer" }, words.also ? element("p", { class: "also" }, strings.also.replace("{names}", words.also)) : null, controls),
        element("figure", { class: "guided-slip" }, slipDrawing(item, strings), element("figcaption", {}, words.where, " ", strings.drawing.note)),
      ),
      element(
        "footer", { class: "guided-foot" }, state,
        this.#at ? this.#button("quiet", strings.back, () => this.#go(this.#at - 1), "guided-back") : element("span"),
        this.#button("quiet", PERSON.includes(item) ? strings.skip_person : strings.skip, () => this.#skip(item), "guided-skip"),
        next ?? element("span"),
      ),
    );
    this.#told(`${words.ask} ${words.where}`);
  }

  #skip(item) {
    this.#answers.delete(item);
    this.#next();
  }

  #answer(item, answer) {
    this.#answers.set(item, answer);
    this.#next();
  }

  #choice(item) {
    return { controls: this.#values(item) };
  }

  /** Buttons for values that are words; pressing one answers. */
  #values(item) {
    const now = this.#answers.get(item)?.value;
    const buttons = this.#steps[item].values.map((value) => {
      const button = this.#button("large", this.#strings.steps[item].values[value], () => this.#answer(item, { value }));
      button.dataset.value = value;
      button.setAttribute("aria-pressed", String(value === now));
      return button;
    });
    return element("div", { class: "values" }, ...buttons);
  }

  #number(item, state) {
    const [strings, step] = [this.#strings, this.#steps[item]];
    const before = this.#answers.get(item);
    let entry = isNumber(before?.value ?? "") ? before.value : "";
    let unit = entry ? before.unit : undefined; // never one that nobody chose
    const pad = numberPad(step, strings, entry, (now) => { entry = now; state.textContent = ""; });
    const units = step.units.length ? this.#units(step, unit, (chosen) => { unit = chosen; state.textContent = ""; }) : null;
    const skip = PERSON.includes(item) ? strings.skip_person : strings.skip;
    const next = this.#button("primary", strings.next, () => {
      if (!isNumber(entry)) state.textContent = strings.number_wanted.replace("{skip}", skip);
      else if ("most" in step && !isWithin(entry, step)) state.textContent = strings.number_between.replace("{least}", step.least).replace("{most}", step.most).replace("{skip}", skip);
      else if (units && unit === undefined) state.textContent = strings.unit_wanted;
      else this.#answer(item, { value: entry, unit });
    }, "guided-next");
    return { controls: element("div", { class: "numbers" }, step.values.length ? this.#values(item) : null, pad, units), next };
  }

  /** The units to choose from; none is chosen beforehand. */
  #units(step, now, choose) {
    const buttons = [...step.units, UNKNOWN_UNIT].map((unit) => {
      const button = this.#button("large", unit || this.#strings.unit_unknown, () => {
        buttons.forEach((other) => other.setAttribute("aria-pressed", String(other === button)));
        choose(unit);
      });
      button.dataset.unit = unit;
      button.setAttribute("aria-pressed", String(unit === now));
      return button;
    });
    return element("div", { class: "units", role: "group", "aria-labelledby": "unit-label" }, element("p", { id: "unit-label" }, this.#strings.unit_label), ...buttons);
  }

  #review() {
    const strings = this.#strings;
    this.#reviewed = true;
    const rows = this.#items.map((item, place) => {
      const answer = this.#answers.get(item);
      const row = element(
        "button", { type: "button", class: "large review-row", "data-item": item },
        element("strong", {}, strings.steps[item].name), " ",
        element("span", { class: answer ? "review-value" : "hint" }, ...(answer ? this.#shown(item, answer) : [strings.review_left_out])), " ",
        element("span", { class: "review-change" }, strings.review_change),
      );
      row.addEventListener("click", () => this.#go(place));
      return element("li", {}, row);
    });
    const send = this.#button("primary", strings.review_send, () => this.#finish(), "guided-send");
    this.#draw(
      this.#heading(strings.review_heading),
      element(
        "div", { class: "review" },
        element("p", { class: "also" }, this.#answers.size ? strings.review_hint : strings.review_nothing),
        element("ul", {}, ...rows),
      ),
      element(
        "footer", { class: "guided-foot" }, element("p", { class: "wanted" }),
        this.#button("quiet", strings.back, () => this.#go(this.#items.length - 1), "guided-back"),
        element("span"), this.#answers.size ? send : element("span"),
      ),
    );
    this.#told(strings.review_heading);
  }

  /** A value as nodes: a number with its unit, or the words of its button. */
  #shown(item, { value, unit }) {
    const words = this.#strings.steps[item].values[value];
    if (words) return [words];
    return [...written(value), unit ? ` ${unit}` : unit === UNKNOWN_UNIT ? ` (${this.#strings.unit_unknown})` : ""];
  }

  #finish() {
    const ordered = new Map(this.#items.filter((item) => this.#answers.has(item)).map((item) => [item, this.#answers.get(item)]));
    this.#done(message(ordered, this.#strings));
  }

  #button(kind, words, run, id = null) {
    const button = element("button", { type: "button", class: kind, id }, words);
    button.addEventListener("click", run);
    return button;
  }
}
