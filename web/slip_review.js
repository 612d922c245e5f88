/**
 * Every value that was read on a slip, to be kept, corrected or left out one by one. Nothing is decided beforehand, and
 * nothing counts before the patient has decided about all of it.
 * @module slip_review
 */

import { element } from "./dom.js";

/** The dialog, for the layout. */
export function slipDialog() {
  return element(
    "dialog", { class: "confirm slip", id: "slip-review", "aria-labelledby": "slip-heading", "aria-describedby": "slip-intro" },
    element("h2", { id: "slip-heading", "data-string": "slip_heading", tabindex: -1 }),
    element("p", { id: "slip-intro", "data-string": "slip_intro" }),
    element("p", { id: "slip-picture", class: "slip-care", "data-string": "slip_picture" }),
    element("ol", { id: "slip-values", class: "slip-values" }),
    element("p", { class: "hint", "data-string": "slip_missing" }),
    element("p", { id: "slip-state", role: "status", class: "slip-state" }),
    element(
      "div", { class: "confirm-buttons" },
      element("button", { type: "button", id: "slip-cancel", class: "quiet", "data-string": "slip_cancel" }),
      element("button", { type: "button", id: "slip-use", class: "primary", "data-string": "slip_use" }),
    ),
  );
}

/** One thing to decide about: `decision` is null, keep, change or leave. */
class Item {
  decision = null;
  #field;
  #buttons;

  /**
   * @param {object} about `name`, `value` (null when it was not read to its end), `line`, `doubtful`, `type` of the field,
   *   `day`: the place of its day (of a day: its own), `choices` in place of the one to keep it, `fixed`: never left out
   * @param {() => void} decided
   */
  constructor(about, index, strings, decided) {
    this.about = about;
    this.#field = element("input", {
      type: about.type ?? "text", class: "slip-field", id: `slip-field-${index}`, autocomplete: "off", hidden: true,
      "aria-label": `${strings.slip_field.replace("{name}", about.name)}${about.isDay ? `, ${strings.slip_day_form}` : ""}`,
      placeholder: about.isDay ? strings.slip_day_form : null, max: about.isDay ? today() : null,
    });
    this.#field.value = about.value ?? "";
    this.#field.addEventListener("input", decided);
    const choices = about.choices ?? (about.value === null ? [] : [{ decision: "keep", title: strings.slip_keep, value: about.value }]);
    const all = [...choices, { decision: "change", title: strings.slip_change }];
    if (!about.fixed) all.push({ decision: "leave", title: strings.slip_leave });
    this.#buttons = all.map((choice) => {
      const button = element("button", { type: "button", class: "choice", "aria-pressed": "false", "data-decision": choice.decision }, choice.title);
      button.addEventListener("click", () => {
        this.#decide(choice, button);
        decided();
      });
      return button;
    });
    this.node = element("li", { class: about.isDay ? "slip-of-day" : null }, element(
      "div", { class: "slip-value", role: "group", "aria-labelledby": `slip-name-${index}` },
      element(
        "p", { id: `slip-name-${index}` },
        element("strong", {}, `${about.name}: `),
        about.isDay && about.value ? element("time", {}, about.value) : grouped(about.value) ?? (about.choices?.length ? strings.slip_which : about.isDay ? strings.slip_no_day : strings.slip_unread),
      ),
      about.line ? element("p", { class: "slip-line" }, strings.slip_line, " ", element("q", { dir: "auto" }, about.line)) : null,
      about.doubtful ? element("p", { class: "slip-care" }, strings.slip_doubtful) : null,
      element("div", { class: "slip-buttons" }, ...this.#buttons),
      this.#field,
    ));
  }

  #decide({ decision, value }, pressed) {
    this.decision = decision;
    if (decision === "keep") this.kept = value;
    for (const button of this.#buttons) button.setAttribute("aria-pressed", String(button === pressed));
    this.#field.hidden = decision !== "change";
    if (decision === "change") this.#field.focus();
  }

  /** Whether the patient has decided, and typed a result or a day where they wanted to. */
  get isDone() {
    if (this.decision !== "change") return this.decision !== null;
    const typed = this.#field.value.trim();
    return this.about.isDay ? isDay(typed) : isResult(typed);
  }

  /** What counts; null when it is left out. */
  get value() {
    if (this.decision === "leave") return null;
    return this.decision === "change" ? this.#field.value.trim() : this.kept;
  }

  focus() {
    (this.decision === "change" ? this.#field : this.#buttons[0]).focus();
  }
}

/** A value with its long numbers in groups of three digits, which are easier to compare. */
function grouped(value) {
  return value?.replace(/(?<![\d.-])\d{5,}/g, (digits) => Number(digits).toLocaleString("en")) ?? null;
}

