// What part of the board is seen: pan and zoom by d3-zoom, everything else reads `camera.view`.
import { select } from "d3-selection";
import { zoom, zoomIdentity } from "d3-zoom";
import type { D3ZoomEvent, ZoomTransform } from "d3-zoom";

export interface Box {
  readonly x: number;
  readonly y: number;
  readonly w: number;
  readonly h: number;
}

const ZOOM_LEAST = 0.1;
const ZOOM_MOST = 4;
const STEP = 1.25;
const LINE_PX = 16;
const FIT_MARGIN_PX = 64;

/** Whether this gesture pans the view; decided by the tools. */
export type PanFilter = (event: MouseEvent | TouchEvent) => boolean;

export class Camera {
  private readonly selection;
  private readonly behaviour;
  private readonly listeners: (() => void)[] = [];
  private current: ZoomTransform = zoomIdentity;

  constructor(
    private readonly canvas: HTMLElement,
    mayPan: PanFilter,
  ) {
    this.selection = select<HTMLElement, unknown>(canvas);
    this.behaviour = zoom<HTMLElement, unknown>()
      .scaleExtent([ZOOM_LEAST, ZOOM_MOST])
      .filter((event: Event) => {
        if (event instanceof WheelEvent) return event.ctrlKey || event.metaKey;
        return event instanceof MouseEvent || event instanceof TouchEvent ? mayPan(event) : false;
      })
      .on("zoom", (event: D3ZoomEvent<HTMLElement, unknown>) => {
        this.current = event.transform;
        for (const listener of this.listeners) listener();
      });
    this.selection.call(this.behaviour).on("dblclick.zoom", null);
    canvas.addEventListener("scroll", () => this.absorbScroll());
    canvas.addEventListener("wheel", (event) => this.scroll(event), { passive: false });
  }

  get view(): { readonly x: number; readonly y: number; readonly k: number } {
    return this.current;
  }

  onMove(listener: () => void): void {
    this.listeners.push(listener);
  }

  /** From a place on the screen (client coordinates) to one on the board. */
  toWorld(clientX: number, clientY: number): { x: number; y: number } {
    const rect = this.canvas.getBoundingClientRect();
    const [x, y] = this.current.invert([clientX - rect.left, clientY - rect.top]);
    return { x, y };
  }

  /** From a place on the board to one within the canvas. */
  toCanvas(x: number, y: number): { x: number; y: number } {
    const [canvasX, canvasY] = this.current.apply([x, y]);
    return { x: canvasX, y: canvasY };
  }

  /** The part of the board that is seen, with so many screen pixels around it. */
  visible(margin = 0): Box {
    const [x, y] = this.current.invert([-margin, -margin]);
    const { clientWidth, clientHeight } = this.canvas;
    return { x, y, w: (clientWidth + 2 * margin) / this.current.k, h: (clientHeight + 2 * margin) / this.current.k };
  }

  middle(): { x: number; y: number } {
    const seen = this.visible();
    return { x: seen.x + seen.w / 2, y: seen.y + seen.h / 2 };
  }

  panBy(dx: number, dy: number): void {
    this.behaviour.translateBy(this.selection, dx / this.current.k, dy / this.current.k);
  }

  zoomIn(): void {
    this.behaviour.scaleBy(this.selection, STEP);
  }

  zoomOut(): void {
    this.behaviour.scaleBy(this.selection, 1 / STEP);
  }

  /** Show all of a box, never larger than life; where that were smaller than `least`, its beginning. */
  fit(box: Box, least = ZOOM_LEAST): void {
    const { clientWidth, clientHeight } = this.canvas;
    const margin = Math.min(FIT_MARGIN_PX, clientWidth / 16);
    const k = Math.max(least, Math.min(1, (clientWidth - 2 * margin) / box.w, (clientHeight - 2 * margin) / box.h));
    const x = Math.max(margin, (clientWidth - box.w * k) / 2);
    const y = Math.max(margin, (clientHeight - box.h * k) / 2);
    this.behaviour.transform(this.selection, zoomIdentity.translate(x, y).scale(k).translate(-box.x, -box.y));
  }

  /** Pan as little as possible until a box is seen. */
  reveal(box: Box, margin = 24): void {
    const { k } = this.current;
    const { clientWidth, clientHeight } = this.canvas;
    const at = this.toCanvas(box.x, box.y);
    this.panBy(
      shift(at.x, box.w * k, clientWidth, margin),
      shift(at.y, box.h * k, clientHeight, margin),
    );
  }

  /** A browser that brings something into view scrolls the canvas; the camera does it instead. */
  private absorbScroll(): void {
    const { scrollLeft, scrollTop } = this.canvas;
    if (scrollLeft === 0 && scrollTop === 0) return;
    this.canvas.scrollTo(0, 0);
    this.panBy(-scrollLeft, -scrollTop);
  }

  private scroll(event: WheelEvent): void {
    if (event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    const unit = event.deltaMode === WheelEvent.DOM_DELTA_LINE ? LINE_PX : 1;
    const [dx, dy] = event.shiftKey && event.deltaX === 0 ? [event.deltaY, 0] : [event.deltaX, event.deltaY];
    this.panBy(-dx * unit, -dy * unit);
  }
}

function shift(start: number, size: number, room: number, margin: number): number {
  if (start < margin || size > room - 2 * margin) return start < margin || start + size > room - margin ? margin - start : 0;
  return Math.min(0, room - margin - (start + size));
}
