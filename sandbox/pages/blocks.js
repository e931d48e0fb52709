// Block Kit as nodes. Source: Slack docs, reference/block-kit/blocks.

import { chart } from "./charts.js";
import { h } from "./dom.js";
import { element, picture, textOf } from "./elements.js";
import { markdown, richText } from "./richtext.js";
import { t } from "./words.js";

/** Draw blocks. `values` is what was put in so far, `errors` what is wrong, by block id. */
export const blocks = (list, { values = {}, errors = {}, prefix = "" } = {}) =>
  (list ?? []).map((block, index) => draw(block, index, { values, errors, prefix }));

function draw(block, index, given) {
  const body = DRAW[block.type]?.(block, given) ?? h("code", {}, block.type);
  const key = block.type === "input" ? block.block_id : `${block.type}-${index}`;
  return h("div", { class: `block ${block.type}`, "data-key": `${given.prefix}${key}` }, body);
}

const place = (block, given) => ({ block: block.block_id ?? "", values: given.values });

const DRAW = {
  section: (block, given) => [
    h(
      "div",
      { class: "words" },
      block.text && h("div", { class: "text" }, textOf(block.text)),
      block.fields &&
        h("div", { class: "fields" }, block.fields.map((field) => h("div", { class: "text" }, textOf(field)))),
    ),
    block.accessory && h("div", { class: "accessory" }, element(block.accessory, place(block, given))),
  ],
  header: (block) => h("h3", {}, textOf(block.text)),
  divider: () => h("hr"),
  context: (block) =>
    block.elements.map((part) =>
      part.type === "image" ? picture(part, "tiny") : h("span", {}, textOf(part)),
    ),
  actions: (block, given) => block.elements.map((part) => element(part, place(block, given))),
  image: (block) => [
    block.title && h("p", { class: "caption" }, textOf(block.title)),
    picture(block, "wide"),
  ],
  rich_text: (block) => richText(block),
  markdown: (block) => markdown(block.text),
  table: (block) => table(block),
  data_visualization: (block) => chart(block),
  input: (block, given) => input(block, given),
};

const GROUPS = new Set(["radio_buttons", "checkboxes", "multi_static_select", "multi_users_select"]);

function input(block, given) {
  const id = `in-${given.prefix}${block.block_id}`.replace(/\s/g, "_");
  const wrong = given.errors?.[block.block_id];
  const described = [block.hint && `${id}-hint`, wrong && `${id}-error`].filter(Boolean).join(" ");
  const many = GROUPS.has(block.element.type);
  const label = [
    textOf(block.label),
    block.optional && h("span", { class: "optional" }, ` (${t("optional")})`),
  ];
  const control = element(block.element, {
    ...place(block, given),
    input: { label: id, described, invalid: Boolean(wrong), dispatch: block.dispatch_action === true },
  });
  return h(
    many ? "fieldset" : "div",
    { class: `field ${wrong ? "wrong" : ""}`, "data-required": block.optional ? null : true },
    many ? h("legend", {}, label) : h("label", { for: id }, label),
    control,
    block.element.max_length && h("p", { class: "left", "data-left": id, "data-sealed": true }),
    block.hint && h("p", { class: "hint", id: `${id}-hint` }, textOf(block.hint)),
    wrong && h("p", { class: "error", id: `${id}-error` }, wrong),
  );
}

function table(block) {
  const settings = block.column_settings ?? [];
  const cell = (tag) => (given, column) =>
    h(
      tag,
      { class: settings[column]?.align ? `to-${settings[column].align}` : null, scope: tag === "th" ? "col" : null },
      given.type === "rich_text" ? richText(given) : (given.text ?? String(given.value ?? "")),
    );
  const [first, ...rest] = block.rows;
  const heads = first.map((given, column) => cell(given.text === "" ? "td" : "th")(given, column));
  return h(
    "div",
    { class: "scroll", tabindex: 0, role: "region" },
    h(
      "table",
      {},
      h("thead", {}, h("tr", {}, heads)),
      h("tbody", {}, rest.map((row) => h("tr", {}, row.map(cell("td"))))),
    ),
  );
}
