/**
 * The keyboard on the screen, for the assistant's message box. simple-keyboard draws the keys; what they do is done here,
 * because the box stands in a shadow root.
 * @module keyboard
 */

import { element } from "../dom.js";
import SimpleKeyboard from "./vendor/simple-keyboard/simple-keyboard.js";

const LAYOUT = Object.freeze({
  default: ["q w e r t y u i o p", "a s d f g h j k l", "{shift} z x c v b n m {bksp}", "{numbers} , {space} . {enter} {hide}"],
  shift: ["Q W E R T Y U I O P", "A S D F G H J K L", "{shift} Z X C V B N M {bksp}", "{numbers} , {space} . {enter} {hide}"],
  numbers: ["1 2 3 4 5 6 7 8 9 0", "< > + - × ^ / = % :", "( ) ' \" ! ? ; µ {bksp}", "{letters} , {space} . {enter} {hide}"],
});

/** The key that shows each layout but the one for which it stands. */
const LAYOUTS = Object.freeze({ "{numbers}": "numbers", "{letters}": "default" });

export class Keyboard {
  #node;
  #box;
  #keys;
  #shifted = false;

  /**
   * @param {HTMLElement} node that the keys are drawn in
   * @param {ShadowRoot} root of the assistant
   * @param {object} strings of the kiosk
   */
  constructor(node, root, strings) {
    this.#node = node;
    this.#box = root.getElementById("message");
    this.#box.inputMode = "none"; // no keyboard of the system beside this one
    const names = Object.entries(strings.keyboard_names);
    const frame = element("div", { class: "simple-keyboard" });
    node.append(frame);
    this.#keys = new SimpleKeyboard(frame, {
      layout: LAYOUT,
      display: strings.keyboard_keys,
      mergeDisplay: true,
      useButtonTag: true,
      preventMouseDownDefault: true, // the box keeps the focus
      preventMouseUpDefault: true,
      buttonAttributes: names.map(([key, value]) => ({ attribute: "aria-label", value, buttons: key })),
      onKeyPress: (key) => this.#press(key),
    });
    this.#box.addEventListener("focus", () => this.show());
  }

  show() {
    if (!this.#node.hidden) return;
    this.#node.hidden = false;
    this.#box.scrollIntoView({ block: "nearest" });
  }

  hide() {
    this.#node.hidden = true;
  }

  #press(key) {
    if (key in LAYOUTS) this.#lay(LAYOUTS[key]);
    else if (key === "{shift}") this.#lay(this.#shifted ? "default" : "shift");
    else if (key === "{hide}") this.hide();
    else if (key === "{enter}") this.#box.form.requestSubmit();
    else if (key === "{bksp}") this.#erase();
    else this.#write(key === "{space}" ? " " : key);
  }

  #lay(name) {
    this.#shifted = name === "shift";
    this.#keys.setOptions({ layoutName: name });
  }

  #write(text) {
    this.#box.setRangeText(text, this.#box.selectionStart, this.#box.selectionEnd, "end");
    this.#changed();
    if (this.#shifted) this.#lay("default");
  }

  #erase() {
    const { selectionStart: start, selectionEnd: end } = this.#box;
    this.#box.setRangeText("", start === end ? Math.max(0, start - 1) : start, end, "end");
    this.#changed();
  }

  #changed() {
    this.#box.dispatchEvent(new InputEvent("input", { bubbles: true }));
  }
}
