// Markdown as DingTalk draws it, as nodes. Text only ever becomes text nodes, so nothing in it can
// be markup. Headings, bold, italics, links, pictures, lists, quotes and rules; the rest is words.
// Source: DingTalk's documentation of the robot's message types.

import { h } from "../dom.js";
import { t } from "../words.js";

const HEADING = /^(#{1,6})\s+(.*)$/;
const QUOTE = /^>\s?/;
const RULE = /^\s*([-*_])(\s*\1){2,}\s*$/;
const ITEM = /^\s*([-*+]|\d{1,9}[.)])\s+/;
const ESCAPED = /\\([\\`*_{}[\]()#+\-.!<>~|&:=])/g;
const OPENS = /^(https?|mailto|dtmd|dingtalk):/i;

/** `show` gives a picture's address on this page, "" for one that is not to be shown. */
export function markdown(text, show = () => "") {
  return h("div", { class: "md" }, blocks(text.replace(/\r\n?/g, "\n").split("\n"), show));
}

function blocks(lines, show) {
  const made = [];
  let words = [];
  const say = () => {
    if (words.length) made.push(h("p", {}, inline(words.join("\n").replace(/\n$/, ""), show)));
    words = [];
  };
  for (let at = 0; at < lines.length; at += 1) {
    const line = lines[at];
    const heading = HEADING.exec(line);
    if (heading) {
      say();
      made.push(h("div", { class: `h${heading[1].length}` }, inline(heading[2], show)));
    } else if (RULE.test(line)) {
      say();
      made.push(h("hr"));
    } else if (QUOTE.test(line) || ITEM.test(line)) {
      say();
      const [start, build] = QUOTE.test(line) ? [QUOTE, quote] : [ITEM, list];
      let end = at;
      while (end < lines.length && start.test(lines[end])) end += 1;
      made.push(build(lines.slice(at, end), show));
      at = end - 1;
    } else if (line.trim()) words.push(line.replace(/ {2,}$/, ""));
    else say();
  }
  say();
  return made;
}

const quote = (lines, show) => h("blockquote", {}, blocks(lines.map((line) => line.replace(QUOTE, "")), show));

const list = (lines, show) =>
  h(
    /^\s*\d/.test(lines[0]) ? "ol" : "ul",
    { start: Number.parseInt(lines[0], 10) > 1 ? Number.parseInt(lines[0], 10) : null },
    lines.map((line) => h("li", {}, inline(line.replace(ITEM, ""), show))),
  );

const TOKEN =
  /!\[((?:\\.|[^\]\\])*)\]\(([^)\s]*)\)|\[((?:\\.|[^\]\\])*)\]\(([^)\s]*)\)|(?<![\\*])\*\*\*((?:\\.|[^*\\])+?)\*\*\*|(?<![\\*])\*\*((?:\\.|[^\\])+?)\*\*|(?<![\\*])\*((?:\\.|[^*\\])+?)\*/;

function inline(text, show) {
  const made = [];
  let rest = text;
  for (let found = next(rest); found; found = next(rest)) {
    made.push(plain(rest.slice(0, found.index)), token(found, show));
    rest = rest.slice(found.index + found[0].length);
  }
  return [...made, plain(rest)];
}

/** The first token whose own first sign is not escaped. */
function next(text) {
  let from = 0;
  for (;;) {
    const found = TOKEN.exec(text.slice(from));
    if (!found) return null;
    found.index += from;
    const before = /\\*$/.exec(text.slice(0, found.index))[0].length;
    if (before % 2 === 0) return found;
    from = found.index + 1;
  }
}

function token([, alt, picture, label, url, both, bold, italic], show) {
  if (picture !== undefined) return image(plain(alt), show(picture));
  if (url !== undefined) return link(inline(label, show), url);
  if (both !== undefined) return h("strong", {}, h("em", {}, inline(both, show)));
  if (bold !== undefined) return h("strong", {}, inline(bold, show));
  return h("em", {}, inline(italic, show));
}

const plain = (text) => text.replace(ESCAPED, "$1").replace(/&(amp|lt|gt);/g, (_, name) => ({ amp: "&", lt: "<", gt: ">" })[name]);

const image = (alt, address) => address && h("img", { src: address, alt, loading: "lazy", "data-key": address });

/** A dtmd link makes whoever taps it send a text; any other opens a page. */
export function link(words, url) {
  const says = said(url);
  if (says !== null) return h("button", { type: "button", class: "link", "data-do": "tap", "data-id": url }, words);
  if (!OPENS.test(url)) return words;
  if (!/^(https?|mailto):/i.test(url)) return h("span", { class: "link" }, words);
  return h("a", { href: url, target: "_blank", rel: "noreferrer noopener" }, words);
}

/** The text that a tap on the link sends; null where it opens a page. */
export function said(url) {
  if (!url.startsWith("dtmd://dingtalkclient/sendMessage?")) return null;
  return new URLSearchParams(url.slice(url.indexOf("?"))).get("content") ?? "";
}

/** A picture of its own, which opens in full. */
export function picture(address) {
  const safe = /^(https?:|\/ui\/media\/|data:image\/)/i.test(address) ? address : "";
  return h("a", { class: "picture", href: safe, target: "_blank", rel: "noopener" }, h("img", { src: safe, alt: t("image"), loading: "lazy", "data-key": safe }));
}
