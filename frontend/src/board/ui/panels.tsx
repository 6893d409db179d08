// Puts the panels into the places that the page keeps for them.
import { render } from "preact";
import { useSprite } from "./icon.js";
import { Overlay } from "./overlay.js";
import type { PanelProps } from "./panel-props.js";
import { Rail } from "./rail.js";
import { Banner, People, SaveTag } from "./top.js";

export function mountPanels(props: PanelProps, part: (name: string) => HTMLElement): void {
  useSprite(props.data.icons);
  render(<SaveTag {...props} />, part("status"));
  render(<People {...props} />, part("people"));
  render(<Banner {...props} />, part("banner"));
  render(<Rail {...props} />, part("rail"));
  render(<Overlay {...props} />, part("overlay"));
}
