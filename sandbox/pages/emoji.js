// The few emoji codes that bots write most; any other code stays as it was typed.

const EMOJI = {
  white_check_mark: "✅", heavy_check_mark: "✔️", x: "❌", warning: "⚠️", tada: "🎉", wave: "👋",
  bar_chart: "📊", memo: "📝", eyes: "👀", lock: "🔒", calendar: "📅", bell: "🔔", star: "⭐",
  fire: "🔥", clap: "👏", pray: "🙏", thumbsup: "👍", "+1": "👍", thumbsdown: "👎", bulb: "💡",
  question: "❓", exclamation: "❗", hourglass: "⌛", speech_balloon: "💬", pencil: "✏️",
  red_circle: "🔴", large_yellow_circle: "🟡", large_green_circle: "🟢", arrow_right: "➡️",
  information_source: "ℹ️", smile: "😄", slightly_smiling_face: "🙂", heart: "❤️", rocket: "🚀",
};

/** An emoji by its name; `unicode` is its code points in hex, where Slack tells them. */
export const emoji = (name, unicode) =>
  unicode
    ? String.fromCodePoint(...unicode.split("-").map((point) => parseInt(point, 16)))
    : (EMOJI[name] ?? `:${name}:`);

/** A text as nodes, its codes replaced. */
export const emojify = (text) => [
  document.createTextNode(text.replace(/:([a-z0-9_+-]+):/g, (code, name) => EMOJI[name] ?? code)),
];
