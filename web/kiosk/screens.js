/**
 * The kiosk's screens: what attracts, the visit with its views, and the dialogs above them.
 * @module screens
 */

import { element, icon } from "../dom.js";

const ARROW = ["M5 12h14", "M13 6l6 6-6 6"];

const button = (id, kind, words, attributes = {}) => element("button", { type: "button", id, class: kind, ...attributes }, words);

function attract(strings) {
  return element(
    "main", { id: "attract", class: "attract" },
    element("img", { src: "/static/icon.svg", alt: "", width: 120, height: 120 }),
    element("p", { class: "attract-title" }, strings.title),
    element("h1", {}, strings.attract_heading),
    element("ul", {}, ...strings.attract_points.map((point) => element("li", {}, point))),
    button("begin", "primary begin", strings.begin, { "aria-disabled": "true" }),
    element("p", { id: "attract-state", class: "wanted", role: "status" }, strings.starting),
    element("p", { class: "emergency" }, strings.attract_emergency),
  );
}

function bar(strings) {
  return element(
    "header", { class: "bar" },
    element("h1", { class: "bar-title" }, strings.title),
    element(
      "nav", { class: "tabs", id: "tabs", "aria-label": strings.bar_label, hidden: true },
      button("tab-guided", "tab", strings.guided_tab), button("tab-chat", "tab", strings.chat_tab), button("tab-home", "tab", strings.home_tab),
      button("speech", "tab", strings.speech, { "aria-pressed": "false", hidden: true }),
    ),
    button("end", "end", strings.end),
  );
}

function choose(strings) {
  const card = (name) => element(
    "button", { type: "button", class: "card", id: `choose-${name}` },
    element("strong", {}, strings[`choose_${name}`]), element("span", {}, strings[`choose_${name}_text`]), icon(...ARROW),
  );
  return element(
    "section", { id: "choose", class: "choose", "aria-labelledby": "choose-heading" },
    element("h2", { id: "choose-heading", tabindex: -1 }, strings.choose_heading), element("div", { class: "cards" }, card("guided"), card("chat")),
  );
}

function dialog(id, strings, ...buttons) {
  return element(
    "dialog", { id, class: "dialog", role: "alertdialog", "aria-labelledby": `${id}-heading`, "aria-describedby": `${id}-text` },
    element("h2", { id: `${id}-heading` }, strings[`${id}_heading`]),
    element("p", { id: `${id}-text` }, strings[`${id}_text`]),
    element("div", { class: "dialog-buttons" }, ...buttons),
  );
}

/**
 * Everything that stands on the page.
 * @param {object} strings of the kiosk
 * @returns {Element[]}
 */
export function screens(strings) {
  return [
    attract(strings),
    element(
      "div", { id: "visit", class: "visit", hidden: true },
      bar(strings),
      element(
        "main", { id: "stage", class: "stage" },
        choose(strings),
        element("section", { id: "guided", class: "guided", "aria-label": strings.guided_label }),
        element("section", { id: "chat", class: "chat", "aria-label": strings.chat_tab }),
        element("section", { id: "home", class: "home", "aria-label": strings.home_heading }),
      ),
      element("section", { id: "keyboard", class: "keyboard", "aria-label": strings.keyboard_label, hidden: true }),
    ),
    dialog("idle", strings, button("idle-end", "end", strings.end), button("idle-stay", "primary", strings.idle_stay)),
    dialog(
      "ending", { ...strings, ending_heading: strings.end_heading, ending_text: strings.end_text },
      button("end-yes", "end", strings.end_yes), button("end-home", "quiet", strings.end_home), button("end-no", "primary", strings.end_no),
    ),
  ];
}
