"""A walk through a page with the Tab key."""

from dataclasses import dataclass

from playwright.sync_api import Page

# Every control of the main part that somebody at a keyboard should come to. A group of radio
# buttons is one stop; what is closed away or disabled is none.
_MARK = """() => {
  const kinds = ['a[href]', 'button', 'input', 'select', 'textarea', 'summary'];
  const groups = new Map();
  const names = {};
  let number = 0;
  for (const each of document.querySelectorAll(kinds.map((kind) => `main ${kind}`).join())) {
    if (each.matches(':disabled') || each.tabIndex < 0 || each.type === 'hidden') continue;
    if (!each.checkVisibility({visibilityProperty: true})) continue;
    const group = each.type === 'radio' ? each.name : '';
    if (!groups.has(group)) {
      number += 1;
      const words = each.id || each.name || each.textContent.trim().slice(0, 40);
      names[number] = `${each.tagName.toLowerCase()} ${words}`;
      if (group) groups.set(group, number);
    }
    each.dataset.stop = String(group ? groups.get(group) : number);
  }
  return names;
}"""
# A ring may be drawn by the control itself, by its label, or by the part that stands for it.
_LOOK = """async () => {
  await new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)));
  const now = document.activeElement;
  if (!now || now === document.body) return null;
  const near = [now, now.nextElementSibling, now.closest('label')].filter(Boolean);
  // The button inside a field of dates has the browser's own ring, which no script can see.
  const isInside = !now.matches(':focus');
  const isRinged = isInside || near.some((each) => {
    const style = getComputedStyle(each);
    const hasOutline = style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2;
    return hasOutline || style.boxShadow !== 'none';
  });
  const box = now.getBoundingClientRect();
  const heights = [box.top + 6, box.y + box.height / 2, box.bottom - 6];
  const shown = heights.map((y) => document.elementFromPoint(Math.max(1, box.x + 6), y));
  return {
    stop: now.dataset.stop || '',
    name: `${now.tagName.toLowerCase()}#${now.id}.${now.className}`,
    isRinged,
    isSeen: near.some((each) => shown.some((top) => each.contains(top))),
  };
}"""


@dataclass(frozen=True)
class Walk:
    """What a walk by keyboard found wanting; three empty lists are a good page."""

    not_reached: list[str]
    without_ring: list[str]
    covered: list[str]


def tab_through(page: Page, presses_max: int = 250) -> Walk:
    """Press Tab until every control of the main part had the focus."""
    page.emulate_media(reduced_motion="reduce")
    names: dict[str, str] = page.evaluate(_MARK)
    missing = set(names)
    without_ring, covered = [], []
    for _press in range(presses_max):
        page.keyboard.press("Tab")
        look = page.evaluate(_LOOK)
        if look is None:
            break
        missing.discard(look["stop"])
        if not look["isRinged"]:
            without_ring.append(look["name"])
        if not look["isSeen"]:
            covered.append(look["name"])
        if not missing:
            break
    return Walk([names[each] for each in sorted(missing, key=int)], without_ring, covered)
