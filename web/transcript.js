/**
 * The conversation as plain text, for the reader's own file: who said what, section by section, in order.
 * @module transcript
 */

import { isUnderstood } from "./cards.js";

const WIDTH = 60;

/** What a message says in plain words; a picture is told by its text alternative. */
function words(message) {
  if (isUnderstood(message)) {
    const { label, value, when } = message.card;
    return `- ${label}: ${String(value).trim()}${when?.trim() ? ` (${when.trim()})` : ""}`;
  }
  return message.text ?? [message.card?.title, message.card?.alt].filter(Boolean).join("\n");
}

/** All messages, oldest first, as one text. */
export function transcriptText(messages, strings, language, today = new Date()) {
  const date = new Intl.DateTimeFormat(language, { dateStyle: "long", timeStyle: "short" }).format(today);
  const lines = [strings.save_title, `${strings.summary_date}: ${date}`, strings.summary_footer];
  let speaker = null;
  let section = null;
  for (const message of messages) {
    const patient = message.from === "patient";
    if (message.from !== speaker) lines.push("", "-".repeat(WIDTH), `${patient ? strings.you : strings.assistant}:`);
    const heading = patient ? null : strings.sections[message.section];
    if (heading && (message.section !== section || message.from !== speaker)) lines.push("", heading.toUpperCase());
    lines.push(words(message));
    const titles = (message.buttons ?? []).map(({ title }) => `[${title}]`);
    if (titles.length) lines.push(titles.join(" "));
    [speaker, section] = [message.from, message.section];
  }
  return `${lines.join("\n")}\n`;
}
