// The people one can act as, with what waits for each.

import { fill, h } from "./dom.js";
import { address, state } from "./store.js";
import { t } from "./words.js";

const SHOWN = 200;
const TONES = 8;

export function avatar(user, size = "") {
  const name = user?.real_name || user?.name || "?";
  const chinese = /[\u4e00-\u9fff]/.test(name);
  const letters = chinese
    ? name.slice(-2)
    : name.split(/\s+/).map((word) => word[0]).slice(0, 2).join("");
  const tone = [...(user?.id ?? name)].reduce((sum, sign) => sum * 31 + sign.charCodeAt(0), 7) >>> 0;
  return h("span", { class: `avatar face-${tone % TONES} ${size}`, "aria-hidden": "true" }, letters);
}

const people = () => state.users.filter((user) => !user.is_bot && !user.deleted);

export function drawPeople() {
  const wanted = state.search.trim().toLocaleLowerCase();
  const found = people().filter(
    (user) =>
      (!state.onlyWaiting || user.waiting || user.id === state.as) &&
      [user.real_name, user.name, user.title].some((text) =>
        (text ?? "").toLocaleLowerCase().includes(wanted),
      ),
  );
  fill(
    document.getElementById("people"),
    h(
      "div",
      { class: "brand" },
      h("img", { src: "/pages/mark.svg", alt: "", width: 30, height: 30 }),
      h("div", {}, h("strong", {}, teamName()), h("small", {}, t("actAs"))),
      h("button", { type: "button", class: "icon phone", "data-do": "hide-people", "aria-label": t("close") }, "×"),
    ),
    h(
      "div",
      { class: "find" },
      h("input", { id: "search", type: "search", placeholder: t("search"), "aria-label": t("search"), value: state.search, "data-key": "search", autocomplete: "off" }),
      h("div", { class: "filter", role: "group", "aria-label": t("filter") }, filter("all", false), filter("waiting", true)),
    ),
    h(
      "nav",
      { "aria-label": t("people") },
      h("ul", {}, found.slice(0, SHOWN).map(row)),
      found.length === 0 && h("p", { class: "empty" }, t("nobody")),
      found.length > SHOWN && h("p", { class: "empty" }, t("more", { n: found.length - SHOWN })),
    ),
  );
}

const teamName = () => (typeof state.team === "string" ? state.team : state.team?.name) || "NoSurprise";

function filter(key, waiting) {
  const count = waiting ? people().filter((user) => user.waiting).length : people().length;
  return h(
    "button",
    { type: "button", "data-do": waiting ? "only-waiting" : "everybody", "aria-pressed": String(state.onlyWaiting === waiting) },
    `${t(key)} ${count}`,
  );
}

function row(user) {
  const name = user.real_name || user.name;
  const current = user.id === state.as;
  return h(
    "li",
    { "data-key": user.id },
    h(
      "a",
      { class: "person", href: address(user.id, null), "data-do": "act-as", "data-id": user.id, "aria-current": current ? "true" : null },
      avatar(user),
      h("span", { class: "who" }, h("strong", {}, name), h("small", {}, user.title || "")),
      user.waiting > 0 &&
        h("span", { class: "badge", "aria-label": t("waitingN", { n: user.waiting }) }, user.waiting),
    ),
    h(
      "a",
      { class: "beside", href: address(user.id, null, { beside: null }), target: "_blank", rel: "noopener", "data-do": "beside", "data-id": user.id, title: t("beside", { name }), "aria-label": t("beside", { name }) },
      "◫",
    ),
  );
}
