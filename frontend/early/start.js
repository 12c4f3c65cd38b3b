// Corrects a form from its first moments, until the application has taken over (`data-hydrated`). The rules and the words
// are those of the application, in a wasm of their own; here is only what they need of a page.
import init, { judge } from "./early.js";

const PART = "\u001f";
const root = document.documentElement;

const message = (id, kind) => document.getElementById(`${id}-${kind}`);
const holder = (id) => document.getElementById(id)?.closest(".field");

// The text node itself stays: the application looks for it when it takes over.
function say(element, words) {
  if (!element) return;
  if (element.firstChild) element.firstChild.data = words;
  else element.textContent = words;
}

function state(id) {
  const shown = holder(id)?.dataset.state ?? "";
  return shown === "ok" && message(id, "note")?.textContent.trim() ? "note" : shown;
}

function show(id, next, words) {
  const control = document.getElementById(id);
  if (!control) return;
  if (next === "=") {
    control.value = words;
    return;
  }
  // What the application reads when it takes over.
  control.setAttribute("data-judged", next);
  holder(id).dataset.state = next === "note" ? "ok" : next;
  if (next === "bad") control.setAttribute("aria-invalid", "true");
  else control.removeAttribute("aria-invalid");
  say(message(id, "error"), next === "bad" ? words : "");
  say(message(id, "note"), next === "note" ? words : "");
}

function ask(form, field, left) {
  const filled = new FormData(form);
  const names = new Set([...form.elements].map((control) => control.name).filter(Boolean));
  const all = [...names].flatMap((name) => [name, filled.get(name) ?? "", state(name)]);
  const now = Date.now() - new Date().getTimezoneOffset() * 60_000;
  const told = judge(form.id, root.lang, now, field, left, all.join(PART)).split(PART);
  for (let at = 0; at + 2 < told.length; at += 3) show(told[at], told[at + 1], told[at + 2]);
}

// Resolves when the form answers.
export default async function early() {
  await init({ module_or_path: new URL("./early_bg.wasm", import.meta.url) });
  const form = document.querySelector("form[data-early]");
  if (!form) return;
  const listen = (kind, left) => {
    const heard = ({ target }) => {
      if (root.hasAttribute("data-hydrated")) form.removeEventListener(kind, heard);
      else if (target.name) ask(form, target.name, left);
    };
    form.addEventListener(kind, heard);
  };
  listen("input", false);
  listen("focusout", true);
  // What was typed, and left, before this arrived.
  for (const control of form.elements) {
    if (control.value !== control.defaultValue && control !== document.activeElement) ask(form, control.name, true);
  }
}
