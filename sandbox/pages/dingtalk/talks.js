// The head of the page, the list of conversations, and the box to write in.

import { fill, h } from "../dom.js";
import { drawGuide, moveButton } from "../guide.js";
import { avatar } from "../people.js";
import { address, nameOf, state } from "../store.js";
import { language, t } from "../words.js";
import { icon } from "./icons.js";
import { briefTime, fullTime, nowOf } from "./time.js";

export function drawFrame() {
  drawTop();
  drawTalks();
  drawTitle();
  drawGuide();
  drawComposer();
  drawBeside();
  document.getElementById("skip").textContent = t("skip");
  const waiting = state.me?.waiting ? `(${state.me.waiting}) ` : "";
  document.title = `${waiting}${state.me?.real_name ?? ""} · ${state.app ?? ""}`;
}

export const here = () => state.conversations.find((each) => each.id === state.channel);

export const face = (talk, size = "") =>
  talk.kind === "dm"
    ? h("img", { class: `avatar ${size}`, src: "/pages/mark.svg", alt: "" })
    : h("span", { class: `avatar group ${size}`, "aria-hidden": "true" }, talk.name.slice(0, 2));

function drawTop() {
  const me = state.me;
  fill(
    document.getElementById("top"),
    h("button", { type: "button", class: "icon phone", "data-do": "show-people", "aria-label": t("choosePerson") }, "☰"),
    me && avatar(me, "large"),
    me && h("div", { class: "who" }, h("h1", {}, me.real_name), h("small", {}, me.title)),
    h(
      "div",
      { class: "clock" },
      h("time", { class: "now" }, state.host.busy && h("i", { class: "spin", "aria-hidden": "true" }), state.now && fullTime(nowOf())),
      moves(),
    ),
    h("button", { type: "button", class: "icon plan", "data-do": "side", "aria-expanded": String(state.side), "aria-controls": "side", "aria-label": t("planned"), title: t("planned") }, icon("calendar")),
    h("div", { class: "switch", role: "group", "aria-label": t("language") }, tongue("zh", "中"), tongue("en", "EN")),
  );
}

const moves = () =>
  !state.bare &&
  state.host.landmarks.length > 0 &&
  h("div", { class: "moves", role: "group", "aria-label": t("moveClock") }, state.host.landmarks.map((each) => moveButton(each, "move")));

const tongue = (code, label) =>
  h("button", { type: "button", "data-do": "speak", "data-id": code, "aria-pressed": String(language() === code), lang: code }, label);

function drawTalks() {
  const nav = document.getElementById("talks");
  nav.setAttribute("aria-label", t("conversations"));
  fill(nav, state.conversations.map(row));
  if (nav.dataset.at === state.channel) return;
  nav.dataset.at = state.channel;
  nav.querySelector("[aria-current]")?.scrollIntoView({ block: "nearest", inline: "nearest" });
}

const row = (talk) =>
  h(
    "a",
    { href: address(state.as, talk.id), "data-do": "go", "data-id": talk.id, "data-key": talk.id, "aria-current": talk.id === state.channel ? "page" : null },
    face(talk),
    h(
      "span",
      { class: "who" },
      h("strong", {}, talk.name),
      h("small", {}, talk.last && (talk.last.text || `[${t("image")}]`)),
    ),
    h(
      "span",
      { class: "aside" },
      h("time", {}, talk.last ? briefTime(talk.last.ts) : ""),
      talk.unread > 0 && talk.id !== state.channel
        ? h("span", { class: "badge", "aria-label": t("unread", { n: talk.unread }) }, talk.unread)
        : null,
    ),
  );

function drawTitle() {
  const talk = here();
  fill(
    document.getElementById("title"),
    talk && h("h2", {}, talk.name),
    talk?.kind === "dm" && h("span", { class: "tag" }, t("robot")),
    talk?.kind === "group" && h("small", {}, t("members", { n: talk.members })),
  );
}

function drawComposer() {
  const talk = here();
  const box = document.getElementById("composer");
  box.hidden = !talk;
  if (!talk) return;
  const alone = talk.kind === "dm";
  const words = t(alone ? "writeTo" : "writeGroup", { name: alone ? talk.name : state.app });
  fill(
    box,
    h("button", { type: "button", class: "newer", "data-do": "newest" }, `${t("newer")} ↓`),
    h(
      "form",
      { "data-do": "say" },
      h("textarea", {
        id: "say",
        rows: 1,
        placeholder: words,
        "aria-label": words,
        "data-key": `say/${state.as}/${state.channel}`,
        value: state.draft[`${state.as}/${state.channel}`] ?? "",
      }),
      h(
        "div",
        { class: "tools" },
        !alone && tool("mention", "at"),
        alone && h("label", { class: "icon", title: t("sendPicture") }, icon("picture"), h("input", { type: "file", id: "picture", class: "unseen", accept: "image/*", "aria-label": t("sendPicture") })),
        alone && tool("speak-it", "voice", "sendVoice"),
        h("button", { class: "button primary", type: "submit" }, t("send")),
      ),
    ),
  );
}

const tool = (what, sign, label = what) =>
  h("button", { type: "button", class: "icon", "data-do": what, "aria-label": t(label, { name: state.app }), title: t(label, { name: state.app }) }, icon(sign));

/** A second person, in a page of its own within this one. */
function drawBeside() {
  const place = document.getElementById("beside");
  document.body.classList.toggle("split", Boolean(state.beside));
  document.body.classList.toggle("bare", state.bare);
  place.hidden = !state.beside;
  if (!state.beside) return fill(place);
  const name = nameOf(state.beside);
  place.setAttribute("aria-label", name);
  const src = address(state.beside, null, { beside: null, bare: true });
  fill(
    place,
    h("button", { type: "button", class: "icon", "data-do": "alone", "aria-label": t("closeBeside", { name }) }, "×"),
    h("iframe", { src, title: name, "data-key": `beside-${state.beside}`, "data-sealed": true }),
  );
}
