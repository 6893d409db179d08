// What stands over the canvas: the tools of the selected notes, and the zoom.
import type { JSX } from "preact";
import { fill } from "../../lib/dom.js";
import { Icon } from "./icon.js";
import type { PanelProps } from "./panel-props.js";
import { Popover } from "./popover.js";

const STEP_PX = 48;

export function Overlay(props: PanelProps): JSX.Element {
  const { state } = props;
  const hasSelection = state.selection.value.size > 0;
  return (
    <>
      {hasSelection && state.mayWrite.value && <NoteTools {...props} />}
      <Zoom {...props} />
    </>
  );
}

function Zoom({ data: { words }, state, camera, commands }: PanelProps): JSX.Element {
  const percent = Math.round(state.zoom.value * 100);
  return (
    <div class="zoom" data-control="zoom">
      <button type="button" aria-label={words["zoomOut"]} title={words["zoomOut"]} onClick={() => camera.zoomOut()}>
        <Icon name="minus" />
      </button>
      <button type="button" class="num" aria-label={`${words["fit"] ?? ""}, ${percent} %`} title={`${words["fit"] ?? ""} (Shift+1)`} onClick={() => commands.fit()}>
        {fill(words["zoomLevel"] ?? "", { percent })}
      </button>
      <button type="button" aria-label={words["zoomIn"]} title={words["zoomIn"]} onClick={() => camera.zoomIn()}>
        <Icon name="plus" />
      </button>
    </div>
  );
}

function NoteTools(props: PanelProps): JSX.Element {
  const { data, state, commands } = props;
  const { words } = data;
  const [first, ...more] = state.selection.value;
  return (
    <div class="note-tools" role="toolbar" aria-label={words["noteTools"]} data-control="note-tools">
      {more.length > 0 && <span class="count">{fill(words["selectedCount"] ?? "", { count: more.length + 1 })}</span>}
      {more.length === 0 && first !== undefined && (
        <button type="button" aria-label={words["edit"]} title={`${words["edit"] ?? ""} (Enter)`} onClick={() => commands.edit(first)}>
          <Icon name="pen" />
        </button>
      )}
      <Colours {...props} />
      <MoveTo {...props} />
      <button type="button" aria-label={words["duplicate"]} title={`${words["duplicate"] ?? ""} (Ctrl+D)`} onClick={() => commands.duplicate()}>
        <Icon name="copy" />
      </button>
      {state.mayModerate.value ? (
        <button type="button" aria-label={words["hide"]} title={words["hide"]} onClick={() => void commands.hide()}>
          <Icon name="flag" />
        </button>
      ) : (
        more.length === 0 && first !== undefined && (
          <a href={data.reportUrl.replace("NOTE", encodeURIComponent(first))} aria-label={words["report"]} title={words["report"]}>
            <Icon name="flag" />
          </a>
        )
      )}
      <button type="button" aria-label={words["delete"]} title={`${words["delete"] ?? ""} (Del)`} onClick={() => commands.delete()}>
        <Icon name="bin" />
      </button>
    </div>
  );
}

function Colours({ data, commands, world, state }: PanelProps): JSX.Element {
  void state.revision.value;
  const chosen = new Set(world.list().filter(({ id }) => state.selection.value.has(id)).map(({ colour }) => colour));
  const [only, ...others] = chosen;
  const current = others.length === 0 ? only : undefined;
  return (
    <Popover label={data.words["colour"] ?? ""} button={<i class={`swatch-dot c-${current ?? "stone"}`} />}>
      {(close) => (
        <div class="swatches">
          {data.colours.map(({ key, label }) => (
            <button
              key={key}
              type="button"
              class={`c-${key}`}
              aria-label={label}
              title={label}
              aria-pressed={key === current}
              onClick={() => {
                commands.colour(key);
                close();
              }}
            >
              {key === current && <Icon name="check" />}
            </button>
          ))}
        </div>
      )}
    </Popover>
  );
}

/** The way to move notes for whoever does not drag. */
function MoveTo({ data: { words }, commands, world }: PanelProps): JSX.Element {
  const directions = [
    ["left", "moveLeft", -1, 0],
    ["up", "moveUp", 0, -1],
    ["down", "moveDown", 0, 1],
    ["right", "moveRight", 1, 0],
  ] as const;
  return (
    <Popover label={words["moveTo"] ?? ""} button={<Icon name="grip" />}>
      {(close) => {
        const box = world.boxAround(commands.selected());
        return (
          <form
            class="move-to"
            onSubmit={(event) => {
              event.preventDefault();
              const values = new FormData(event.currentTarget);
              commands.moveTo({ x: Number(values.get("x")), y: Number(values.get("y")) });
              close();
            }}
          >
            <div class="steps" role="group" aria-label={words["moveTo"]}>
              {directions.map(([icon, word, dx, dy]) => (
                <button key={word} type="button" aria-label={words[word]} title={words[word]} onClick={() => commands.nudge(dx * STEP_PX, dy * STEP_PX)}>
                  <Icon name={icon} />
                </button>
              ))}
            </div>
            <label>
              {words["across"]}
              <input class="form-control" type="number" name="x" step="any" defaultValue={String(Math.round(box?.x ?? 0))} />
            </label>
            <label>
              {words["down"]}
              <input class="form-control" type="number" name="y" step="any" defaultValue={String(Math.round(box?.y ?? 0))} />
            </label>
            <button type="submit" class="btn btn-quiet btn-sm">
              {words["move"]}
            </button>
          </form>
        );
      }}
    </Popover>
  );
}
