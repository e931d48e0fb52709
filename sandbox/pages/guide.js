// The guided path that whoever set up the workspace offers: one step at a time, with a way there.

import { fill, h } from "./dom.js";
import { address, state } from "./store.js";
import { language, t } from "./words.js";

const HIDDEN = "guide-hidden";

const words = (text) => text[language()] ?? Object.values(text)[0];

export const hideGuide = (hidden) => {
  sessionStorage.setItem(HIDDEN, hidden ? "yes" : "");
  drawGuide();
};

export function drawGuide() {
  const place = document.getElementById("guide");
  const { steps, busy, landmarks } = state.host;
  const hidden = sessionStorage.getItem(HIDDEN) === "yes";
  place.hidden = state.bare || (!steps.length && !busy);
  place.setAttribute("aria-label", t("guide"));
  place.classList.toggle("folded", hidden);
  if (place.hidden) return;
  if (!steps.length) {
    fill(place, h("p", { class: "arranging", role: "status" }, h("i", { class: "spin", "aria-hidden": "true" }), t("arranging")));
    return;
  }
  const at = steps.findIndex((step) => !step.done);
  const step = steps[at];
  const count = `${at < 0 ? steps.length : at + 1} / ${steps.length}`;
  const dots = h(
    "ol",
    { class: "dots", "aria-hidden": "true" },
    steps.map((each, index) => h("li", { class: each.done ? "done" : index === at ? "now" : null })),
  );
  if (hidden) {
    fill(place, h("button", { type: "button", class: "unfold", "data-do": "guide" }, dots, `${t("guide")} ${count}`));
    return;
  }
  fill(
    place,
    h(
      "div",
      { class: "step", "data-key": `step-${at}`, role: "status" },
      h("p", { class: "where" }, dots, h("span", {}, step ? count : t("walked"))),
      h("h2", {}, step ? words(step.title) : t("walkedTitle")),
      h("p", {}, step ? words(step.text) : t("walkedText")),
    ),
    step && way(step, landmarks),
    h("button", { type: "button", class: "icon", "data-do": "hide-guide", "aria-label": t("fold") }, "×"),
  );
}

/** What takes somebody to where the step is done; nothing if they are there. */
function way(step, landmarks) {
  const landmark = landmarks.find((each) => each.key === step.landmark);
  if (step.landmark) {
    return landmark && moveButton(landmark, "button primary");
  }
  const own = state.conversations.find((each) => each.kind === "dm")?.id;
  const there = state.as === step.user && (state.channel === step.channel || (!step.channel && state.channel === own));
  if (there) return null;
  return h(
    "a",
    { class: "button primary", href: address(step.user, step.channel), "data-do": "there", "data-id": step.user, "data-channel": step.channel },
    t("there"),
  );
}

export const moveButton = (landmark, look) =>
  h(
    "button",
    { type: "button", class: look, "data-do": "move", "data-id": landmark.key, "data-key": `move-${look}-${landmark.key}`, disabled: state.host.busy, title: moment(landmark.at) },
    words(landmark.label),
  );

const moment = (at) =>
  new Date(at).toLocaleString(language() === "zh" ? "zh-CN" : "en-GB", {
    ...(state.me?.tz ? { timeZone: state.me.tz } : {}),
    weekday: "short",
    month: "short",
    day: "numeric",
    hour: "2-digit",
    minute: "2-digit",
  });
