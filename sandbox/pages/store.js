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
  lost: false,
  search: "",
  onlyWaiting: false,
  openThreads: new Set(),
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
}

/** The address of a person and a conversation, so that it can be opened in another window. */
export function address(as, channel, language = state.language) {
  const facts = new URLSearchParams({ as });
  if (channel) facts.set("channel", channel);
  if (language) facts.set("lang", language);
  return `?${facts}`;
}
