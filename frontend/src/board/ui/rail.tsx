// The tools at the side, at the foot of a phone.
import type { JSX } from "preact";
import type { BoardState, BoardData } from "../state.js";
import type { Commands } from "../tools/commands.js";
import { Icon } from "./icon.js";
import { Popover } from "./popover.js";

interface Props {
  readonly data: BoardData;
  readonly state: BoardState;
  readonly commands: Commands;
}

interface ButtonProps {
  readonly icon: string;
  readonly label: string;
  readonly hotkey: string;
  readonly isPressed?: boolean;
  readonly isDisabled?: boolean;
  readonly class?: string;
  readonly onPress: () => void;
}

function RailButton({ icon, label, hotkey, isPressed, isDisabled = false, class: className = "", onPress }: ButtonProps): JSX.Element {
  return (
    <button
      type="button"
      class={className}
      aria-label={label}
      title={`${label} (${hotkey})`}
      aria-pressed={isPressed}
      aria-disabled={isDisabled}
      onClick={() => {
        if (!isDisabled) onPress();
      }}
    >
      <Icon name={icon} />
      <kbd aria-hidden="true">{hotkey}</kbd>
    </button>
  );
}

export function Rail({ data: { words }, state, commands }: Props): JSX.Element {
  const tool = state.tool.value;
  const mayWrite = state.mayWrite.value;
  return (
    <div role="toolbar" aria-label={words["tools"]} aria-orientation="vertical" class="rail-tools">
      <RailButton icon="cursor" label={words["select"] ?? ""} hotkey="V" isPressed={tool === "select"} onPress={() => (state.tool.value = "select")} />
      <RailButton icon="hand" label={words["hand"] ?? ""} hotkey="H" isPressed={tool === "hand"} class="wide" onPress={() => (state.tool.value = "hand")} />
      {mayWrite && (
        <>
          <hr />
          <RailButton icon="note" label={words["addNote"] ?? ""} hotkey="N" class="rail-add" onPress={() => commands.newNote()} />
          <hr />
          <RailButton icon="undo" label={words["undo"] ?? ""} hotkey="Z" isDisabled={!state.canUndo.value} onPress={() => commands.undo()} />
          <RailButton icon="redo" label={words["redo"] ?? ""} hotkey="Y" isDisabled={!state.canRedo.value} onPress={() => commands.redo()} />
        </>
      )}
      <hr />
      <Popover label={words["keys"] ?? ""} class="wide keys-help" button={<Icon name="info" />}>
        {(close) => (
          <>
            <h2 class="h5">{words["keys"]}</h2>
            <ul>
              {(words["keysText"] ?? "").split(" · ").map((line) => (
                <li key={line}>{line}</li>
              ))}
            </ul>
            <button type="button" class="btn btn-quiet btn-sm" onClick={close}>
              {words["close"]}
            </button>
          </>
        )}
      </Popover>
    </div>
  );
}
