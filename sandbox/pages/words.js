// The page's own words, each in both languages. What the bot writes is the bot's.

const WORDS = {
  people: ["同事", "People"],
  search: ["搜索姓名或职位", "Search name or title"],
  actAs: ["选择以谁的身份使用", "Choose who you act as"],
  all: ["全部", "All"],
  waiting: ["待处理", "Waiting"],
  waitingN: ["{n} 件待处理", "{n} waiting"],
  nobody: ["没有找到", "Nobody found"],
  more: ["还有 {n} 位，请搜索", "{n} more, search to find them"],
  beside: ["并排打开 {name}", "Open {name} side by side"],
  closeBeside: ["关闭 {name}", "Close {name}"],
  moveClock: ["拨动时钟", "Move the clock"],
  guide: ["导览", "Guided path"],
  arranging: ["示例公司正在入场，几秒钟就好……", "The company is moving in, a few seconds…"],
  there: ["带我去", "Take me there"],
  fold: ["收起导览", "Fold the guided path"],
  walked: ["走完了", "Done"],
  walkedTitle: ["五步走完了。", "You have walked all five steps."],
  walkedText: ["接着随便试：换谁的身份都可以，时钟还能往前拨。", "Go on as you like: act as anybody, and move the clock further."],
  home: ["主页", "Home"],
  conversations: ["会话", "Conversations"],
  choosePerson: ["选择同事", "Choose a person"],
  unread: ["{n} 条未读", "{n} unread"],
  write: ["写消息，或输入 / 命令", "Write a message or a /command"],
  send: ["发送", "Send"],
  edited: ["已编辑", "edited"],
  onlyYou: ["仅你可见", "Only visible to you"],
  replies: ["{n} 条回复", "{n} replies"],
  reply: ["1 条回复", "1 reply"],
  hideReplies: ["收起回复", "Hide replies"],
  empty: ["这里还没有消息。", "Nothing here yet."],
  emptyHome: ["主页还没有内容。", "The home tab is empty so far."],
  today: ["今天", "Today"],
  yesterday: ["昨天", "Yesterday"],
  bot: ["应用", "app"],
  close: ["关闭", "Close"],
  cancel: ["取消", "Cancel"],
  ok: ["确定", "OK"],
  choose: ["请选择", "Choose"],
  optional: ["选填", "optional"],
  required: ["请填写这一项", "Please fill this in"],
  left: ["还可输入 {n} 字", "{n} characters left"],
  menu: ["更多操作", "More actions"],
  newer: ["有新消息", "New messages"],
  skip: ["跳到消息", "Skip to messages"],
  lost: ["连接中断，正在重连……", "Connection lost, trying again…"],
  failed: ["没有成功：{why}", "That did not work: {why}"],
  image: ["图片", "picture"],
  language: ["语言", "Language"],
  nowhere: ["请在地址里写明以谁的身份使用，例如 ?as=U123", "Say in the address who you act as, such as ?as=U123"],
  filter: ["筛选", "Filter"],
};

let place = 0;

export const speak = (language) => {
  place = language === "zh" ? 0 : 1;
  document.documentElement.lang = place === 0 ? "zh-CN" : "en";
};

export const language = () => (place === 0 ? "zh" : "en");

export const t = (key, facts = {}) =>
  WORDS[key][place].replace(/\{(\w+)\}/g, (_, name) => String(facts[name] ?? ""));
