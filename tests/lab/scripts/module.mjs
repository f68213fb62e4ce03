// Loads the text of a module given on standard input, and says what it exports.
import { readFileSync } from "node:fs";

const text = JSON.parse(readFileSync(0, "utf8"));
const module = await import(`data:text/javascript,${encodeURIComponent(text)}`);
console.log(Object.keys(module).join(" "), Object.keys(module.default).join(" "));
