/**
 * The answers offered under a question: buttons, or a checklist when several may apply.
 * @module choices
 */

import { element } from "./dom.js";

/** True for an answer that stands for itself in a checklist ("none of these", "I don't know"). */
function standsAlone(button) {
  return Boolean(button.alone);
}

/**
 * The choices of one question.
 * @param {{buttons: {title: string, choice: string, alone?: boolean}[], select?: string}} message
 * @param {(chosen: {title: string, choice: string}[]) => void} answer called once, with what was chosen
 */
export class Choices {
  /** The element to show. */
  node;
  #strings;
  #answer;
  #hint = null;

  constructor(message, strings, answer) {
    this.#strings = strings;
    this.#answer = answer;
    // A checklist of one item is a question with buttons.
    const many = message.select === "many" && message.buttons.filter((button) => !standsAlone(button)).length > 1;
    const ticks = many ? message.buttons.filter((button) => !standsAlone(button)) : [];
    const single = many ? message.buttons.filter(standsAlone) : message.buttons;
    this.node = element("div", { class: "choices", role: "group", "aria-label": strings.choices_label });
    if (ticks.length) this.node.append(this.#checklist(ticks));
    if (single.length) this.node.append(this.#row(single));
  }

  /**
   * Ends the question. What had the focus keeps it until the reader moves on, because a disabled button
   * would throw a keyboard user back to the top of the page.
   */
  close() {
    for (const control of this.node.querySelectorAll("button:not([disabled]), input:not([disabled])")) {
      if (control === control.getRootNode().activeElement) {
        control.setAttribute("aria-disabled", "true");
        control.addEventListener("blur", () => { control.disabled = true; }, { once: true });
      } else {
        control.disabled = true;
      }
    }
    this.node.classList.add("closed");
  }

  /** Marks what was chosen, for eyes and for screen readers. */
  #mark(node) {
    node.classList.add("chosen");
    node.append(element("span", { class: "visually-hidden" }, ` (${this.#strings.chosen})`));
  }

  #row(buttons) {
    return element("div", { class: "choice-row" }, ...buttons.map((button) => {
      const node = element("button", { type: "button", class: "choice", dir: "auto" }, button.title);
      node.addEventListener("click", () => this.#finish(node, [button], [node]));
      return node;
    }));
  }

  #checklist(buttons) {
    const boxes = buttons.map((button) => {
      const box = element("input", { type: "checkbox" });
      box.addEventListener("click", (event) => { if (this.#closed(box)) event.preventDefault(); });
      const row = element("label", { class: "tick" }, box, element("span", { dir: "auto" }, button.title));
      return { box, button, row };
    });
    const send = element("button", { type: "button", class: "primary" }, this.#strings.send_checked);
    this.#hint = element("p", { class: "hint", role: "status" });
    send.addEventListener("click", () => {
      const ticked = boxes.filter(({ box }) => box.checked);
      if (ticked.length) this.#finish(send, ticked.map(({ button }) => button), ticked.map(({ row }) => row));
      else if (!this.#closed(send)) this.#hint.textContent = this.#strings.nothing_checked;
    });
    return element(
      "fieldset", { class: "checklist" },
      element("legend", {}, this.#strings.checklist_label),
      ...boxes.map(({ row }) => row), send, this.#hint,
    );
  }

  #closed(control) {
    return control.getAttribute("aria-disabled") === "true";
  }

  #finish(pressed, chosen, nodes) {
    if (this.#closed(pressed)) return;
    nodes.forEach((node) => this.#mark(node));
    if (this.#hint) this.#hint.textContent = "";
    this.#answer(chosen.map(({ title, choice }) => ({ title, choice })));
  }
}