/** Whether it can be a result: a number, or a word or mark that slips print for one. */
function isResult(typed) {
  return /\d|[+−–-]|pos|neg|react|detect|normal|elevated|raised|high|indeterm|equivoc|male/i.test(typed);
}

/** Whether it is a day up to today, written as in `slip_day_form`. */
function isDay(typed) {
  return /^\d{4}-\d\d-\d\d$/.test(typed) && !Number.isNaN(Date.parse(typed)) && typed <= today();
}

function today() {
  const now = new Date();
  return new Date(now.getTime() - now.getTimezoneOffset() * 60_000).toISOString().slice(0, 10);
}

export class SlipReview {
  #dialog;
  #strings;
  #items = [];

  constructor(dialog, strings) {
    this.#dialog = dialog;
    this.#strings = strings;
    this.#at("slip-cancel").addEventListener("click", () => dialog.close("cancel"));
    this.#at("slip-use").addEventListener("click", () => this.#use());
    dialog.addEventListener("keydown", (event) => {
      if (event.key === "Escape" && !dialog.matches(":modal")) dialog.close("cancel");
    });
  }

  /** Over everything; at the kiosk beside its bar and the keyboard on the screen, which must stay in reach. */
  #show() {
    if (this.#app) {
      this.#app.inert = true;
      this.#dialog.show();
    } else this.#dialog.showModal();
  }

  /** The conversation behind the dialog at the kiosk, null elsewhere. */
  get #app() {
    return this.#dialog.closest("[data-position=kiosk]")?.querySelector(".app") ?? null;
  }

  /**
   * Asks about every value; resolves to the message that tells the confirmed ones, empty when there are none.
   * @param {{values: object[], days: {written: string, days: string[]}[], dated: string, picture: boolean}} slip
   * @returns {Promise<string>}
   */
  ask(slip) {
    const decided = () => this.#count();
    this.#items = this.#listed(slip).map((each, index) => new Item(each, index, this.#strings, decided));
    this.#at("slip-values").replaceChildren(...this.#items.map(({ node }) => node));
    this.#at("slip-picture").hidden = !slip.picture;
    this.#count();
    this.#dialog.returnValue = "cancel";
    this.#show();
    this.#at("slip-heading").focus();
    return new Promise((resolve) => {
      this.#dialog.addEventListener("close", () => {
        const text = this.#dialog.returnValue === "use" ? message(this.#items, slip.dated) : "";
        if (this.#app) this.#app.inert = false;
        this.#items = []; // nothing of the slip stays behind
        this.#at("slip-values").replaceChildren();
        resolve(text);
      }, { once: true });
    });
  }

  /** What there is to decide about: what has no day, then each day with its values. */
  #listed(slip) {
    const values = slip.values.map(({ label, words, line, doubtful, day }) => ({
      name: label, value: words === null ? null : words.slice(label.length).trim(), line, doubtful, day,
    }));
    const days = slip.days.map((day, place) => this.#day(day, place, slip.days.length > 1));
    return [null, ...days].flatMap((day, place) => [
      ...(day ? [day] : []), ...values.filter((value) => value.day === (day ? place - 1 : null)),
    ]);
  }

  /** A day. Among several none is left out: its values would be taken for those of today. */
  #day({ written, days }, place, several) {
    const strings = this.#strings;
    const choices = days.map((day) => ({ decision: "keep", title: days.length === 1 ? strings.slip_keep : day, value: day }));
    return {
      name: several ? strings.slip_day_of_these : strings.slip_day, value: days.length === 1 ? days[0] : null, line: written,
      day: place, isDay: true, fixed: several, type: this.#app ? "text" : "date", choices,
    };
  }

  #use() {
    const open = this.#items.find(({ isDone }) => !isDone);
    if (!open) this.#dialog.close("use");
    else {
      this.#at("slip-state").textContent = this.#strings.slip_undecided.replace("{name}", open.about.name);
      open.focus();
    }
  }

  #count() {
    const done = this.#items.filter(({ isDone }) => isDone).length;
    this.#at("slip-state").textContent = this.#strings.slip_count.replace("{done}", done).replace("{all}", this.#items.length);
  }

  #at(id) {
    return this.#dialog.querySelector(`#${id}`);
  }
}

/**
 * The message that tells what was kept, a value on each line, with the day of the sample where that is known.
 * @param {{about: object, value: string | null}[]} items
 * @param {string} dated the words of a value with its day
 */
export function message(items, dated) {
  const days = new Map(items.filter(({ about }) => about.isDay).map(({ about, value }) => [about.day, value]));
  return items.filter(({ about, value }) => !about.isDay && value !== null).map(({ about, value }) => {
    const words = `${about.name} ${value}`;
    const day = days.get(about.day);
    return day ? dated.replace("{words}", words).replace("{date}", day) : words;
  }).join("\n");
}
