/**
 * The corner: a button that opens the assistant over the page. On a small screen it fills the screen and keeps the
 * focus inside; elsewhere the page behind stays usable. Escape closes it.
 * @module panel
 */

/** Screens on which a corner would hide what is behind it. */
const SMALL = matchMedia("(max-width: 40em), (max-height: 32em)");

export class Panel {
  #launcher;
  #dialog;
  #focus;
  #changed;

  /**
   * @param {HTMLButtonElement} launcher
   * @param {HTMLDialogElement} dialog
   * @param {() => void} focus puts the focus where the reader goes on
   * @param {(open: boolean) => void} changed
   */
  constructor(launcher, dialog, focus, changed) {
    this.#launcher = launcher;
    this.#dialog = dialog;
    this.#focus = focus;
    this.#changed = changed;
    launcher.addEventListener("click", () => this.open());
    dialog.addEventListener("close", () => this.#closed());
    // A dialog that is not modal leaves Escape to us; one inside it that asks something hears it first.
    document.addEventListener("keydown", (event) => {
      const ours = dialog.open && !event.isComposing && !event.defaultPrevented;
      if (event.key === "Escape" && ours && !dialog.matches(":modal") && !dialog.getRootNode().querySelector(":modal")) dialog.close();
    });
    SMALL.addEventListener("change", () => { if (dialog.open) this.#show(); });
  }

  /** Opens it; a page that comes back with it open (`quietly`) keeps its focus. */
  open({ quietly = false } = {}) {
    if (this.#dialog.open) return;
    if (quietly && SMALL.matches) return; // it would cover a page that the reader came to see
    this.#show(quietly);
    this.#launcher.setAttribute("aria-expanded", "true");
    this.#changed(true);
    if (!quietly) this.#focus();
  }

  close() {
    this.#dialog.close();
  }

  #show(quietly = false) {
    if (this.#dialog.open) this.#dialog.close();
    if (SMALL.matches) this.#dialog.showModal();
    else if (quietly) this.#dialog.open = true;
    else this.#dialog.show();
  }

  #closed() {
    if (this.#dialog.open) return; // shown anew, in the other size
    this.#launcher.setAttribute("aria-expanded", "false");
    this.#changed(false);
    this.#launcher.focus();
  }
}
