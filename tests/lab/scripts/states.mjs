// Reads the links given as a list on standard input, and answers a list: each written again, and as TOML.
import { readFileSync } from "node:fs";
import { readState, writeState, writeToml } from "../../../reluviz/lab/web/science/state.js";

const answers = JSON.parse(readFileSync(0, "utf8")).map((link) => {
  try {
    const state = readState(link);
    return { link: writeState(state), toml: writeToml(state.experiment), iteration: state.iteration };
  } catch (error) {
    return { error: error.message };
  }
});
console.log(JSON.stringify(answers));
