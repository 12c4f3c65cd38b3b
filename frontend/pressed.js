// A message that comes while the mouse is down moves what is pressed, and the click is lost: leaving a field counts when it is up.
(() => {
  let down = false;
  const left = [];
  const letGo = () => {
    if (!down) return;
    down = false;
    // After the click.
    setTimeout(() => left.splice(0).forEach((control) => control.dispatchEvent(new FocusEvent("focusout", { bubbles: true }))));
  };
  addEventListener("mousedown", ({ button }) => { down = button === 0; }, true);
  addEventListener("focusout", (event) => {
    if (!down || !event.isTrusted) return;
    event.stopImmediatePropagation();
    left.push(event.target);
  }, true);
  for (const kind of ["mouseup", "dragend", "keydown"]) addEventListener(kind, letGo, true);
  // The window's own.
  addEventListener("blur", letGo);
})();
