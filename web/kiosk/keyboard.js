/**
 * The keyboard on the screen, for the assistant's message box and the fields in which a value of a slip is corrected.
 * simple-keyboard draws the keys; what they do is done here, because the fields stand in a shadow root.
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

/** Where letters are typed. */
const FIELDS = "textarea, .slip-field";

export class Keyboard {
  #node;
  #message;
  #field;
  #keys;
  #faces;
  #done;
  #shifted = false;

  /**
   * @param {HTMLElement} node that the keys are drawn in
   * @param {ShadowRoot} root of the assistant
   * @param {object} strings of the kiosk
   */
  constructor(node, root, strings) {
    this.#node = node;
    this.#message = this.#field = root.getElementById("message");
    this.#faces = strings.keyboard_keys;
    this.#done = strings.keyboard_done;
    const names = Object.entries(strings.keyboard_names);
    const frame = element("div", { class: "simple-keyboard" });
    node.append(frame);
    this.#keys = new SimpleKeyboard(frame, {
      layout: LAYOUT,
      display: this.#faces,
      mergeDisplay: true,
      useButtonTag: true,
      preventMouseDownDefault: true, // the field keeps the focus
      preventMouseUpDefault: true,
      buttonAttributes: names.map(([key, value]) => ({ attribute: "aria-label", value, buttons: key })),
      onKeyPress: (key) => this.#press(key),
    });
    this.#message.inputMode = "none"; // no keyboard of the system beside this one
    for (const sign of ["focusin", "click"]) {
      root.addEventListener(sign, ({ type, target }) => {
        if (target.matches(FIELDS)) this.#showFor(target);
        // What is to be read has the room. Not for a button: it would move away from under the finger.
        else if (type === "focusin" && target.matches("dialog > h2")) this.hide();
      });
    }
    root.addEventListener("close", () => this.hide(), { capture: true }); // a dialog took its fields along
  }

  #showFor(field) {
    field.inputMode = "none";
    if (field !== this.#field) {
      const sends = field === this.#message;
      this.#keys.setOptions({ display: { ...this.#faces, "{enter}": sends ? this.#faces["{enter}"] : this.#done } });
      this.#lay(sends ? "default" : "numbers");
    }
    this.#field = field;
    this.#node.hidden = false;
    field.scrollIntoView({ block: field === this.#message ? "nearest" : "center" });
  }

  hide() {
    this.#node.hidden = true;
  }

  #press(key) {
    if (key in LAYOUTS) this.#lay(LAYOUTS[key]);
    else if (key === "{shift}") this.#lay(this.#shifted ? "default" : "shift");
    else if (key === "{hide}") this.hide();
    else if (key === "{enter}") this.#enter();
    else if (key === "{bksp}") this.#erase();
    else this.#write(key === "{space}" ? " " : key);
  }

  /** Sends the message; a field of a slip is only finished. */
  #enter() {
    if (this.#field === this.#message) this.#message.form.requestSubmit();
    else this.hide();
  }

  #lay(name) {
    this.#shifted = name === "shift";
    this.#keys.setOptions({ layoutName: name });
  }

  #write(text) {
    this.#field.setRangeText(text, this.#field.selectionStart, this.#field.selectionEnd, "end");
    this.#changed();
    if (this.#shifted) this.#lay("default");
  }

  #erase() {
    const { selectionStart: start, selectionEnd: end } = this.#field;
    this.#field.setRangeText("", start === end ? Math.max(0, start - 1) : start, end, "end");
    this.#changed();
  }

  #changed() {
    this.#field.dispatchEvent(new InputEvent("input", { bubbles: true }));
  }
}
