// The head of the page: who acts, what time it is, which conversation; and the box to write in.

import { fill, h } from "./dom.js";
import { workspaceTime } from "./messages.js";
import { drawGuide, moveButton } from "./guide.js";
import { avatar } from "./people.js";
import { address, HOME, nameOf, state } from "./store.js";
import { language, t } from "./words.js";

export function drawFrame() {
  drawTop();
  drawTabs();
  drawGuide();
  drawComposer();
  drawBeside();
  document.getElementById("skip").textContent = t("skip");
  const waiting = state.me?.waiting ? `(${state.me.waiting}) ` : "";
  document.title = `${waiting}${state.me?.real_name ?? ""} · NoSurprise`;
}

function drawTop() {
  const me = state.me;
  fill(
    document.getElementById("top"),
    h(
      "button",
      { type: "button", class: "icon phone", "data-do": "show-people", "aria-label": t("choosePerson") },
      "☰",
    ),
    me && avatar(me, "large"),
    me && h("div", { class: "who" }, h("h1", {}, me.real_name || me.name), h("small", {}, me.title)),
    h("div", { class: "clock" }, h("time", { class: "now" }, state.host.busy && h("i", { class: "spin", "aria-hidden": "true" }), workspaceTime()), moves()),
    h("div", { class: "switch", role: "group", "aria-label": t("language") }, tongue("zh", "中"), tongue("en", "EN")),
  );
}

/** Where the clock can be moved to. */
const moves = () =>
  !state.bare &&
  state.host.landmarks.length > 0 &&
  h("div", { class: "moves", role: "group", "aria-label": t("moveClock") }, state.host.landmarks.map((each) => moveButton(each, "move")));

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

const tongue = (code, label) =>
  h(
    "button",
    { type: "button", "data-do": "speak", "data-id": code, "aria-pressed": String(language() === code), lang: code },
    label,
  );

function drawTabs() {
  const nav = document.getElementById("tabs");
  nav.setAttribute("aria-label", t("conversations"));
  const tabs = state.conversations.map((each) => tab(each.id, nameOfTalk(each), each.unread));
  fill(nav, tabs, tab(HOME, t("home"), 0));
}

export const nameOfTalk = (each) => (each.kind === "dm" ? titled(each.name) : `# ${each.name}`);

/** A bot's account name reads better with its first letter large. */
const titled = (name) =>
  name.toLowerCase() === "nosurprise" ? "NoSurprise" : name.charAt(0).toUpperCase() + name.slice(1);

const tab = (id, label, unread) =>
  h(
    "a",
    { href: address(state.as, id), "data-do": "go", "data-id": id, "data-key": id, "aria-current": id === state.channel ? "page" : null },
    label,
    unread > 0 && id !== state.channel &&
      h("span", { class: "badge", "aria-label": t("unread", { n: unread }) }, unread),
  );

function drawComposer() {
  const box = document.getElementById("composer");
  box.hidden = state.channel === HOME || !state.channel;
  fill(
    box,
    h("button", { type: "button", class: "newer", "data-do": "newest" }, `${t("newer")} ↓`),
    h(
      "form",
      { "data-do": "say" },
      h("textarea", {
        id: "say",
        rows: 1,
        placeholder: t("write"),
        "aria-label": t("write"),
        "data-key": `say/${state.as}/${state.channel}`,
        value: state.draft[`${state.as}/${state.channel}`] ?? "",
      }),
      h("button", { class: "button primary", type: "submit" }, t("send")),
    ),
  );
}
