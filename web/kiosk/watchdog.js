/* Loads the page again until it has come up: the server may have been starting when it was first loaded. */

"use strict";

const PATIENCE = 20_000;

setTimeout(() => { if (!document.body.dataset.screen) location.reload(); }, PATIENCE);
