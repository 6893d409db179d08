"""What axe says about a page, one readable line a violation, and whether the page fits."""

from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import Page

# WCAG 2.2 A and AA, and what axe's authors hold to be good practice.
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]

_RUN = """async (tags) => {
  const found = await axe.run({runOnly: {type: 'tag', values: tags}, resultTypes: ['violations']});
  return found.violations.map((each) => [
    each.id,
    each.nodes.map((node) => [node.target.flat().join(' '), node.failureSummary]),
  ]);
}"""
_OVERFLOW = """() => {
  if (document.documentElement.scrollWidth <= window.innerWidth) return [];
  const wide = [...document.querySelectorAll('body *')].filter((element) => {
    const box = element.getBoundingClientRect();
    return box.width > 0 && box.right > window.innerWidth + 1;
  });
  return wide.slice(0, 3).map((element) => `${element.tagName}.${element.className}`);
}"""


def load_axe(page: Page) -> None:
    """Put axe into the page; the page's own policy does not bind the browser's owner."""
    page.evaluate(AXE_SCRIPT)


def find_violations(page: Page) -> list[str]:
    """Return what axe finds now, at this width and in these colours."""
    # Something half faded in has other colours than it will have.
    page.evaluate("() => Promise.all(document.getAnimations().map((each) => each.finished))")
    return [
        f"{rule}: {target}: {' '.join(summary.split())[:300]}"
        for rule, nodes in page.evaluate(_RUN, RULES)
        for target, summary in nodes
    ]


def find_overflow(page: Page) -> list[str]:
    """Return what makes the page wider than the screen."""
    return list(page.evaluate(_OVERFLOW))
