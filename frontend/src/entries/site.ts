import { autosave } from "../controllers/autosave.js";
import { charCount } from "../controllers/char-count.js";
import { copyLink } from "../controllers/copy-link.js";
import { countdown } from "../controllers/countdown.js";
import { currentInView } from "../controllers/current-in-view.js";
import { dialogConfirm } from "../controllers/dialog-confirm.js";
import { filePreview } from "../controllers/file-preview.js";
import { liveProgress } from "../controllers/live-progress.js";
import { localTime } from "../controllers/local-time.js";
import { markdownToolbar } from "../controllers/markdown-toolbar.js";
import { menu } from "../controllers/menu.js";
import { rankList } from "../controllers/rank-list.js";
import { scale } from "../controllers/scale.js";
import { skillPicker } from "../controllers/skill-picker.js";
import { takeFocus } from "../controllers/take-focus.js";
import { themeToggle } from "../controllers/theme-toggle.js";
import { toast } from "../controllers/toast.js";
import { connectWithin } from "../lib/dom.js";
import { sendFormsOnce } from "../lib/send-once.js";

connectWithin(document, {
  "autosave": autosave,
  "char-count": charCount,
  "copy-link": copyLink,
  "countdown": countdown,
  "current-in-view": currentInView,
  "dialog-confirm": dialogConfirm,
  "file-preview": filePreview,
  "live-progress": liveProgress,
  "local-time": localTime,
  "markdown-toolbar": markdownToolbar,
  "menu": menu,
  "rank-list": rankList,
  "scale": scale,
  "skill-picker": skillPicker,
  "take-focus": takeFocus,
  "theme-toggle": themeToggle,
  "toast": toast,
});
sendFormsOnce(window);
