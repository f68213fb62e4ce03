// The updates of one experiment, in numbers: given its link and their counts.
import { readFileSync } from "node:fs";
import { readState } from "../../../reluviz/lab/web/science/state.js";
import { drawData, train } from "../../../reluviz/lab/web/science/training.js";
import { updateAt } from "../../../reluviz/lab/web/science/update.js";

const { link, updates } = JSON.parse(readFileSync(0, "utf8"));
const { experiment } = readState(link);
const run = train(experiment, drawData(experiment));
console.log(JSON.stringify(updates.map((k) => updateAt(run, k))));
