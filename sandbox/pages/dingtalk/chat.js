// A conversation, oldest first: bubbles, Markdown, action cards, pictures and cards.

import { fill, h } from "../dom.js";
import { avatar } from "../people.js";
import { state, userOf } from "../store.js";
import { t } from "../words.js";
import { card } from "./card.js";
import { icon } from "./icons.js";
import { link, markdown, picture, said } from "./markdown.js";
import { clock, dayKey, dayName } from "./time.js";

const TOGETHER = 300;
const NEAR = 120;
const ANSWERED = 5000;

export function drawTalk() {
  const talk = document.getElementById("talk");
  const where = `${state.as}/${state.channel}`;
  const arrived = talk.dataset.where !== where;
  const last = state.messages.at(-1)?.id ?? "";
  const atEnd = talk.scrollHeight - talk.scrollTop - talk.clientHeight < NEAR;
  const isNew = !arrived && talk.dataset.last !== last;
  const follows = atEnd || (isNew && Date.now() - acted < ANSWERED);
  fill(talk, h("div", { class: "page", "data-key": where }, conversation()));
  talk.dataset.where = where;
  talk.dataset.last = last;
  if (arrived || follows) toEnd(talk);
  document.body.classList.toggle("has-newer", isNew && !follows);
}

let atFoot = true;
let acted = 0;

/** Whoever does something sees what comes of it, wherever they did it. */
export const follow = () => {
  acted = Date.now();
};

function toEnd(talk) {
  talk.scrollTop = talk.scrollHeight;
  atFoot = true;
}

/** Whoever reads the newest goes on reading it when a picture takes its room. */
export function stay(talk) {
  talk.addEventListener("scroll", () => {
    atFoot = talk.scrollHeight - talk.scrollTop - talk.clientHeight < NEAR;
    if (atFoot) document.body.classList.remove("has-newer");
  });
  talk.addEventListener("load", () => atFoot && toEnd(talk), { capture: true });
}

function conversation() {
  if (!state.messages.length) return h("p", { class: "empty" }, t("empty"));
  const drawn = [];
  let before = null;
  for (const message of state.messages) {
    if (!before || dayKey(before.ts) !== dayKey(message.ts)) {
      drawn.push(h("h3", { class: "day", "data-key": `day-${dayKey(message.ts)}` }, dayName(message.ts)));
      before = null;
    }
    drawn.push(row(message, before));
    before = message;
  }
  return drawn;
}

function row(message, before) {
  if (message.recalled) return h("p", { class: "day", "data-key": message.id }, t("recalled", { name: message.username }));
  const mine = message.user === state.as;
  const close = before && before.user === message.user && message.ts - before.ts < TOGETHER;
  const user = userOf(message.user);
  const look = ["message", mine && "mine", close && "close"];
  return h(
    "article",
    { class: look.filter(Boolean).join(" "), "data-key": message.id, "data-message": message.id, "aria-label": `${message.username}, ${clock(message.ts)}` },
    message.robot ? h("img", { class: "avatar", src: "/pages/mark.svg", alt: "" }) : avatar(user),
    h(
      "div",
      { class: "said" },
      h(
        "header",
        {},
        h("strong", {}, message.username),
        message.robot && h("span", { class: "tag" }, t("robot")),
        h("time", {}, clock(message.ts)),
      ),
      body(message),
    ),
  );
}

function body(message) {
  if (message.card) return card(message.card, show);
  if (message.kind === "audio") return h("div", { class: "bubble voice" }, icon("voice"), h("small", {}, t("voice")), h("span", {}, message.text));
  if (message.picture) return picture(message.picture);
  if (message.file) return file(message);
  const written = /markdown|actioncard/i.test(message.kind);
  if (message.buttons.length) return actions(message);
  return h("div", { class: "bubble" }, written ? markdown(message.text, show) : message.text);
}

const show = (media) => {
  if (/^https?:|^data:image\//i.test(media)) return media;
  return media.startsWith("@") ? `/ui/media/${encodeURIComponent(media)}` : "";
};

const file = ({ file: address, name }) =>
  h(
    "a",
    { class: "bubble file", href: address.startsWith("/ui/media/") ? address : null, download: name },
    icon("file"),
    h("span", {}, name),
  );

/** An action card: the words, and below them its buttons, one a line. */
function actions(message) {
  const button = ({ title, url }, index) => {
    const key = `${message.id}/${index}`;
    if (said(url) !== null) return h("button", { type: "button", "data-do": "tap", "data-id": url, "data-key": key }, title);
    return h("span", { class: "away", "data-key": key }, link([title], url));
  };
  return h(
    "div",
    { class: "bubble action-card" },
    markdown(message.text, show),
    h("div", { class: "below" }, message.buttons.map(button)),
  );
}
