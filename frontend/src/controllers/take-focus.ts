/** An error summary takes the focus when the page opens, so that it is read first. */
export function takeFocus(element: HTMLElement): void {
  element.focus();
}
