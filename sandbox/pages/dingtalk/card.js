// An interactive card: its title, its texts, its form, its buttons.

import { h } from "../dom.js";
import { state } from "../store.js";
import { t } from "../words.js";
import { markdown, picture } from "./markdown.js";

/** What the client says is missing or wrong, card id to field to words. */
export const objections = new Map();

export function card(told, show) {
  const wrong = objections.get(told.id) ?? {};
  return h(
    "div",
    { class: "card", "data-card": told.id },
    told.title && h("h4", { class: "card-title" }, told.title),
    told.picture && picture(told.picture),
    told.texts.map((text) => markdown(text, show)),
    told.fields &&
      h(
        "form",
        { class: "card-form", "data-do": "fill", "data-key": `${told.id}/${told.fields.map((each) => each.name).join(" ")}`, novalidate: true },
        told.fields.filter((each) => !each.hidden).map((each) => field(told.id, each, wrong[each.name])),
        h("button", { type: "submit", class: "button primary" }, told.submit || t("submit")),
      ),
    group(told, told.buttons),
    told.notes.map((text) => markdown(text, show)),
    group(told, told.note_buttons),
  );
}

const group = (told, buttons) =>
  buttons.length > 0 &&
  h(
    "div",
    { class: "row" },
    buttons.map(({ label, at, color }) =>
      h("button", { type: "button", class: `button ${color}`, "data-do": "press", "data-id": label, "data-at": at, "data-key": `${told.id}/${at}/${label}` }, label),
    ),
  );

function field(owner, asked, wrong) {
  const id = `${owner}/${asked.name}`;
  const grouped = GROUPED.has(asked.type);
  const label = [asked.label ?? asked.name, asked.required && h("span", { class: "must", "aria-hidden": "true" }, "*")];
  const problem = wrong && h("p", { class: "error", id: `${id}/error` }, wrong === "required" ? t("required") : wrong);
  const attributes = {
    class: wrong ? "field wrong" : "field",
    "data-key": id,
    "data-name": asked.name,
    "data-type": asked.type,
  };
  const control = DRAW[asked.type]?.(asked, {
    id,
    name: id,
    "aria-describedby": wrong ? `${id}/error` : null,
    "aria-invalid": wrong ? "true" : null,
    "aria-required": asked.required ? "true" : null,
    placeholder: asked.placeholder || null,
    autocomplete: "off",
  });
  return grouped
    ? h("fieldset", attributes, h("legend", {}, label), control, problem)
    : h("div", attributes, h("label", { for: id }, label), control, problem);
}

const GROUPED = new Set(["CHECKBOX_GROUP", "MULTI_CHECKBOX_GROUP", "MULTI_SELECT"]);

const valueOf = (option) => (typeof option === "object" ? String(option.value) : String(option));
const textOf = (option) => {
  if (typeof option !== "object") return String(option);
  const { text } = option;
  return typeof text === "object" && text ? (text[document.documentElement.lang.replace("-", "_")] ?? text.zh_CN ?? Object.values(text)[0]) : String(text ?? option.label ?? option.value);
};
const startOf = (asked) => {
  const given = asked.defaultValue;
  if (given === null || given === undefined) return "";
  return typeof given === "object" && !Array.isArray(given) ? String(given.value ?? "") : given;
};

const line = (type) => (asked, marks) =>
  h("input", { ...marks, type, step: type === "number" ? "any" : null, value: String(startOf(asked)) });

const choices = (type) => (asked, marks) => {
  const picked = new Set([startOf(asked)].flat().map(String));
  return h(
    "div",
    { class: `choices ${asked.options.every((each) => textOf(each).length <= 8) ? "short" : ""}` },
    asked.options.map((each) =>
      h(
        "label",
        { "data-key": valueOf(each) },
        h("input", { type, name: marks.name, value: valueOf(each), checked: picked.has(valueOf(each)) || null }),
        h("span", {}, textOf(each)),
      ),
    ),
  );
};

const DRAW = {
  TEXT: line("text"),
  NUMBER: line("number"),
  DATE: line("date"),
  TIME: line("time"),
  DATETIME: (asked, marks) => h("input", { ...marks, type: "datetime-local", value: String(startOf(asked)).replace(" ", "T") }),
  TEXT_AREA: (asked, marks) => h("textarea", { ...marks, rows: 3, value: String(startOf(asked)) }),
  TEXT_ARRAY: (asked, marks) => h("textarea", { ...marks, rows: 3, placeholder: marks.placeholder ?? t("oneALine"), value: [startOf(asked)].flat().join("\n") }),
  SELECT: (asked, marks) =>
    h(
      "select",
      { ...marks, value: String(startOf(asked)) },
      h("option", { value: "" }, asked.placeholder || t("choose")),
      (asked.options ?? []).map((each) => h("option", { value: valueOf(each) }, textOf(each))),
    ),
  MULTI_SELECT: choices("checkbox"),
  CHECKBOX_GROUP: choices("radio"),
  MULTI_CHECKBOX_GROUP: choices("checkbox"),
  CHECKBOX: toggle,
  SWITCH: toggle,
};

function toggle(asked, marks) {
  return h("label", { class: "toggle" }, h("input", { ...marks, type: "checkbox", checked: startOf(asked) === true || null }), h("span", {}, t("yes")));
}

/** What stands in a card's form now, field to answer. */
export function answersOf(form) {
  const found = {};
  for (const place of form.querySelectorAll("[data-name]")) {
    const control = place.querySelector("input, textarea, select");
    const { name, type } = place.dataset;
    const picked = [...place.querySelectorAll("input:checked")].map((each) => each.value);
    if (type === "CHECKBOX" || type === "SWITCH") found[name] = control.checked;
    else if (type === "CHECKBOX_GROUP") found[name] = picked[0] ?? "";
    else if (GROUPED.has(type)) found[name] = picked;
    else if (type === "TEXT_ARRAY") found[name] = control.value.split("\n").filter((each) => each.trim());
    else found[name] = type === "DATETIME" ? control.value.replace("T", " ") : control.value;
  }
  return found;
}

/** What stands in a card or beside it, so that a press can be told apart from a busy one. */
export const messageOf = (element) => element.closest("[data-message]")?.dataset.message ?? null;

export const here = (element) => ({ as: state.as, channel: state.channel, message: messageOf(element) });
