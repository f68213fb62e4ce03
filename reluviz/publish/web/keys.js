// Keys, as on YouTube where it has them. The list of them on the page is made from the same table.

import { byId, make } from "./dom.js";
import { lengthOf } from "./film.js";

/**
 * What keys work on.
 * @typedef {{
 *   player: import("./player.js").Player, bar: import("./bar.js").Bar, screen: import("./screen.js").Screen,
 *   search: import("./search.js").Search,
 * }} Parts
 */
/**
 * keys: as an event names them. shown: as they are written on keyboards.
 * @typedef {{keys: string[], shown: string[], says: string, does: (parts: Parts, key: string) => void}} Key
 */

/** @param {number} seconds @returns {Key["does"]} */
const on = (seconds) => ({ player }, key) => player.seek(player.second + (["l", "ArrowRight"].includes(key) ? seconds : -seconds));

/** @type {Key[]} */
const KEYS = [
  { keys: ["k", " "], shown: ["K", "Space"], says: "play and pause", does: ({ player }) => player.toggle() },
  { keys: ["j", "l"], shown: ["J", "L"], says: "ten seconds back, on", does: on(10) },
  { keys: ["ArrowLeft", "ArrowRight"], shown: ["←", "→"], says: "five seconds back, on", does: on(5) },
  { keys: [",", "."], shown: [",", "."], says: "one frame back, on", does: ({ player }, key) => player.stepFrames(key === "." ? 1 : -1) },
  { keys: ["[", "]"], shown: ["[", "]"], says: "one chapter back, on", does: ({ player }, key) => player.stepChapter(key === "]" ? 1 : -1) },
  {
    keys: [..."0123456789"], shown: ["0", "9"], says: "to the start, to nine tenths",
    does: ({ player }, key) => player.seek((Number(key) / 10) * lengthOf(player.film)),
  },
  { keys: ["r"], shown: ["R"], says: "repeat this chapter", does: ({ bar }) => bar.toggleLoop() },
  { keys: ["c"], shown: ["C"], says: "captions", does: ({ screen }) => screen.toggleCaptions() },
  { keys: ["f"], shown: ["F"], says: "full screen", does: ({ screen }) => screen.toggleFull() },
  { keys: ["i"], shown: ["I"], says: "picture in picture", does: ({ bar }) => bar.togglePictureInPicture() },
  { keys: ["m"], shown: ["M"], says: "sound off, on", does: ({ bar }) => bar.toggleSound() },
  { keys: ["/"], shown: ["/"], says: "search all films", does: ({ search }) => search.begin() },
  { keys: ["?"], shown: ["?"], says: "these keys", does: () => showHelp() },
];

const TYPED_IN = "textarea, select, input:not([type=range]), [contenteditable]";
const help = () => byId("help", HTMLDialogElement);

function showHelp() {
  help().showModal();
}

/** @param {Parts} parts */
export function listenToKeys(parts) {
  const rows = KEYS.flatMap(({ shown, says }) => [
    make("dt", {}, ...shown.flatMap((name) => [make("kbd", { textContent: name }), " "])),
    make("dd", { textContent: says }),
  ]);
  byId("keys").replaceChildren(...rows);
  byId("show-keys").addEventListener("click", showHelp);
  document.addEventListener("keydown", (event) => {
    const { key, target } = event;
    // [ and ] need a further key on many keyboards.
    if (event.metaKey || ((event.ctrlKey || event.altKey) && !"[]".includes(key))) return;
    if (!(target instanceof Element) || help().open || target.closest(TYPED_IN)) return;
    const name = key.length === 1 ? key.toLowerCase() : key;
    const meant = KEYS.find(({ keys }) => keys.includes(name));
    if (!meant || (name === " " && target.closest("button, a, summary")) || (name.startsWith("Arrow") && target.closest("pre"))) return;
    event.preventDefault();
    event.stopPropagation();
    meant.does(parts, name);
  }, true);
}
