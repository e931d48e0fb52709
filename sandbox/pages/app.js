// Starts the page: reads the address, draws what the workspace says, and follows its changes.

import { attend, flush } from "./actions.js";
import { act, listen, read } from "./api.js";
import { drawFrame } from "./frame.js";
import { hideGuide } from "./guide.js";
import { drawTalk } from "./messages.js";
import { drawModal } from "./modal.js";
import { drawPeople } from "./people.js";
import { address, HOME, readAddress, state } from "./store.js";
import { toast } from "./toast.js";
import { speak, t } from "./words.js";

let hangUp = () => {};
let asked = { state: 0, messages: 0 };
let troubles = 0;
let homeReads = [];

const tongueOf = (user) => state.language ?? (user?.locale?.startsWith("zh") ? "zh" : "en");

function draw() {
  speak(tongueOf(state.me));
  drawPeople();
  drawFrame();
  drawTalk();
  drawModal();
}

/** Ask who there is, what waits, and which form is open. */
async function readState() {
  const turn = (asked.state += 1);
  let told = await read("/ui/state", { as: state.as });
  if (!told.conversations.some((each) => each.kind === "dm")) {
    told = await read("/ui/state", { as: state.as });
  }
  if (turn !== asked.state) return;
  Object.assign(state, {
    team: told.team,
    now: told.now,
    me: told.me,
    users: told.users,
    conversations: told.conversations,
    view: told.view,
    host: told.host,
    shortcuts: told.shortcuts ?? [],
  });
  const said = told.troubles ?? [];
  if (said.length > troubles) toast(t("failed", { why: said.at(-1) }));
  troubles = said.length;
  if (!state.channel || !known(state.channel)) state.channel = state.conversations[0]?.id ?? HOME;
}

const known = (id) => id === HOME || state.conversations.some((each) => each.id === id);

async function readTalk({ opened = false } = {}) {
  const turn = (asked.messages += 1);
  const here = { as: state.as, channel: state.channel };
  if (here.channel === HOME) {
    const told = await read("/ui/home", { as: here.as, opened: opened ? 1 : 0 });
    if (turn === asked.messages) state.home = told.view;
    return;
  }
  const told = await read("/ui/messages", here);
  if (turn === asked.messages) state.messages = told.messages;
}

function markRead() {
  const here = state.conversations.find((each) => each.id === state.channel);
  if (here?.unread && document.visibilityState === "visible") {
    const upto = newestSeen();
    if (upto > (state.read[state.channel] ?? "")) {
      state.read[state.channel] = upto;
      act("read", { as: state.as, channel: state.channel, upto });
    }
  }
}

/** The newest message on the screen: replies in a folded thread are not there. */
const newestSeen = () =>
  state.messages
    .filter((each) => !each.thread_ts || each.thread_ts === each.ts || state.openThreads.has(each.thread_ts))
    .reduce((last, each) => (each.ts > last ? each.ts : last), "");

async function refresh(options) {
  await readState();
  await readTalk(options);
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
  const here = !channel || channel === state.channel;
  if (what === "home") {
    if (state.channel === HOME && mayReadHome()) soon("talk");
  } else soon((what === "messages" && here) || what === "all" ? "talk" : "state");
}

/** An app that publishes its Home tab whenever it is looked at must not keep us reading it. */
function mayReadHome() {
  const now = Date.now();
  homeReads = [...homeReads.filter((at) => now - at < 10_000), now];
  return homeReads.length <= 3;
}

async function become(id, channel = null) {
  flush();
  if (id !== state.as) {
    hangUp();
    Object.assign(state, { as: id, read: {}, messages: [], home: null, view: null, conversations: [] });
    troubles = Infinity;
  }
  Object.assign(state, { channel, openThreads: new Set() });
  await refresh({ opened: channel === HOME });
  history.replaceState(null, "", address(state.as, state.channel));
  hangUp();
  hangUp = listen(state.as, heard, lost);
}

function lost(isLost) {
  if (isLost !== state.lost) toast(isLost ? t("lost") : "", { stays: isLost });
  state.lost = isLost;
}

