// The hash of the bytes given as a list.
import { readFileSync } from "node:fs";
import { Sha256 } from "../../../reluviz/lab/web/science/digest.js";

console.log(new Sha256().update(Uint8Array.from(JSON.parse(readFileSync(0, "utf8")))).hex());
