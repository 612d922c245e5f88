/**
 * A number as it stands on a slip, entered with large keys: sign, digits, point, power of ten.
 * @module number_pad
 */

import { element } from "../dom.js";

/** A number that is complete, and what may still become one. */
const COMPLETE = /^[<>]?\d+(\.\d+)?(×10\^\d{1,2})?$/;
const BEGUN = /^[<>]?(\d+(\.\d*)?)?(×10\^\d{0,2})?$/;

/** Whether the entry can be told as a number. */
export function isNumber(entry) {
  return COMPLETE.test(entry);
}

/** Whether a number is one that the step can mean; a step without bounds takes any. */
export function isWithin(entry, { least = -Infinity, most = Infinity }) {
  return Number(entry) >= least && Number(entry) <= most;
}

/** The entry after a key; as it was where the key does not fit. */
export function pressed(entry, key, digits) {
  if (key === "erase") return entry.endsWith("×10^") ? entry.slice(0, -4) : entry.slice(0, -1);
  if (key === "power") return isNumber(entry) && !entry.includes("^") ? `${entry}×10^` : entry;
  if (key === "<" || key === ">") return entry.startsWith(key) ? entry.slice(1) : key + entry.replace(/^[<>]/, "");
  const point = /\d$/.test(entry) ? "." : "0."; // ".5" is 0.5: a point that were lost would make it 5
  const next = entry + (key === "point" ? point : key);
  const [mantissa] = next.split("×");
  return BEGUN.test(next) && mantissa.replace(/\D/g, "").length <= digits ? next : entry;
}

/** The entry as it is read: a power stands high. */
export function written(entry) {
  const [mantissa, power] = entry.split("^");
  return [mantissa, ...(power === undefined ? [] : [element("sup", {}, power || "…")])];
}

/**
 * The pad. Its element is `node`.
 * @param {object} step of `steps.json`
 * @param {object} strings of the kiosk
 * @param {string} entry to begin with
 * @param {(entry: string) => void} changed
 */
export function numberPad(step, strings, entry, changed) {
  let now = entry;
  const shown = element("output", { class: "entry", "aria-label": strings.entry_label, "aria-live": "polite" });
  const show = () => shown.replaceChildren(...(now ? written(now) : [element("span", { class: "hint" }, strings.entry_empty)]));
  const key = (name, face) => {
    const button = element("button", { type: "button", class: "key", "data-key": name, "aria-label": strings.keys[name] ?? null }, ...face);
    button.addEventListener("click", () => {
      now = pressed(now, name, step.digits);
      show();
      changed(now);
    });
    return button;
  };
  const digit = (name) => key(name, [name]);
  const extra = [...step.signs.map(digit), ...(step.power ? [key("power", ["×10", element("sup", {}, "n")])] : [])];
  show();
  return element(
    "div", { class: "number" }, shown,
    element(
      "div", { class: "pad", role: "group", "aria-label": strings.pad_label },
      ...["1", "2", "3", "4", "5", "6", "7", "8", "9"].map(digit),
      step.point ? key("point", ["."]) : element("span"), digit("0"), key("erase", ["⌫"]), ...extra,
    ),
  );
}
