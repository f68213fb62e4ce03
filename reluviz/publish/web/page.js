// The page as a whole: its parts, and the addresses that open it at a film, a chapter, a second.

import { readAddress } from "./address.js";
import { Bar } from "./bar.js";
import { wearColours } from "./colours.js";
import { byId } from "./dom.js";
import { listenToKeys } from "./keys.js";
import { Player } from "./player.js";
import { Resume } from "./resume.js";
import { Screen } from "./screen.js";
import { Search } from "./search.js";
import { Sharing } from "./sharing.js";
import { Transcript } from "./transcript.js";

/** @typedef {import("./film.js").Film} Film */

/** @param {Film[]} films */
export function mount(films) {
  const video = byId("video", HTMLVideoElement);
  video.controls = false; // the bar below the picture has them all, and hides nothing of it
  const player = new Player(video, films);
  const parts = { player, bar: new Bar(player), screen: new Screen(player), search: new Search(films) };
  const resume = new Resume(player);
  new Transcript(player);
  new Sharing(player);
  wearColours();
  listenToKeys(parts);

  /** @param {string} hash */
  function go(hash) {
    const { film, second } = readAddress(films, hash);
    if (!film) return false;
    if (film !== player.film) resume.open(film, second);
    else if (second !== null) player.seek(second);
    return true;
  }

  function arrive() {
    if (!go(location.hash)) return;
    byId("film-title").focus({ preventScroll: true });
    scrollTo({ top: byId("player").offsetTop });
  }

  addEventListener("hashchange", arrive);
  document.addEventListener("click", ({ target }) => {
    const link = target instanceof Element ? target.closest("a") : null;
    if (link && link.getAttribute("href") === location.hash) arrive(); // there already, but perhaps moved on since
  });

  const { film, second } = readAddress(films, location.hash);
  resume.open(film ?? resume.last ?? films[0], second);
}
