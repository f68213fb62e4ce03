// The hashes of the bytes given as lists.
import { readFileSync } from "node:fs";
import { Sha256 } from "../../../reluviz/lab/web/science/digest.js";

for (const bytes of JSON.parse(readFileSync(0, "utf8"))) console.log(new Sha256().update(Uint8Array.from(bytes)).hex());
