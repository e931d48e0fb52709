// Interactive elements. Each carries, as data attributes, what pressing or changing it means;
// actions.js listens for all of them at once.

import { h } from "./dom.js";
import { emojify } from "./emoji.js";
import { mrkdwn } from "./mrkdwn.js";
import { state } from "./store.js";
import { t } from "./words.js";

/** A text object as nodes; empty where there is none. */
export function textOf(object) {
  if (!object) return "";
  if (object.type === "mrkdwn") return mrkdwn(object.text);
  return object.emoji === false ? object.text : emojify(object.text);
}

const plainOf = (object) => object?.text ?? "";

/** What somebody put in, as text, list or null, whether it comes plain or as Slack's state. */
export function held(value) {
  if (value === null || typeof value !== "object" || Array.isArray(value)) return value ?? null;
  if ("value" in value && !("text" in value)) return value.value;
  for (const [name, inner] of Object.entries(value)) {
    if (!name.startsWith("selected_")) continue;
    if (Array.isArray(inner)) return inner.map((each) => each?.value ?? each);
    return inner?.value ?? inner;
  }
  return null;
}

const startOf = (element) =>
  element.initial_value ??
  element.initial_option?.value ??
  element.initial_options?.map((option) => option.value) ??
  element.initial_date ??
  element.initial_time ??
  element.initial_date_time ??
  element.initial_user ??
  element.initial_users ??
  element.initial_conversation ??
  element.initial_channel ??
  null;

/** Draw an element. `place` is {block, values, input: {label, described, invalid, dispatch}?}. */
export function element(item, place) {
  const given = place.values?.[place.block]?.[item.action_id];
  const value = given === undefined ? startOf(item) : held(given);
  const draw = DRAW[item.type];
  return draw ? draw(item, value, place, marks(item, place)) : null;
}

function marks(item, place) {
  const { input } = place;
  return {
    "data-key": `${place.block}/${item.action_id}/${item.type}`,
    "data-block": place.block,
    "data-action": item.action_id,
    "data-kind": item.type,
    "data-role": input ? "input" : "press",
    "data-dispatch": input?.dispatch || null,
    "data-confirm": item.confirm ? JSON.stringify(item.confirm) : null,
    "aria-describedby": input?.described || null,
    "aria-invalid": input?.invalid ? "true" : null,
    "aria-label": input ? null : plainOf(item.placeholder) || t("choose"),
    autofocus: item.focus_on_load || null,
  };
}

const DRAW = {
  button(item, _value, place, marked) {
    const look = `button ${item.style ?? ""}`;
    const extra = {
      ...marked,
      "data-key": `${place.block}/${item.action_id}/${item.value ?? ""}`,
      "data-value": item.value ?? "",
      "aria-label": item.accessibility_label || null,
      autofocus: null,
    };
    if (!item.url) return h("button", { type: "button", class: look, ...extra }, plainOf(item.text));
    const safe = /^https?:/i.test(item.url) ? item.url : null;
    const target = { href: safe, target: "_blank", rel: "noreferrer noopener" };
    return h("a", { class: look, ...target, ...extra }, plainOf(item.text));
  },
  plain_text_input: (item, value, place, marked) =>
    item.multiline ? area(item, value, place, marked) : line(item, value, place, marked, "text"),
  number_input: (item, value, place, marked) =>
    h("input", {
      ...typed(item, value, place, marked),
      type: "number",
      step: item.is_decimal_allowed ? "any" : "1",
      min: item.min_value,
      max: item.max_value,
    }),
  email_text_input: (item, value, place, marked) => line(item, value, place, marked, "email"),
  url_text_input: (item, value, place, marked) => line(item, value, place, marked, "url"),
  datepicker: (item, value, place, marked) => line(item, value, place, marked, "date"),
  timepicker: (item, value, place, marked) => line(item, value, place, marked, "time"),
  datetimepicker: (item, value, place, marked) =>
    line(item, localTime(value), place, marked, "datetime-local"),
  static_select: select,
  users_select: (item, value, place, marked) =>
    select({ ...item, options: state.users.map(personOption) }, value, place, marked),
  conversations_select: (item, value, place, marked) =>
    select({ ...item, options: state.conversations.map(talkOption) }, value, place, marked),
  channels_select: (item, value, place, marked) =>
    select({ ...item, options: channelOptions() }, value, place, marked),
  radio_buttons: (item, value, place, marked) => choices(item, value, place, marked, "radio"),
  checkboxes: (item, value, place, marked) => choices(item, value, place, marked, "checkbox"),
  multi_static_select: (item, value, place, marked) =>
    choices({ ...item, options: flat(item) }, value, place, marked, "checkbox"),
  multi_users_select: (item, value, place, marked) =>
    choices({ ...item, options: state.users.map(personOption) }, value, place, marked, "checkbox"),
  overflow: (item, _value, place, marked) =>
    h(
      "details",
      { class: "overflow", "data-key": `${marked["data-key"]}/menu` },
      h("summary", { "aria-label": t("menu"), title: t("menu") }, "⋯"),
      h(
        "div",
        { class: "menu" },
        item.options.map((option) =>
          h(
            "button",
            { type: "button", ...marked, "data-key": option.value, "data-value": option.value, "aria-label": null },
            plainOf(option.text),
          ),
        ),
      ),
    ),
  image: (item) => picture(item, "thumb"),
};

