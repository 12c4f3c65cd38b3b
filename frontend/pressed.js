// A message that comes while the mouse is down moves what is pressed, and the click is lost: leaving a field counts when it is up,
// and before what the click does, which may lead away from the page.
(() => {
  let down = false;
  const left = [];
  const leave = () => left.splice(0).forEach((control) => control.dispatchEvent(new FocusEvent("focusout", { bubbles: true })));
  const letGo = () => {
    if (!down) return;
    down = false;
    // Not at once: what is pressed must stay in its place until the browser has found the click's target.
    setTimeout(leave);
  };
  addEventListener("mousedown", ({ button }) => { down = button === 0; }, true);
  addEventListener("focusout", (event) => {
    if (!down || !event.isTrusted) return;
    event.stopImmediatePropagation();
    left.push(event.target);
  }, true);
  addEventListener("click", leave, true);
  for (const kind of ["mouseup", "dragend", "keydown"]) addEventListener(kind, letGo, true);
  // The window's own.
  addEventListener("blur", letGo);
})();