const page = {
  "act-as": async (id) => {
    document.body.classList.remove("choosing");
    history.pushState(null, "", address(id, null));
    await become(id);
    document.getElementById("talk").focus({ preventScroll: true });
  },
  there: (id, link) => {
    history.pushState(null, "", link.getAttribute("href"));
    return become(id, link.dataset.channel || null);
  },
  beside: (id) => {
    if (!matchMedia("(width > 1000px)").matches) return window.open(address(id, null, { beside: null }), "_blank", "noopener");
    return pair(id);
  },
  alone: () => pair(null),
  move: async (key) => {
    const answer = await act("move", { as: state.as, key });
    if (!answer.ok) toast(t("failed", { why: answer.error }));
    soon("talk");
  },
  guide: () => hideGuide(false),
  "hide-guide": () => hideGuide(true),
  go: async (id) => {
    history.pushState(null, "", address(state.as, id));
    Object.assign(state, { channel: id, messages: [], home: null });
    await refresh({ opened: true });
  },
  thread: (ts) => {
    if (!state.openThreads.delete(ts)) state.openThreads.add(ts);
    drawTalk();
    if (!state.openThreads.has(ts)) return;
    document.querySelector(`[data-ts="${ts}"] .thread-list`)?.lastElementChild?.scrollIntoView({ block: "nearest", behavior: "smooth" });
    markRead();
  },
  shortcut: async (id, button) => {
    button.closest("details").open = false;
    const { ts } = button.closest("[data-ts]").dataset;
    const answer = await act("shortcut", { as: state.as, channel: state.channel, ts, id });
    if (!answer.ok) toast(t("failed", { why: answer.error }));
    soon("state");
  },
  speak: (code) => {
    state.language = code;
    history.replaceState(null, "", address(state.as, state.channel));
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
  "close-view": () => {
    const view = state.view;
    if (!view) return;
    flush();
    act("close", { as: state.as, view_id: view.id }).then(answered);
  },
  say: async (_, form) => {
    const box = form.querySelector("textarea");
    const text = box.value.trim();
    if (!text) return { ok: true };
    const answer = await act("say", { as: state.as, channel: state.channel, text });
    if (answer.ok) {
      box.value = "";
      delete box.dataset.touched;
      delete state.draft[`${state.as}/${state.channel}`];
    }
    return answer;
  },
};

function pair(id) {
  state.beside = id;
  history.replaceState(null, "", address(state.as, state.channel));
  drawFrame();
}

function show(facts) {
  Object.assign(state, facts);
  drawPeople();
}

/** What an act answered: the form that is open now, if any. */
function answered(answer) {
  if (!answer.ok && !answer.view) return;
  state.view = answer.view ?? null;
  drawModal();
}

document.addEventListener("input", (event) => {
  if (event.target.id === "search") show({ search: event.target.value });
  if (event.target.id !== "say") return;
  event.target.dataset.touched = "true";
  state.draft[`${state.as}/${state.channel}`] = event.target.value;
});

document.addEventListener("keydown", (event) => {
  if (event.key === "Escape") document.body.classList.remove("choosing");
  const writing = event.target.id === "say" && event.key === "Enter" && !event.shiftKey;
  if (!writing || event.isComposing) return;
  event.preventDefault();
  event.target.form.requestSubmit();
});

document.getElementById("talk").addEventListener("scroll", (event) => {
  const { scrollHeight, scrollTop, clientHeight } = event.target;
  if (scrollHeight - scrollTop - clientHeight < 60) document.body.classList.remove("has-newer");
});

document.addEventListener("visibilitychange", markRead);

/** What waits for others, and the clock, are looked at now and then; the rest is told us. */
setInterval(() => document.visibilityState === "visible" && state.me && soon("state"), 5000);

addEventListener("popstate", () => {
  readAddress();
  become(state.as, state.channel);
});

attend(page, answered);
readAddress();
start();

/** Without a person in the address: the first one who has something waiting, else the first. */
async function start() {
  speak(state.language ?? (navigator.language.startsWith("zh") ? "zh" : "en"));
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
