// Trains the experiments given as a list on standard input; writes all numbers of all runs, one behind the other, to the
// file named, and a line of JSON for each run.
import { readFileSync, writeFileSync } from "node:fs";
import { stateHash } from "../../../reluviz/lab/web/science/digest.js";
import { settled } from "../../../reluviz/lab/web/science/state.js";
import { drawData, train } from "../../../reluviz/lab/web/science/training.js";

const parts = JSON.parse(readFileSync(0, "utf8")).map((description) => {
  const experiment = settled(description);
  const data = drawData(experiment);
  const run = train(experiment, data);
  console.log(JSON.stringify({ updates: run.updates, overflowed: run.overflowed, hash: [...stateHash(run)].at(-1) }));
  return [data.xs, data.ys, run.weights, run.biases, run.outputBiases, run.inputs, run.residuals];
});
writeFileSync(process.argv[2], Buffer.concat(parts.flat().map((part) => Buffer.from(part.buffer, part.byteOffset, part.byteLength))));
