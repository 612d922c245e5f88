/**
 * The hand-out's own page: the button that prints it.
 * @module handout_page
 */

const button = document.getElementById("print");
button.hidden = false;
button.addEventListener("click", () => window.print());
