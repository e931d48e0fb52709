// The person's calendar and to-do list, and what the month's calls have come to.

import { fill, h } from "../dom.js";
import { state } from "../store.js";
import { t } from "../words.js";
import { dayOnly, fullTime } from "./time.js";

export function drawSide() {
  const place = document.getElementById("side");
  place.hidden = !state.side || state.bare;
  place.setAttribute("aria-label", t("planned"));
  if (place.hidden) return;
  const of = (kind) => state.entries.filter((each) => each.kind === kind);
  const { used, monthly } = state.quota;
  fill(
    place,
    h("header", {}, h("h2", {}, t("planned")), h("button", { type: "button", class: "icon", "data-do": "side", "aria-label": t("close") }, "×")),
    h("h3", {}, t("events")),
    list(of("event").map(event), t("noEvents")),
    h("h3", {}, t("tasks")),
    list(of("task").map(task), t("noTasks")),
    h("p", { class: "quota" }, t("quota", { used, monthly: monthly ?? "∞" })),
  );
}

const list = (entries, none) => (entries.length ? h("ul", {}, entries) : h("p", { class: "none" }, none));

const event = ({ id, body }) =>
  h(
    "li",
    { "data-key": id },
    h("strong", {}, body.summary ?? ""),
    h("small", {}, timed(body.start?.dateTime)),
    body.description && h("p", {}, body.description),
  );

const task = ({ id, body }) =>
  h(
    "li",
    { "data-key": id, class: body.done ? "done" : null },
    h("strong", {}, body.subject ?? ""),
    body.done ? h("small", {}, t("done")) : body.dueTime && h("small", {}, t("due", { day: dayOnly(new Date(body.dueTime)) })),
    body.description && h("p", {}, body.description),
  );

const timed = (moment) => (moment ? fullTime(new Date(moment)) : "");
