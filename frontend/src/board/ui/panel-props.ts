// What every panel of the board is given.
import type { Camera } from "../render/camera.js";
import type { World } from "../render/world.js";
import type { BoardData, BoardState } from "../state.js";
import type { Commands } from "../tools/commands.js";

export interface PanelProps {
  readonly data: BoardData;
  readonly state: BoardState;
  readonly commands: Commands;
  readonly camera: Camera;
  readonly world: World;
}
