import { startBoard } from "../board/start.js";
import type { BoardData } from "../board/state.js";

const block = document.getElementById("board-data");
const icons = document.getElementById("board-script")?.dataset["icons"] ?? "";
if (block !== null) startBoard({ ...(JSON.parse(block.textContent ?? "") as Omit<BoardData, "icons">), icons });