export function picture(item, look) {
  const file = item.slack_file;
  const address = file ? (file.id ? `/files/${encodeURIComponent(file.id)}` : file.url) : item.image_url;
  const safe = /^(https?:|\/|data:image\/)/.test(address ?? "") ? address : "";
  return h("img", { class: look, src: safe, alt: item.alt_text ?? "", "data-key": safe, loading: "lazy" });
}

const personOption = (user) => ({ text: { text: user.real_name || user.name }, value: user.id });
const talkOption = (each) => ({ text: { text: each.name }, value: each.id });
const channelOptions = () =>
  state.conversations.filter((each) => each.kind !== "dm").map(talkOption);
const flat = (item) => item.options ?? item.option_groups.flatMap((group) => group.options);

function localTime(value) {
  if (!value) return null;
  const at = new Date(Number(value) * 1000);
  return new Date(at.getTime() - at.getTimezoneOffset() * 60000).toISOString().slice(0, 16);
}

const typed = (item, value, place, marked) => ({
  ...marked,
  id: place.input?.label ?? null,
  value: value ?? "",
  placeholder: plainOf(item.placeholder) || null,
  maxlength: item.max_length ?? null,
  autocomplete: "off",
  "aria-label": place.input ? null : marked["aria-label"],
});

const line = (item, value, place, marked, type) =>
  h("input", { ...typed(item, value, place, marked), type });

const area = (item, value, place, marked) =>
  h("textarea", { ...typed(item, value, place, marked), rows: 3 });

function select(item, value, place, marked) {
  const option = (each) => h("option", { value: each.value }, plainOf(each.text));
  const groups = item.option_groups?.map((group) =>
    h("optgroup", { label: plainOf(group.label) }, group.options.map(option)),
  );
  const first = plainOf(item.placeholder) || t("choose");
  return h(
    "select",
    { ...marked, id: place.input?.label ?? null, value: value ?? "" },
    h("option", { value: "" }, first),
    groups ?? (item.options ?? []).map(option),
  );
}

const SHORT = 12;

const MANY = 12;

function choices(item, value, place, marked, type) {
  const picked = new Set(Array.isArray(value) ? value : [value]);
  const short = item.options.every((each) => plainOf(each.text).length <= SHORT && !each.description);
  const group = place.input ? null : { role: type === "radio" ? "radiogroup" : "group" };
  return h(
    "div",
    { class: `choices ${short ? "short" : ""} ${item.options.length > MANY ? "many" : ""}`, ...group, "data-key": `${marked["data-key"]}/group` },
    item.options.map((each) =>
      h(
        "label",
        { "data-key": each.value },
        h("input", {
          ...marked,
          "data-key": null,
          type,
          name: `${place.block}/${item.action_id}`,
          "data-value": each.value,
          checked: picked.has(each.value) || null,
          "aria-label": null,
        }),
        h("span", {}, textOf(each.text), each.description && h("small", {}, textOf(each.description))),
      ),
    ),
  );
}
