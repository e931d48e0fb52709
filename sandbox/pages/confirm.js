// "Are you sure?", as the element's confirm object words it.

import { fill, h } from "./dom.js";
import { textOf } from "./elements.js";
import { t } from "./words.js";

/** Ask; resolves to whether the person said yes. */
export function sure(asked) {
  const dialog = document.getElementById("confirm");
  const style = asked.style === "danger" ? "danger" : "primary";
  fill(
    dialog,
    h(
      "form",
      { method: "dialog" },
      h("header", {}, h("h2", { id: "confirm-title" }, textOf(asked.title))),
      h("div", { class: "body text" }, textOf(asked.text)),
      h(
        "footer",
        {},
        h("button", { class: "button", value: "no" }, textOf(asked.deny) || t("cancel")),
        h("button", { class: `button ${style}`, value: "yes", autofocus: true }, textOf(asked.confirm) || t("ok")),
      ),
    ),
  );
  dialog.returnValue = "no";
  dialog.showModal();
  return new Promise((resolve) => {
    dialog.addEventListener("close", () => resolve(dialog.returnValue === "yes"), { once: true });
  });
}
