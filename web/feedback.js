/**
 * The question under an answer whether it helped: a vote without words.
 * @module feedback
 */

import { TakenError } from "./api.js";
import { element, icon } from "./dom.js";

const THUMB = "M7 11v9H4v-9h3Zm0 0 4-7a2 2 0 0 1 2 2v4h5a2 2 0 0 1 2 2.3l-1.2 6A2 2 0 0 1 16.8 20H7";

/** Sections that answer something; the first message of one stands for the whole turn. */
const ANSWERS = Object.freeze(["phase", "advice", "situation", "answer"]);

/** The response that a vote on these messages of one turn is for, null when they answer nothing. */
export function votedResponse(messages) {
  const named = messages.filter(({ response, buttons }) => response && !buttons?.length);
  for (const section of ANSWERS) {
    const found = named.find((message) => message.section === section);
    if (found) return found.response;
  }
  return null;
}

/**
 * The question with its two buttons. It is no news: a screen reader meets it, but does not announce it.
 * @param {(vote: "up" | "down") => Promise<void>} vote
 */
export function feedback(strings, vote) {
  const said = element("span", { class: "hint", role: "status" });
  const buttons = ["up", "down"].map((way) => {
    const button = element(
      "button", { type: "button", class: `thumb ${way}`, "aria-label": strings[`helpful_${way}`], "aria-pressed": "false", title: strings[`helpful_${way}`] },
      icon(THUMB),
    );
    button.addEventListener("click", async () => {
      if (button.getAttribute("aria-disabled")) return;
      buttons.forEach((other) => other.setAttribute("aria-disabled", "true"));
      button.setAttribute("aria-pressed", "true");
      try {
        await vote(way);
        said.textContent = strings.helpful_thanks;
      } catch (error) {
        if (error instanceof TakenError) { // given before the page was loaded anew
          button.setAttribute("aria-pressed", "false");
          said.textContent = strings.helpful_before;
          return;
        }
        buttons.forEach((other) => other.removeAttribute("aria-disabled"));
        button.setAttribute("aria-pressed", "false");
        said.textContent = strings.helpful_failed;
      }
    });
    return button;
  });
  return element("div", { class: "feedback", role: "group", "aria-label": strings.helpful }, element("span", {}, strings.helpful), ...buttons, said);
}
