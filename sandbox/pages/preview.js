// Every text with sample data: found by subject or a word, in one language or both side by side.

import { blocks } from "./blocks.js";
import { h } from "./dom.js";
import { textOf } from "./elements.js";
import { speak } from "./words.js";

const WORDS = {
  title: ["文案预览", "Every text"],
  search: ["搜索文字、文件或段落", "Search words, files or blocks"],
  subject: ["主题", "Subject"],
  all: ["全部主题", "All subjects"],
  both: ["中英对照", "Side by side"],
  language: ["语言", "Language"],
  none: ["没有找到。", "Nothing found."],
  where: ["文件和段落", "Files and blocks"],
  mistake: ["{file} 第 {line} 行（{block}）有误：{why}", "{file}, line {line} ({block}): {why}"],
  mistakes: ["这些文案有误，请修改后刷新", "These texts have a mistake; mend them and reload"],
};
const NAMES = { "zh-CN": "中文", en: "English" };

let facts = null;
let language = "en";
let shown = "both";

const t = (key, given = {}) =>
  WORDS[key][language === "zh-CN" ? 0 : 1].replace(/\{(\w+)\}/g, (_, name) => given[name]);

const value = (id) => document.getElementById(id)?.value ?? "";

function bar() {
  const subjects = [...new Set(facts.screens.map((one) => one.subject))].sort();
  const choice = (id, label, options, now) =>
    h("label", {}, h("span", {}, label), h("select", { id, value: now, "aria-label": label }, options.map(([key, name]) => h("option", { value: key }, name))));
  document.getElementById("bar").replaceChildren(
    h("h1", {}, t("title")),
    h("input", { id: "search", type: "search", placeholder: t("search"), "aria-label": t("search"), value: value("search") }),
    choice("subject", t("subject"), [["", t("all")], ...subjects.map((one) => [one, one])], value("subject")),
    choice("language", t("language"), [["both", t("both")], ...Object.entries(NAMES)], shown),
  );
}

function draw() {
  const wanted = value("search").trim().toLowerCase();
  const subject = value("subject");
  const found = facts.screens.filter(
    (one) => (!subject || one.subject === subject) && (!wanted || JSON.stringify(one).toLowerCase().includes(wanted)),
  );
  document.getElementById("screens").replaceChildren(
    ...mistakes(),
    ...(found.length ? found.map(screen) : [h("p", { role: "status" }, t("none"))]),
  );
}

function mistakes() {
  if (!facts.mistakes.length) return [];
  const lines = facts.mistakes.map((one) => h("li", {}, t("mistake", one)));
  return [h("section", { class: "mistakes", role: "alert" }, h("h2", {}, t("mistakes")), h("ul", {}, lines))];
}

function screen(one, index) {
  const locales = Object.keys(NAMES).filter((each) => shown === "both" || each === shown);
  return h(
    "article",
    { class: "screen" },
    h("h2", {}, `${one.subject}.j2 · ${one.name}`),
    h("div", { class: "pair" }, locales.map((each) => drawing(one.drawn[each], each, index))),
    h("details", {}, h("summary", {}, `${t("where")} (${one.blocks.length})`), h("ul", {}, one.blocks.map((key) => h("li", {}, h("code", {}, place(key)))))),
  );
}

const place = (key) => key.replace(".", ".j2 · ");

function drawing(drawn, locale, index) {
  if (!drawn) return h("div", { class: "drawn" });
  speak(locale === "zh-CN" ? "zh" : "en");
  const prefix = `${locale}-${index}-`;
  const title = drawn.title && h("h3", { class: "form-title" }, textOf(drawn.title));
  const foot = drawn.submit && h("p", { class: "foot" }, drawn.close && h("span", { class: "button" }, textOf(drawn.close)), h("span", { class: "button primary" }, textOf(drawn.submit)));
  const node = h("div", { class: `drawn ${drawn.type ?? "card"}`, lang: locale }, title, blocks(drawn.blocks, { prefix }), foot);
  speak(language === "zh-CN" ? "zh" : "en");
  return node;
}

async function load() {
  facts = await (await fetch("/screens")).json();
  language = facts.locale;
  if (matchMedia("(max-width: 700px)").matches) shown = language;
  speak(language === "zh-CN" ? "zh" : "en");
  document.title = `NoSurprise · ${t("title")}`;
  bar();
  draw();
}

document.addEventListener("input", (event) => {
  if (event.target.id === "language") shown = event.target.value;
  if (["search", "subject", "language"].includes(event.target.id)) draw();
});
load();
