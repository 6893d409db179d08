// Puts the panels into the places that the page keeps for them.
import { render } from "preact";
import type { Camera } from "../render/camera.js";
import type { World } from "../render/world.js";
import type { BoardData, BoardState } from "../state.js";
import type { Commands } from "../tools/commands.js";
import { useSprite } from "./icon.js";
import { Overlay } from "./overlay.js";
import { Rail } from "./rail.js";
import { Banner, People, SaveTag } from "./top.js";

export interface PanelProps {
  readonly data: BoardData;
  readonly state: BoardState;
  readonly commands: Commands;
  readonly camera: Camera;
  readonly world: World;
}

export function mountPanels(props: PanelProps, part: (name: string) => HTMLElement): void {
  useSprite(props.data.icons);
  render(<SaveTag {...props} />, part("status"));
  render(<People {...props} />, part("people"));
  render(<Banner {...props} />, part("banner"));
  render(<Rail {...props} />, part("rail"));
  render(<Overlay {...props} />, part("overlay"));
}
