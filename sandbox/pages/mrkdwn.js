// Slack's mrkdwn as nodes. Text only ever becomes text nodes, so nothing in it can be markup.
// Source: Slack docs, messaging/formatting-message-text.

import { h } from "./dom.js";
import { emojify } from "./emoji.js";
import { nameOf, state } from "./store.js";

const STYLES = { "*": "strong", _: "em", "~": "s" };
const WORD = /[\p{L}\p{N}]/u;
const SAFE = /^(https?|mailto|tel):/i;
const QUOTE = /^(&gt;|>) ?/;

/** Nodes of a mrkdwn text. */
export function mrkdwn(text) {
  const nodes = [];
  const parts = text.split(/```([\s\S]*?)```/g);
  parts.forEach((part, index) => {
    if (index % 2) nodes.push(h("pre", {}, plain(part.replace(/^\n|\n$/g, ""))));
    else nodes.push(...lines(part));
  });
  return nodes;
}

export const unescaped = (text) =>
  text.replaceAll("&lt;", "<").replaceAll("&gt;", ">").replaceAll("&amp;", "&");

const plain = (text) => unescaped(text);

function lines(text) {
  const nodes = [];
  let quoted = [];
  const flush = () => {
    if (quoted.length) nodes.push(h("blockquote", {}, inline(quoted.join("\n"))));
    quoted = [];
  };
  let running = [];
  const run = () => {
    if (running.length) nodes.push(...inline(running.join("\n")));
    running = [];
  };
  for (const line of text.split("\n")) {
    if (QUOTE.test(line)) {
      run();
      quoted.push(line.replace(QUOTE, ""));
    } else {
      flush();
      running.push(line);
    }
  }
  flush();
  run();
  return nodes;
}

function inline(text) {
  const nodes = [];
  let written = "";
  const push = (node) => {
    if (written) nodes.push(...emojify(plain(written)));
    written = "";
    if (node) nodes.push(node);
  };
  let at = 0;
  while (at < text.length) {
    const found = token(text, at);
    if (found) {
      push(found.node);
      at = found.end;
    } else {
      written += text[at];
      at += 1;
    }
  }
  push(null);
  return nodes;
}

function token(text, at) {
  const sign = text[at];
  if (sign === "`") return code(text, at);
  if (sign === "<") return reference(text, at);
  return STYLES[sign] ? styled(text, at, sign) : null;
}

function code(text, at) {
  const end = text.indexOf("`", at + 1);
  if (end < at + 2 || text.slice(at, end).includes("\n")) return null;
  return { node: h("code", {}, plain(text.slice(at + 1, end))), end: end + 1 };
}

function styled(text, at, sign) {
  const before = text[at - 1] ?? " ";
  if (WORD.test(before) || before === sign || !text[at + 1] || /\s/.test(text[at + 1])) return null;
  for (let end = at + 1; end < text.length && text[end] !== "\n"; end += 1) {
    if (text[end] !== sign || end === at + 1 || /\s/.test(text[end - 1])) continue;
    if (WORD.test(text[end + 1] ?? " ") || text[end + 1] === sign) continue;
    return { node: h(STYLES[sign], {}, inline(text.slice(at + 1, end))), end: end + 1 };
  }
  return null;
}

function reference(text, at) {
  const end = text.indexOf(">", at);
  if (end < 0) return null;
  const [target, label] = text.slice(at + 1, end).split(/\|(.*)/s);
  const node = named(target, label);
  return node && { node, end: end + 1 };
}

function named(target, label) {
  if (/^@[UWB]/.test(target)) return mention(target.slice(1));
  if (target.startsWith("#")) return channel(target.slice(1), label);
  if (target.startsWith("!date^")) return h("time", {}, dated(target, label));
  if (target.startsWith("!")) return h("span", { class: "mention" }, plain(label || `@${target.slice(1)}`));
  if (SAFE.test(target)) return link(plain(target), label && plain(label));
  return null;
}

export const mention = (id) => h("span", { class: "mention" }, `@${nameOf(id)}`);

export function channel(id, label) {
  const known = state.conversations.find((each) => each.id === id);
  return h("span", { class: "mention" }, `#${plain(label || known?.name || id)}`);
}

export function link(url, label) {
  if (!SAFE.test(url)) return document.createTextNode(label || url);
  return h("a", { href: url, target: "_blank", rel: "noreferrer noopener" }, label || url);
}

function dated(target, label) {
  const [, seconds] = target.split("^");
  const moment = new Date(Number(seconds) * 1000);
  if (Number.isNaN(moment.getTime())) return plain(label ?? "");
  const zone = state.me?.tz ? { timeZone: state.me.tz } : {};
  return moment.toLocaleString(document.documentElement.lang, {
    ...zone,
    dateStyle: "medium",
    timeStyle: "short",
  });
}
