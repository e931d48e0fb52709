// Starts the page: reads the address, draws what the organisation says, and follows its changes.

import { act, listen, read } from "../api.js";
import { hideGuide } from "../guide.js";
import { drawPeople } from "../people.js";
import { address, readAddress, state } from "../store.js";
import { toast } from "../toast.js";
import { speak, t } from "../words.js";
import { answersOf, here as spot, objections } from "./card.js";
import { drawTalk, follow, stay } from "./chat.js";
import { drawSide } from "./side.js";
import { drawFrame, here } from "./talks.js";

Object.assign(state, { app: "", entries: [], quota: { used: 0, monthly: null }, side: false });

let hangUp = () => {};
let asked = { state: 0, messages: 0 };
let troubles = 0;

const tongueOf = (user) => state.language ?? (user?.locale?.startsWith("zh") ? "zh" : "en");

function draw() {
  speak(tongueOf(state.me));
  drawPeople();
  drawFrame();
  drawTalk();
  drawSide();
}

async function readState() {
  const turn = (asked.state += 1);
  const told = await read("/ui/state", { as: state.as });
  if (turn !== asked.state) return;
  const { troubles: said, ...facts } = told;
  Object.assign(state, facts);
  if (said.length > troubles) toast(t("failed", { why: said.at(-1) }));
  troubles = said.length;
  if (!here()) state.channel = state.conversations[0]?.id ?? null;
}

async function readTalk() {
  const turn = (asked.messages += 1);
  const told = await read("/ui/messages", { as: state.as, channel: state.channel });
  if (turn === asked.messages) state.messages = told.messages;
}

function markRead() {
  const last = state.messages.at(-1)?.id ?? "";
  if (!here()?.unread || document.visibilityState !== "visible") return;
  if (last <= (state.read[state.channel] ?? "")) return;
  state.read[state.channel] = last;
  act("read", { as: state.as, channel: state.channel, upto: last });
}

async function refresh() {
  await readState();
  await readTalk();
  draw();
  markRead();
}

/** Do it again soon, once for all that comes together. */
const soon = (() => {
  const due = new Set();
  let timer = 0;
  return (what) => {
    due.add(what);
    clearTimeout(timer);
    timer = setTimeout(async () => {
      const talk = due.has("talk");
      due.clear();
      try {
        await readState();
        if (talk) await readTalk();
      } catch (failure) {
        toast(t("failed", { why: failure.message }));
        return;
      }
      draw();
      markRead();
    }, 30);
  };
})();

function heard({ what, channel }) {
  const seen = !channel || channel === state.channel;
  soon(["messages", "card", "all"].includes(what) && seen ? "talk" : "state");
}

async function become(id, channel = null) {
  if (id !== state.as) {
    hangUp();
    Object.assign(state, { as: id, read: {}, messages: [], conversations: [], entries: [] });
    troubles = Infinity;
  }
  state.channel = channel;
  await refresh();
  history.replaceState(null, "", address(state.as, state.channel));
  hangUp();
  hangUp = listen(state.as, heard, lost);
}

function lost(isLost) {
  if (isLost !== state.lost) toast(isLost ? t("lost") : "", { stays: isLost });
  state.lost = isLost;
}

const complain = (answer) => {
  if (!answer.ok) toast(t("failed", { why: answer.error ?? "?" }));
  return answer;
};

/** Do something once, however often it is pressed while it is under way. */
async function once(control, what, facts) {
  if (control.dataset.busy) return null;
  control.dataset.busy = "true";
  control.setAttribute("aria-busy", "true");
  follow();
  const answer = await act(what, facts);
  delete control.dataset.busy;
  control.removeAttribute("aria-busy");
  soon("talk");
  return answer;
}

const key = () => `${state.as}/${state.channel}`;

async function send(what, box) {
  const text = box.value.trim();
  if (!text) return;
  follow();
  const answer = complain(await act(what, { as: state.as, channel: state.channel, text }));
  if (!answer.ok) return;
  box.value = "";
  delete box.dataset.touched;
  delete state.draft[key()];
}

