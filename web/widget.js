/**
 * The one line for any page: `<script type="module" src="https://ASSISTANT/static/widget.js"></script>`.
 *
 * Puts `<hepb-assistant>` at the end of the page, or where the line stands when it is to be inline, with the line's `data-` attributes (`data-position`, `data-language`,
 * `data-theme`, `data-greeting`, `data-consent`), unless the page has that element already.
 * @module widget
 */

import { AssistantElement } from "./element.js";

const NAME = "hepb-assistant";

if (!customElements.get(NAME)) customElements.define(NAME, AssistantElement);

if (!document.querySelector(NAME)) {
  const line = [...document.querySelectorAll("script[type=module][src]")].find(({ src }) => src === import.meta.url);
  const assistant = document.createElement(NAME);
  for (const [name, value] of Object.entries(line?.dataset ?? {})) assistant.setAttribute(name, value);
  // A corner belongs to the whole page; in the head nothing is shown.
  if (line?.dataset.position === "inline" && document.body.contains(line)) line.after(assistant);
  else document.body.append(assistant);
}
