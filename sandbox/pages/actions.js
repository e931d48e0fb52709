// What people do on the page, listened for in one place.

import { act } from "./api.js";
import { sure } from "./confirm.js";
import { countLetters, forgive, refuse, submit, valueOf } from "./modal.js";
import { state } from "./store.js";
import { toast } from "./toast.js";
import { t } from "./words.js";

const PAUSE = 400;
const waiting = new Map();

/** Listen; `page` offers what clicking a part of the frame does, `shown` draws an answered view. */
export function attend(page, shown) {
  const finish = (answer) => {
    if ("view" in answer || answer.ok) shown(answer);
    if (answer.errors && Object.keys(answer.errors).length) refuse(answer.errors);
    else if (!answer.ok) toast(t("failed", { why: answer.error ?? "?" }));
    return answer;
  };

  document.addEventListener("click", (event) => {
    const own = event.target.closest("[data-do]");
    if (own && own.tagName !== "FORM" && page[own.dataset.do] && !besides(event)) {
      event.preventDefault();
      page[own.dataset.do](own.dataset.id, own);
    }
    const button = event.target.closest("[data-role][data-kind=button], [data-role][data-kind=overflow]");
    if (button) press(button, button.dataset.value).then((answer) => answer && finish(answer));
    for (const menu of document.querySelectorAll("details.overflow[open]"))
      if (!menu.contains(event.target) || button) menu.open = false;
  });

  document.addEventListener("change", (event) => {
    const control = event.target.closest("[data-role]");
    if (!control) return;
    touch(control);
    if (control.dataset.role === "input") give(control).then(finish);
    else press(control, undefined, valueOf(control)).then((answer) => answer && finish(answer));
  });

  document.addEventListener("input", (event) => {
    const control = event.target;
    if (control.dataset.role !== "input" || control.matches("[type=radio], [type=checkbox], select"))
      return;
    touch(control);
    countLetters(control.closest("dialog") ?? document);
    const key = control.dataset.key;
    clearTimeout(waiting.get(key)?.timer);
    waiting.set(key, { control, timer: setTimeout(() => send(key), PAUSE) });
  });

  document.addEventListener("submit", (event) => {
    event.preventDefault();
    const what = event.target.dataset.do;
    if (what === "submit") {
      for (const { timer } of waiting.values()) clearTimeout(timer);
      waiting.clear();
      submit()?.then(finish);
    } else if (page[what]) page[what](null, event.target).then(finish);
    else event.target.closest("dialog")?.close(event.submitter?.value);
  });

  document.getElementById("form").addEventListener("cancel", (event) => {
    event.preventDefault();
    page["close-view"]();
  });
}

const besides = (event) => event.metaKey || event.ctrlKey || event.shiftKey || event.button > 0;

const touch = (control) => {
  const group = control.closest(".choices");
  const all = group ? group.querySelectorAll("input") : [control];
  for (const each of all) each.dataset.touched = "true";
  if (control.closest("#form")) forgive(control.dataset.block);
};

/** Tell the workspace what stands in a field now. */
function give(control) {
  const { block, action, kind, dispatch } = control.dataset;
  const typedText = kind.endsWith("_input");
  clearTimeout(waiting.get(control.dataset.key)?.timer);
  waiting.delete(control.dataset.key);
  if (dispatch !== undefined && !typedText) flush();
  return act("input", {
    as: state.as,
    view_id: viewOf(control),
    block_id: block,
    action_id: action,
    value: valueOf(control),
    dispatch: dispatch !== undefined,
  });
}

function send(key) {
  const held = waiting.get(key);
  waiting.delete(key);
  if (!held?.control.isConnected) return;
  const { block, action } = held.control.dataset;
  act("input", {
    as: state.as,
    view_id: viewOf(held.control),
    block_id: block,
    action_id: action,
    value: valueOf(held.control),
    dispatch: false,
  });
}

/** Send what was typed a moment ago, before anything else is done. */
export function flush() {
  for (const [key, { timer }] of [...waiting]) {
    clearTimeout(timer);
    send(key);
  }
}

const viewOf = (control) => control.closest("[data-view]")?.dataset.view ?? state.view?.id;

async function press(control, value, selected) {
  if (control.dataset.busy) return null;
  if (control.dataset.confirm && !(await sure(JSON.parse(control.dataset.confirm)))) return null;
  flush();
  control.dataset.busy = "true";
  control.setAttribute("aria-busy", "true");
  const { block, action, kind } = control.dataset;
  const chosen = kind === "overflow" ? value : selected;
  const answer = await act("press", {
    as: state.as,
    channel: state.channel,
    ts: control.closest("[data-ts]")?.dataset.ts ?? null,
    in_view: control.closest("[data-view]")?.dataset.view ?? null,
    block_id: block,
    action_id: action,
    value: value ?? null,
    ...(chosen === undefined ? {} : { selected: chosen }),
  });
  delete control.dataset.busy;
  control.removeAttribute("aria-busy");
  return answer;
}
