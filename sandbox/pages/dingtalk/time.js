// Times as the person's own client shows them, by the organisation's clock.

import { state } from "../store.js";
import { language, t } from "../words.js";

const zone = () => (state.me?.tz ? { timeZone: state.me.tz } : {});
const locale = () => (language() === "zh" ? "zh-CN" : "en-GB");
const HOUR = { hour: "2-digit", minute: "2-digit" };

export const nowOf = () => new Date(state.now ?? Date.now());

const moment = (ts) => new Date(ts * 1000);
const dayOf = (date) => date.toLocaleDateString("en-CA", zone());

export const clock = (ts) => moment(ts).toLocaleTimeString(locale(), { ...zone(), ...HOUR });

export const dayKey = (ts) => dayOf(moment(ts));

/** Today's as an hour, others as a day. */
export function briefTime(ts) {
  const date = moment(ts);
  if (dayOf(date) === dayOf(nowOf())) return clock(ts);
  return date.toLocaleDateString(locale(), { ...zone(), month: "numeric", day: "numeric" });
}

export function dayName(ts) {
  const yesterday = new Date(nowOf().getTime() - 86_400_000);
  if (dayKey(ts) === dayOf(nowOf())) return t("today");
  if (dayKey(ts) === dayOf(yesterday)) return t("yesterday");
  return moment(ts).toLocaleDateString(locale(), { ...zone(), weekday: "long", month: "long", day: "numeric" });
}

export const fullTime = (date) =>
  date.toLocaleString(locale(), { ...zone(), weekday: "short", month: "short", day: "numeric", ...HOUR });

export const dayOnly = (date) =>
  date.toLocaleDateString(locale(), { ...zone(), weekday: "short", month: "short", day: "numeric" });
