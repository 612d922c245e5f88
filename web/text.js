/**
 * Plain text of a message as paragraphs, lists and links. No markup is read: a blank line ends a
 * paragraph, lines that begin with "- " or "• " make a list, and an https address becomes a link.
 * @module text
 */

import { element } from "./dom.js";

const ADDRESS = /https:\/\/[^\s<>"]+[^\s<>".,;:!?)\]]/g;
const BULLET = /^\s*[-•]\s+/;

/** The line as nodes, its https addresses as links that tell the other site nothing. */
function linked(line) {
  const nodes = [];
  let from = 0;
  for (const match of line.matchAll(ADDRESS)) {
    nodes.push(line.slice(from, match.index));
    nodes.push(element("a", { href: match[0], rel: "noopener noreferrer", target: "_blank" }, match[0]));
    from = match.index + match[0].length;
  }
  nodes.push(line.slice(from));
  return nodes.filter((node) => node !== "");
}

function paragraph(lines) {
  const node = element("p");
  lines.forEach((line, index) => {
    if (index) node.append(element("br"));
    node.append(...linked(line));
  });
  return node;
}

function list(lines) {
  return element("ul", {}, ...lines.map((line) => element("li", {}, ...linked(line.replace(BULLET, "")))));
}

/** The text as an array of block elements. */
export function blocks(text) {
  const runs = [];
  for (const line of String(text).split(/\r?\n/)) {
    const kind = line.trim() === "" ? "gap" : BULLET.test(line) ? "list" : "paragraph";
    const last = runs.at(-1);
    if (last && last.kind === kind) last.lines.push(line);
    else runs.push({ kind, lines: [line] });
  }
  return runs
    .filter((run) => run.kind !== "gap")
    .map((run) => (run.kind === "list" ? list(run.lines) : paragraph(run.lines)));
}
