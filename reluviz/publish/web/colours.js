// Light and dark: as the system has it, until the reader chooses.

import { byId, memory, say } from "./dom.js";

const KEY = "reluviz-theme";
const NAMES = ["automatic", "light", "dark"];

export function wearColours() {
  const { dataset } = document.documentElement;
  /** @param {string} name */
  const wear = (name) => {
    if (name === "automatic") delete dataset.theme;
    else dataset.theme = name;
    say(byId("theme"), `Colours: ${name}`);
  };
  byId("theme").addEventListener("click", () => {
    const next = NAMES[(NAMES.indexOf(dataset.theme ?? "automatic") + 1) % NAMES.length];
    wear(next);
    memory.set(KEY, next);
  });
  const chosen = memory.get(KEY);
  wear(NAMES.includes(chosen) ? chosen : "automatic");
}
