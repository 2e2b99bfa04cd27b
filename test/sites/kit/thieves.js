/** Sites that take keys and focus wherever they can. */
export function stealKeys(player, { seekSec, toggleKeys, isEditable = () => false }) {
  document.addEventListener('keydown', (event) => {
    if (isEditable(event.target)) return;
    if (toggleKeys.includes(event.key)) player.toggle();
    else if (event.key === 'ArrowRight') player.seek(player.contentSec() + seekSec);
    else if (event.key === 'ArrowLeft') player.seek(player.contentSec() - seekSec);
    else return;
    event.preventDefault();
  });
}

export function stealFocus(element) {
  element.tabIndex = 0;
  document.addEventListener('focusout', () =>
    setTimeout(() => document.hasFocus() && element.focus({ preventScroll: true })),
  );
}
