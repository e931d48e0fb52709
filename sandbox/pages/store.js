// What the page knows: who acts, where they look, and what the workspace last said.

export const state = {
  as: null,
  channel: null,
  language: null,
  team: null,
  now: null,
  me: null,
  users: [],
  conversations: [],
  messages: [],
  home: null,
  view: null,
  shortcuts: [],
  host: { busy: false, landmarks: [], steps: [] },
  beside: null,
  bare: false,
  lost: false,
  search: "",
  onlyWaiting: false,
  openThreads: new Set(),
  read: {},
  draft: {},
};

export const HOME = "home";

export const userOf = (id) => state.users.find((user) => user.id === id);

export const nameOf = (id) => {
  const user = userOf(id);
  return user ? user.real_name || user.name : id;
};

/** Who acts and where, out of the address. */
export function readAddress() {
  const asked = new URLSearchParams(location.search);
  state.as = asked.get("as");
  state.channel = asked.get("channel");
  state.language = asked.get("lang");
  state.beside = asked.get("beside");
  state.bare = asked.has("bare");
}

/** The address of a person and a conversation, so that it can be opened in another window. */
export function address(as, channel, { beside = state.beside, bare = state.bare } = {}) {
  const facts = new URLSearchParams({ as });
  if (channel) facts.set("channel", channel);
  if (state.language) facts.set("lang", state.language);
  if (beside) facts.set("beside", beside);
  if (bare) facts.set("bare", "1");
  return `?${facts}`;
}
