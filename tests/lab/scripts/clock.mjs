// The clocks of runs of so many updates: which iteration at which second, and back.
import { readFileSync } from "node:fs";
import { Clock, SECONDS } from "../../../reluviz/lab/web/science/wake.js";

console.log(JSON.stringify(JSON.parse(readFileSync(0, "utf8")).map((updates) => {
  const clock = new Clock(updates);
  const seconds = Array.from({ length: 21 }, (_, k) => (k / 20) * SECONDS);
  const iterations = seconds.map((second) => clock.iteration(second));
  return { seconds, iterations, back: iterations.map((iteration) => clock.second(iteration)) };
})));
