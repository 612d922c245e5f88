/**
 * The kiosk: one more page with the assistant, for visitors who stand in front of it one after the other.
 * @module kiosk
 */

import { SERVER } from "../api.js";
import { AssistantElement } from "../element.js";
import { loadStrings } from "../strings.js";
import { lockdown } from "./lockdown.js";
import { screens } from "./screens.js";
import { Visit } from "./visit.js";
import { wipeLeftovers } from "./wiping.js";

/** Milliseconds between looks whether the server is well. */
const LOOK = 3_000;

const at = (id) => document.getElementById(id);
const pause = (milliseconds) => new Promise((resolve) => { setTimeout(resolve, milliseconds); });

async function isWell() {
  try {
    return (await fetch(new URL("health", SERVER), { cache: "no-store" })).ok;
  } catch {
    return false;
  }
}

async function readJson(address) {
  const response = await fetch(address, { cache: "no-store" });
  if (!response.ok) throw new Error(`${address}: ${response.status}`);
  return response.json();
}

/** Lets the next visitor begin while the server is well; after it was away, with the page as the server has it now. */
async function watch(strings) {
  let away = false;
  for (;;) {
    const well = await isWell();
    if (document.body.dataset.screen !== "attract") return;
    if (well && away) location.reload();
    away = !well;
    at("begin").setAttribute("aria-disabled", String(away));
    at("attract-state").textContent = away ? strings.starting : "";
    await pause(LOOK);
  }
}

let files = false;
lockdown(() => files);
customElements.define("hepb-assistant", AssistantElement);
const [{ strings, language }, settings, steps] = await Promise.all([
  loadStrings(navigator.languages, import.meta.url),
  readJson(new URL("kiosk/settings", SERVER)),
  readJson(new URL("steps.json", import.meta.url)),
]);
files = settings.files;
document.documentElement.lang = language;
document.title = strings.title;
document.body.append(...screens(strings));
await wipeLeftovers();
const visit = new Visit(strings, settings, steps, isWell);
at("begin").addEventListener("click", () => {
  if (at("begin").getAttribute("aria-disabled") === "false") visit.begin();
});
document.body.dataset.screen = "attract";
watch(strings);
