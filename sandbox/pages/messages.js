// A conversation, oldest first, or the Home tab.

import { blocks } from "./blocks.js";
import { fill, h } from "./dom.js";
import { mrkdwn } from "./mrkdwn.js";
import { avatar } from "./people.js";
import { HOME, state, userOf } from "./store.js";
import { language, t } from "./words.js";

const TOGETHER = 300;
const NEAR = 120;

export function drawTalk() {
  const talk = document.getElementById("talk");
  const inner = state.channel === HOME ? home() : conversation();
  const where = `${state.as}/${state.channel}`;
  const arrived = talk.dataset.where !== where;
  const last = state.messages.at(-1)?.ts ?? "";
  const atEnd = talk.scrollHeight - talk.scrollTop - talk.clientHeight < NEAR;
  const isNew = !arrived && talk.dataset.last !== last;
  fill(talk, h("div", { class: "page", "data-key": where }, inner));
  talk.dataset.where = where;
  talk.dataset.last = last;
  if (state.channel !== HOME && (arrived || (isNew && atEnd))) talk.scrollTop = talk.scrollHeight;
  else if (arrived) talk.scrollTop = 0;
  document.body.classList.toggle("has-newer", isNew && !atEnd);
}

function home() {
  if (!state.home) return h("p", { class: "empty" }, t("emptyHome"));
  return h(
    "div",
    { class: "card home", "data-view": state.home.id },
    h("h2", { class: "unseen" }, t("home")),
    blocks(state.home.blocks, { values: state.home.values, prefix: "home/" }),
  );
}

function conversation() {
  const roots = state.messages.filter((each) => !each.thread_ts || each.thread_ts === each.ts);
  if (!roots.length) return h("p", { class: "empty" }, t("empty"));
  const drawn = [];
  let before = null;
  for (const message of roots) {
    const day = dayOf(message.ts);
    if (!before || dayOf(before.ts) !== day) {
      drawn.push(h("h2", { class: "day", "data-key": `day-${day}` }, h("span", {}, dayName(message.ts))));
      before = null;
    }
    drawn.push(row(message, before));
    before = message;
  }
  return drawn;
}

function row(message, before) {
  const user = userOf(message.user);
  const mine = message.user === state.as;
  const name = message.username || user?.real_name || user?.name || message.user;
  const close =
    before &&
    before.user === message.user &&
    !message.ephemeral &&
    !before.ephemeral &&
    Number(message.ts) - Number(before.ts) < TOGETHER;
  const isBot = user ? user.is_bot : Boolean(message.username);
  const look = ["message", mine && "mine", close && "close", message.ephemeral && "ephemeral"];
  return h(
    "article",
    { class: look.filter(Boolean).join(" "), "data-key": message.ts, "data-ts": message.ts, "aria-label": `${name}, ${clock(message.ts)}` },
    isBot || !user
      ? h("img", { class: "avatar", src: "/pages/mark.svg", alt: "" })
      : avatar(user),
    h(
      "div",
      { class: "said" },
      h(
        "header",
        {},
        h("strong", {}, name),
        isBot && h("span", { class: "tag" }, t("bot")),
        h("time", {}, clock(message.ts)),
        message.edited && h("span", { class: "edited" }, `(${t("edited")})`),
        message.ephemeral && h("span", { class: "private" }, t("onlyYou")),
      ),
      body(message),
      thread(message),
    ),
    shortcuts(message),
  );
}

/** What the app can do with a message: beside it, as in Slack's own menu. */
function shortcuts(message) {
  if (message.ephemeral || !state.shortcuts.length) return null;
  return h(
    "details",
    { class: "overflow more", "data-key": `${message.ts}/more` },
    h("summary", { "aria-label": t("menu"), title: t("menu") }, "⋯"),
    h(
      "div",
      { class: "menu" },
      state.shortcuts.map((each) =>
        h("button", { type: "button", "data-do": "shortcut", "data-id": each.id, "data-key": each.id }, each.name),
      ),
    ),
  );
}

function body(message) {
  const given = message.blocks?.length
    ? h("div", { class: "card" }, blocks(message.blocks, { values: message.values, prefix: `${message.ts}/` }))
    : message.text && h("div", { class: "card text" }, mrkdwn(message.text));
  const shown = (message.files ?? []).map((file) => attachment(file, message.blocks));
  return [given, shown.some(Boolean) && h("div", { class: "files" }, shown)];
}

function attachment(file, drawn) {
  if ((drawn ?? []).some((block) => block.slack_file?.id === file.id)) return null;
  const address = `/files/${encodeURIComponent(file.id)}`;
  const name = file.title || file.name || t("image");
  if ((file.mimetype ?? "").startsWith("image/")) {
    const picture = h("img", { class: "wide", src: address, alt: file.alt_txt || name, loading: "lazy" });
    return h("a", { href: address, target: "_blank", rel: "noopener" }, picture);
  }
  return h("a", { class: "file", href: address, target: "_blank", rel: "noopener" }, name);
}

function thread(message) {
  const replies = state.messages.filter(
    (each) => each.thread_ts === message.ts && each.ts !== message.ts,
  );
  const count = Math.max(replies.length, message.replies ?? 0);
  if (!count) return null;
  const open = state.openThreads.has(message.ts);
  const label = open ? t("hideReplies") : count === 1 ? t("reply") : t("replies", { n: count });
  return h(
    "div",
    { class: "thread" },
    h(
      "button",
      { type: "button", class: "replies", "data-do": "thread", "data-id": message.ts, "aria-expanded": String(open) },
      label,
    ),
    open &&
      h(
        "div",
        { class: "thread-list" },
        replies.map((reply, index) => row(reply, replies[index - 1])),
      ),
  );
}

const zone = () => (state.me?.tz ? { timeZone: state.me.tz } : {});
const locale = () => (language() === "zh" ? "zh-CN" : "en-GB");
const moment = (ts) => new Date(Number(ts) * 1000);

export const clock = (ts) =>
  moment(ts).toLocaleTimeString(locale(), { ...zone(), hour: "2-digit", minute: "2-digit" });

/** The workspace's own time, which a test may set; it comes as ISO 8601 or as seconds. */
const nowOf = () =>
  new Date(typeof state.now === "number" ? state.now * 1000 : (state.now ?? Date.now()));

const dayOf = (ts) => moment(ts).toLocaleDateString("en-CA", zone());

function dayName(ts) {
  const now = nowOf();
  const today = now.toLocaleDateString("en-CA", zone());
  const yesterday = new Date(now.getTime() - 86_400_000).toLocaleDateString("en-CA", zone());
  if (dayOf(ts) === today) return t("today");
  if (dayOf(ts) === yesterday) return t("yesterday");
  const form = { ...zone(), weekday: "long", month: "long", day: "numeric" };
  return moment(ts).toLocaleDateString(locale(), form);
}

export function workspaceTime() {
  if (!state.now) return "";
  const form = { weekday: "short", month: "short", day: "numeric", hour: "2-digit", minute: "2-digit" };
  return nowOf().toLocaleString(locale(), { ...zone(), ...form });
}
