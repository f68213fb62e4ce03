// What pushes the origins: given an experiment's link and pairs of iterations, the means between them, and arrows.
import { readFileSync } from "node:fs";
import { arrowsBetween, arrowsOfUpdate, pushesOver } from "../../../reluviz/lab/web/science/pushes.js";
import { readState } from "../../../reluviz/lab/web/science/state.js";
import { drawData, train } from "../../../reluviz/lab/web/science/training.js";

const { link, stretches } = JSON.parse(readFileSync(0, "utf8"));
const { experiment } = readState(link);
const run = train(experiment, drawData(experiment));
console.log(JSON.stringify(stretches.map(([first, last]) => ({
  ...pushesOver(run, first, last), between: arrowsBetween(run, first, last), one: arrowsOfUpdate(run, first),
}))));
