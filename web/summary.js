/**
 * The page that is printed: what was understood, the newest answer by section, date. No chat around it.
 * @module summary
 */

import { content, isNote, isPoint, isUnderstood, point, pointList, understoodList, understoodRow } from "./cards.js";
import { element } from "./dom.js";

/** Sections of an answer, in the order in which they are printed. */
const PRINTED = Object.freeze(["urgent", "phase", "advice", "situation", "why", "change", "next", "differ", "sources", "notice"]);

/** The messages of the assistant, cut at each message of the patient. */
function turns(messages) {
  const runs = [[]];
  for (const message of messages) {
    if (message.from === "patient") runs.push([]);
    else runs.at(-1).push(message);
  }
  return runs;
}

/**
 * What a summary holds.
 * @returns {{understood: object[], sections: {section: string, messages: object[]}[], answered: boolean}}
 */
export function summarise(messages) {
  const runs = turns(messages).reverse();
  const answer = runs.find((run) => run.some(({ section }) => section === "phase" || section === "advice")) ?? [];
  const latest = runs.find((run) => run.some(isUnderstood)) ?? [];
  // An urgent sign told after the answer still belongs on the paper.
  const urgent = runs.find((run) => run.some(({ section }) => section === "urgent")) ?? [];
  const sections = PRINTED.map((section) => ({
    section,
    messages: (section === "urgent" ? urgent : answer).filter((message) => message.section === section),
  })).filter((part) => part.messages.length);
  return { understood: latest.filter(isUnderstood), sections, answered: answer.length > 0 };
}

/** True when there is something to print. */
export function worthPrinting(messages) {
  const { understood, sections } = summarise(messages);
  return understood.length > 0 || sections.length > 0;
}

/** The messages of one section in their order, points that follow each other in one list. */
function drawn({ section, messages }, strings) {
  const parts = [];
  let points = null;
  for (const message of messages) {
    const listed = isPoint(message) && !isNote(message);
    if (listed && !points) parts.push(points = pointList());
    if (!listed) points = null;
    if (listed) points.append(point(message));
    else parts.push(...content(message));
  }
  return element("section", { class: `section-${section}` }, element("h2", {}, strings.sections[section]), ...parts);
}

/** Fills `article` with the summary. */
export function drawSummary(article, messages, strings, today = new Date()) {
  const { understood, sections, answered } = summarise(messages);
  const date = new Intl.DateTimeFormat(article.closest("[lang]").lang, { dateStyle: "long" }).format(today);
  const list = understoodList();
  list.append(...understood.map((message) => understoodRow(message.card)));
  article.replaceChildren(
    element("h1", {}, strings.summary_title),
    element("p", { class: "summary-date" }, `${strings.summary_date}: ${date}`),
    ...sections.filter(({ section }) => section === "urgent").map((part) => drawn(part, strings)),
    ...(understood.length ? [element("section", {}, element("h2", {}, strings.sections.understood), list)] : []),
    ...(answered ? [] : [element("p", {}, understood.length || sections.length ? strings.summary_no_answer : strings.summary_nothing)]),
    ...sections.filter(({ section }) => section !== "urgent").map((part) => drawn(part, strings)),
    element("p", { class: "summary-footer" }, strings.summary_footer),
  );
}
