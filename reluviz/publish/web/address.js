// Addresses: index.html#one-neuron, #one-neuron/3 for a chapter, #one-neuron&t=37 for a second.

/** @typedef {import("./film.js").Film} Film */

/** @param {Film} film @param {number} second */
export const addressOf = (film, second) => `#${film.name}&t=${Number(second.toFixed(2))}`;

/**
 * What an address asks for. second: null where it names none.
 * @param {Film[]} films
 * @param {string} hash
 * @returns {{film: Film | undefined, second: number | null}}
 */
export function readAddress(films, hash) {
  const [, name, chapter, second] = decoded(hash).match(/^#([^/&]*)(?:[/](\d+))?(?:&t=(\d+(?:[.]\d*)?))?/) ?? [];
  const film = films.find((one) => one.name === name);
  if (second !== undefined) return { film, second: Number(second) };
  const number = Math.min(Number(chapter ?? 0), film?.chapters.length ?? 0);
  return { film, second: film && number > 0 ? film.chapters[number - 1].start + 0.001 : null };
}

/** @param {string} hash */
function decoded(hash) {
  try {
    return decodeURIComponent(hash);
  } catch {
    return hash; // a lone % is no code
  }
}
