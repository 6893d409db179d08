import { countdown } from "../controllers/countdown.js";
import { localTime } from "../controllers/local-time.js";
import { refreshRegion } from "../controllers/refresh-region.js";
import { connectWithin } from "../lib/dom.js";

const main = document.getElementById("main");
if (main !== null) {
  refreshRegion(main, (root) => connectWithin(root, { "countdown": countdown, "local-time": localTime }));
}