const page = {
  "act-as": async (id) => {
    document.body.classList.remove("choosing");
    history.pushState(null, "", address(id, null));
    await become(id);
    document.getElementById("talk").focus({ preventScroll: true });
  },
  there: (id, place) => {
    history.pushState(null, "", place.getAttribute("href"));
    return become(id, place.dataset.channel || null);
  },
  beside: (id) => {
    if (!matchMedia("(width > 1000px)").matches) return window.open(address(id, null, { beside: null }), "_blank", "noopener");
    return pair(id);
  },
  alone: () => pair(null),
  move: async (landmark) => {
    complain(await act("move", { as: state.as, key: landmark }));
    soon("talk");
  },
  guide: () => hideGuide(false),
  "hide-guide": () => hideGuide(true),
  go: async (id) => {
    history.pushState(null, "", address(state.as, id));
    Object.assign(state, { channel: id, messages: [] });
    await refresh();
  },
  speak: (code) => {
    state.language = code;
    history.replaceState(null, "", address(state.as, state.channel));
    draw();
  },
  side: () => {
    state.side = !state.side;
    draw();
  },
  everybody: () => show({ onlyWaiting: false }),
  "only-waiting": () => show({ onlyWaiting: true }),
  "show-people": () => {
    document.body.classList.add("choosing");
    document.getElementById("search").focus();
  },
  "hide-people": () => document.body.classList.remove("choosing"),
  newest: () => {
    const talk = document.getElementById("talk");
    talk.scrollTo({ top: talk.scrollHeight, behavior: "smooth" });
  },
  mention: () => {
    const box = document.getElementById("say");
    const name = `@${state.app} `;
    if (!box.value.startsWith(name)) box.value = name + box.value;
    box.dataset.touched = "true";
    box.focus();
  },
  tap: async (url, control) => complain((await once(control, "tap", { ...spot(control), url })) ?? { ok: true }),
  press: async (label, control) => complain((await once(control, "press", { ...spot(control), label, at: Number(control.dataset.at) })) ?? { ok: true }),
  "speak-it": () => send("speak", document.getElementById("say")),
  say: (_, form) => send("say", form.querySelector("textarea")),
  fill: async (_, form) => {
    const { card } = form.closest("[data-card]").dataset;
    const answer = await once(form, "fill", { ...spot(form), answers: answersOf(form) });
    if (!answer) return;
    if (answer.ok) objections.delete(card);
    else if (answer.errors) objections.set(card, answer.errors);
    else complain(answer);
    if (answer.ok) for (const each of form.querySelectorAll("[data-touched]")) delete each.dataset.touched;
    draw();
    form.querySelector(".wrong :is(input, select, textarea)")?.focus();
  },
};

function pair(id) {
  state.beside = id;
  history.replaceState(null, "", address(state.as, state.channel));
  draw();
}

function show(facts) {
  Object.assign(state, facts);
  drawPeople();
}

const plain = (event) => !(event.metaKey || event.ctrlKey || event.shiftKey || event.button > 0);

document.addEventListener("click", (event) => {
  const own = event.target.closest("[data-do]");
  if (!own || own.tagName === "FORM" || !page[own.dataset.do] || !plain(event)) return;
  event.preventDefault();
  page[own.dataset.do](own.dataset.id, own);
});

document.addEventListener("submit", (event) => {
  event.preventDefault();
  page[event.target.dataset.do]?.(null, event.target);
});

document.addEventListener("input", (event) => {
  const { target } = event;
  if (target.id === "search") show({ search: target.value });
  if (target.closest(".card-form")) touch(target);
  if (target.id !== "say") return;
  target.dataset.touched = "true";
  state.draft[key()] = target.value;
});

/** What was put into a form stays when the card is drawn anew; all of a group's choices do. */
function touch(control) {
  const group = control.closest(".choices");
  for (const each of group ? group.querySelectorAll("input") : [control]) each.dataset.touched = "true";
}

document.addEventListener("change", async (event) => {
  const { target } = event;
  if (target.closest(".card-form")) touch(target);
  if (target.id !== "picture" || !target.files.length) return;
  const bytes = new Uint8Array(await target.files[0].arrayBuffer());
  target.value = "";
  const picture = btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(""));
  complain(await act("show", { as: state.as, channel: state.channel, picture }));
});

document.addEventListener("keydown", (event) => {
  if (event.key === "Escape") document.body.classList.remove("choosing");
  const writing = event.target.id === "say" && event.key === "Enter" && !event.shiftKey;
  if (!writing || event.isComposing) return;
  event.preventDefault();
  event.target.form.requestSubmit();
});

stay(document.getElementById("talk"));

document.addEventListener("visibilitychange", markRead);

/** What waits for others, and the clock, are looked at now and then; the rest is told us. */
setInterval(() => document.visibilityState === "visible" && state.me && soon("state"), 5000);

addEventListener("popstate", () => {
  readAddress();
  become(state.as, state.channel);
});

readAddress();
start();

/** Without a person in the address: the first one who has something waiting, else the first. */
async function start() {
  speak(state.language ?? (navigator.language.startsWith("zh") ? "zh" : "en"));
  state.side = matchMedia("(width > 1360px)").matches && !state.bare;
  try {
    if (!state.as) {
      const { users } = await read("/ui/state", {});
      state.as = (users.find((user) => user.waiting) ?? users[0]).id;
    }
    await become(state.as, state.channel);
  } catch (failure) {
    document.getElementById("talk").textContent = t("nowhere");
    toast(t("failed", { why: failure.message }), { stays: true });
  }
}
