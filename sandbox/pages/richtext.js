// Rich text and standard markdown blocks as nodes.
// Source: Slack docs, reference/block-kit/blocks, rich-text-block and markdown-block.

import { h } from "./dom.js";
import { emoji } from "./emoji.js";
import { channel, link, mention } from "./mrkdwn.js";

export const richText = (block) => h("div", { class: "rich" }, (block.elements ?? []).map(part));

function part(element) {
  const inner = (element.elements ?? []).map(inlineOf);
  switch (element.type) {
    case "rich_text_list":
      return h(
        element.style === "ordered" ? "ol" : "ul",
        { start: element.offset ? element.offset + 1 : null, "data-indent": element.indent || null },
        (element.elements ?? []).map((item) => h("li", {}, (item.elements ?? []).map(inlineOf))),
      );
    case "rich_text_quote":
      return h("blockquote", {}, inner);
    case "rich_text_preformatted":
      return h("pre", {}, inner);
    default:
      return h("p", {}, inner);
  }
}

function inlineOf(element) {
  const style = element.style ?? {};
  let node = leaf(element);
  if (style.code) node = h("code", {}, node);
  if (style.underline) node = h("u", {}, node);
  if (style.strike) node = h("s", {}, node);
  if (style.italic) node = h("em", {}, node);
  if (style.bold) node = h("strong", {}, node);
  return node;
}

function leaf(element) {
  switch (element.type) {
    case "link":
      return link(element.url, element.text);
    case "user":
      return mention(element.user_id);
    case "channel":
      return channel(element.channel_id);
    case "emoji":
      return document.createTextNode(emoji(element.name, element.unicode));
    case "broadcast":
      return h("span", { class: "mention" }, `@${element.range}`);
    case "date":
      return document.createTextNode(
        element.fallback ?? new Date(element.timestamp * 1000).toLocaleString(),
      );
    default:
      return document.createTextNode(element.text ?? "");
  }
}

const ITEM = /^\s*([-*+]|\d+[.)])\s+/;

export function markdown(text) {
  const made = [];
  const lines = text.split("\n");
  for (let at = 0; at < lines.length; at += 1) {
    const line = lines[at];
    const heading = /^(#{1,6})\s+(.*)/.exec(line);
    if (line.startsWith("```")) {
      const end = lines.findIndex((each, index) => index > at && each.startsWith("```"));
      const last = end < 0 ? lines.length : end;
      made.push(h("pre", {}, lines.slice(at + 1, last).join("\n")));
      at = last;
    } else if (heading) made.push(h("p", { class: "heading" }, marked(heading[2])));
    else if (/^\s*(-{3,}|\*{3,})\s*$/.test(line)) made.push(h("hr"));
    else if (line.startsWith(">")) made.push(h("blockquote", {}, marked(line.replace(/^>\s?/, ""))));
    else if (ITEM.test(line)) {
      const items = [];
      while (at < lines.length && ITEM.test(lines[at])) {
        items.push(h("li", {}, marked(lines[at].replace(ITEM, ""))));
        at += 1;
      }
      at -= 1;
      made.push(h(/^\s*\d/.test(line) ? "ol" : "ul", {}, items));
    } else if (line.trim()) made.push(h("p", {}, marked(line)));
  }
  return h("div", { class: "rich" }, made);
}

const MARK = /(\*\*|__)(.+?)\1|(\*|_)(.+?)\3|~~(.+?)~~|`([^`]+)`|\[([^\]]+)\]\(([^)\s]+)\)/;

function marked(text) {
  const found = MARK.exec(text);
  if (!found) return [document.createTextNode(text)];
  const [all, , bold, , italic, strike, code, label, url] = found;
  const node = bold
    ? h("strong", {}, marked(bold))
    : italic
      ? h("em", {}, marked(italic))
      : strike
        ? h("s", {}, marked(strike))
        : code
          ? h("code", {}, code)
          : link(url, label);
  const end = found.index + all.length;
  return [document.createTextNode(text.slice(0, found.index)), node, ...marked(text.slice(end))];
}
