// The few signs on the page's own buttons.

import { h } from "../dom.js";

const PATHS = {
  calendar: ["M4 5.5h12v11H4z", "M4 9h12", "M7.5 3.5v3", "M12.5 3.5v3"],
  picture: ["M3.5 4.5h13v11h-13z", "M4 14l4-4 3 3 2-2 3 3", "M12.5 7.8h.01"],
  voice: ["M10 3a2.2 2.2 0 0 1 2.2 2.2v4a2.2 2.2 0 0 1-4.4 0v-4A2.2 2.2 0 0 1 10 3z", "M5 9.5a5 5 0 0 0 10 0", "M10 14.5V17"],
  file: ["M5.5 3h6l3 3v11h-9z", "M11.5 3v3h3"],
  at: ["M13 10a3 3 0 1 1-6 0 3 3 0 0 1 6 0z", "M13 7v4.2a2 2 0 0 0 4 0V10a7 7 0 1 0-3 5.7"],
};

export const icon = (name) =>
  h("svg", { class: "sign", viewBox: "0 0 20 20", "aria-hidden": "true" }, PATHS[name].map((d) => h("path", { d })));
