// The form on top: a dialog that follows the view, keeps what was typed, and sends it.

import { act } from "./api.js";
import { blocks } from "./blocks.js";
import { byKey, fill, h } from "./dom.js";
import { textOf } from "./elements.js";
import { state } from "./store.js";
import { t } from "./words.js";

const form = () => document.getElementById("form");
let shown = null;
let steps = "";
let objections = {};

/** Make the dialog what the view says, or put it away when there is none. */
export function drawModal() {
  const dialog = form();
  const view = state.view;
  if (!view) {
    shown = null;
    if (dialog.open) dialog.close();
    return;
  }
  const before = shown;
  shown = view.id;
  if (before !== view.id) objections = {};
  const errors = { ...objections, ...view.errors };
  fill(
    dialog,
    h(
      "form",
      { method: "dialog", "data-key": view.id, "data-do": "submit", novalidate: true },
      h(
        "header",
        {},
        h("h2", { id: "form-title" }, textOf(view.title)),
        h("button", { type: "button", class: "icon", "data-do": "close-view", "aria-label": t("close") }, "×"),
      ),
      h(
        "div",
        { class: "body", "data-view": view.id },
        blocks(view.blocks, { values: view.values, errors }),
      ),
      h(
        "footer",
        {},
        h("button", { type: "button", class: "button", "data-do": "close-view" }, textOf(view.close) || t("cancel")),
        view.submit && h("button", { type: "submit", class: "button primary" }, textOf(view.submit)),
      ),
    ),
  );
  if (!dialog.open) dialog.showModal();
  settle(dialog, view, before !== view.id);
  countLetters(dialog);
}

/** Start a new step at its top; give focus back if what had it is gone. */
function settle(dialog, view, isNew) {
  const inputs = view.blocks.filter((block) => block.type === "input").map((block) => block.block_id);
  const known = new Set(steps.split("\n"));
  const fresh = isNew || (inputs.length > 0 && !inputs.some((id) => known.has(id)));
  steps = inputs.join("\n");
  if (fresh) dialog.querySelector(".body").scrollTop = 0;
  const lost = !dialog.contains(document.activeElement) || document.activeElement === dialog;
  if (!fresh && !lost) return;
  const wanted =
    dialog.querySelector("[autofocus]") ??
    dialog.querySelector(".field input, .field textarea, .field select, .body button") ??
    dialog.querySelector("footer .button");
  wanted?.focus({ preventScroll: fresh });
}

/** All that stands in the form now, block id to action id to value. */
export function formState(root = form()) {
  const all = {};
  for (const control of root.querySelectorAll("[data-role=input]")) {
    const { block, action } = control.dataset;
    all[block] ??= {};
    all[block][action] = valueOf(control);
  }
  return all;
}

/** What a control holds: text, an option's value, a list of them, or null. */
export function valueOf(control) {
  const { kind } = control.dataset;
  if (control.type === "radio" || control.type === "checkbox") {
    const group = [...control.closest(".choices").querySelectorAll("input:checked")];
    const picked = group.map((each) => each.dataset.value);
    return control.type === "radio" ? (picked[0] ?? null) : picked;
  }
  if (kind === "datetimepicker")
    return control.value ? String(Math.floor(new Date(control.value).getTime() / 1000)) : null;
  return control.value === "" ? null : control.value;
}

export function submit() {
  const view = state.view;
  const body = form().querySelector(".body");
  if (!view || form().dataset.busy) return;
  const missing = missingIn(body);
  if (Object.keys(missing).length) return refuse(missing);
  form().dataset.busy = "true";
  objections = {};
  return act("submit", { as: state.as, view_id: view.id, state: formState() }).then((answer) => {
    delete form().dataset.busy;
    return answer;
  });
}

/** Show what is wrong, each at its field, and go to the first. */
export function refuse(errors) {
  if (!state.view) return;
  objections = errors;
  drawModal();
  const first = state.view.blocks.find((block) => errors[block.block_id]);
  const field = first && byKey(form(), first.block_id);
  const control = field?.querySelector("input, textarea, select");
  control?.focus({ preventScroll: true });
  field?.scrollIntoView({ block: "center" });
}

/** What was wrong at a field is no longer said once it is changed. */
export function forgive(block) {
  const { [block]: known, ...others } = state.view?.errors ?? {};
  if (!known && !objections[block]) return;
  delete objections[block];
  state.view = { ...state.view, errors: others };
  drawModal();
}

function missingIn(body) {
  const missing = {};
  for (const field of body.querySelectorAll("[data-required]")) {
    const control = field.querySelector("[data-role=input]");
    if (!control) continue;
    const value = valueOf(control);
    const empty = Array.isArray(value) ? !value.length : !value?.trim();
    if (empty) missing[control.dataset.block] = t("required");
  }
  return missing;
}

/** Say how many characters are left where a limit is near. */
export function countLetters(root) {
  for (const place of root.querySelectorAll("[data-left]")) {
    const control = document.getElementById(place.dataset.left);
    const left = control ? control.maxLength - control.value.length : Infinity;
    place.textContent = left <= 100 ? t("left", { n: left }) : "";
  }
}
