/**
 * What stands in the assistant's shadow root: header, tools, what is read before the first message, the
 * conversation, the message box. Words come from the strings by `data-string`.
 * @module layout
 */

import { element, icon, svg } from "./dom.js";
import { slipButton } from "./slip.js";
import { slipDialog } from "./slip_review.js";

const LIVER = "M8 15c3-5 12-6 19-4 4 1 6 4 5 7-1 4-6 4-9 6s-4 6-8 6c-6 0-9-9-7-15z";
const CLOSE = ["M6 6l12 12", "M18 6 6 18"];
const MENU = ["M5 7h14", "M5 12h14", "M5 17h14"];

const button = (id, name, attributes = {}) => element("button", { type: "button", id, class: "tool", "data-string": name, ...attributes });

/** The assistant's mark, a liver. */
function mark() {
  return svg(
    "svg", { class: "mark", viewBox: "0 0 40 40", width: 40, height: 40, "aria-hidden": "true", focusable: "false" },
    svg("rect", { width: 40, height: 40, rx: 10 }), svg("path", { d: LIVER }),
  );
}

function masthead(page) {
  return element(
    "header", { class: "masthead" },
    page ? element("a", { class: "skip-link", id: "skip", href: "#message", "data-string": "skip_to_message" }) : null,
    mark(),
    element(
      "div", { class: "names" },
      element(page ? "h1" : "h2", { id: "title", class: "title", "data-string": "title" }),
      element("p", { class: "tagline", "data-string": "tagline" }),
    ),
    element(
      "button", { type: "button", id: "menu", class: "tool square", "aria-expanded": "false", "aria-controls": "toolbar", "data-string-label": "menu" },
      icon(...MENU),
    ),
    page ? null : element("button", { type: "button", id: "close", class: "tool square", "data-string-label": "close" }, icon(...CLOSE)),
  );
}

function toolbar() {
  return element(
    "section", { class: "toolbar", id: "toolbar", "data-string-label": "toolbar_label" },
    button("print", "print"), button("save", "save"), button("restart", "restart"), button("delete", "delete"),
  );
}

function welcome({ greeting, consent, language }) {
  return element(
    "section", { class: "welcome", id: "welcome", "aria-labelledby": "welcome-heading" },
    element("h2", { id: "welcome-heading", tabindex: -1, "data-string": "welcome_heading" }),
    greeting ? element("p", { class: "greeting", dir: "auto", lang: language }, greeting) : null,
    element("p", { "data-string": "welcome_intro" }),
    element("ul", { class: "promises", id: "promises" }),
    element("p", { class: "emergency", id: "emergency" }),
    element(
      "div", { class: "consent", id: "consent" },
      element("h3", { "data-string": "consent_heading" }),
      consent ? element("p", { id: "consent-text", dir: "auto", lang: language }, consent) : element("p", { id: "consent-text", "data-string": "consent_text" }),
      element("button", { type: "button", class: "primary", id: "agree", "aria-describedby": "consent-text", "data-string": "consent_yes" }),
    ),
    element(
      "div", { class: "beginning", id: "beginning" },
      element("p", { class: "example", "data-string": "welcome_example" }),
      element("h3", { "data-string": "starters_heading" }),
      element("div", { class: "starters", id: "starters" }),
    ),
  );
}

function dock() {
  return element(
    "section", { class: "dock", "data-string-label": "dock_label" },
    element("p", { class: "status", id: "status", role: "status" }),
    element(
      "form", { class: "composer", id: "composer" },
      element("label", { for: "message", "data-string": "message_label" }),
      element(
        "div", { class: "composer-row" },
        element("textarea", { id: "message", rows: 1, dir: "auto", autocomplete: "off", "aria-describedby": "message-hint" }),
        element("button", { type: "submit", class: "send", "data-string": "send" }),
      ),
      element("p", { class: "hint", id: "message-hint", "data-string": "message_hint" }),
      slipButton(),
    ),
  );
}

function confirmation() {
  return element(
    "dialog", { class: "confirm", id: "confirm", "aria-labelledby": "confirm-heading", "aria-describedby": "confirm-text" },
    element(
      "form", { method: "dialog" },
      element("h2", { id: "confirm-heading" }),
      element("p", { id: "confirm-text" }),
      element(
        "div", { class: "confirm-buttons" },
        element("button", { value: "cancel", class: "quiet", "data-string": "cancel" }),
        element("button", { value: "confirm", class: "primary", id: "confirm-yes" }),
      ),
    ),
  );
}

/** The hand-out before it is printed or saved. */
function sheet() {
  return element(
    "dialog", { class: "sheet screen-only", id: "sheet", "data-string-label": "print" },
    element(
      "div", { class: "sheet-tools" },
      element("button", { type: "button", class: "primary", id: "sheet-print", "data-string": "sheet_print" }),
      element("button", { type: "button", class: "quiet", id: "sheet-save", "data-string": "sheet_save" }),
      element("button", { type: "button", class: "quiet", id: "sheet-close", "data-string": "close" }),
      element("p", { class: "status", id: "sheet-status", role: "status" }),
    ),
    element("div", { id: "sheet-body" }),
  );
}

/** The button that opens the corner. */
function launcher() {
  return element(
    "section", { class: "corner", "data-string-label": "title" },
    element(
      "button", { type: "button", id: "launcher", class: "launcher", "aria-haspopup": "dialog", "aria-expanded": "false" },
      mark(), element("span", { "data-string": "launcher" }),
    ),
  );
}

/**
 * The assistant's elements; `position` says what they stand in.
 * @param {{position: string, greeting: string | null, consent: string | null, language: string | null}} options
 * @returns {Element[]}
 */
export function layout(options) {
  const page = options.position === "page";
  const app = element(
    "div", { class: "app screen-only", id: "app" },
    element("div", { class: "top" }, masthead(page), toolbar()),
    element(
      page ? "main" : "div", { class: "main" },
      welcome(options),
      element(
        "div", { class: "log", id: "log", role: "log", "aria-live": "polite", "aria-relevant": "additions", "data-string-label": "log_label" },
        element("ol", { class: "groups", id: "groups" }),
      ),
    ),
    dock(),
  );
  const summary = element("article", { class: "print-only", id: "summary", "aria-hidden": "true" });
  const corner = options.position.startsWith("corner");
  if (corner) return [launcher(), element("dialog", { class: "panel", id: "panel", "aria-labelledby": "title" }, app), confirmation(), sheet(), slipDialog(), summary];
  return [page ? app : element("section", { class: "inline", "aria-labelledby": "title" }, app), confirmation(), sheet(), slipDialog(), summary];
}
