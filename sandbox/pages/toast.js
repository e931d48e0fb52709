// A word at the page's foot that goes away by itself, and stays while something is wrong.

let timer = 0;

export function toast(words, { stays = false } = {}) {
  const place = document.getElementById("toast");
  const dialog = document.querySelector("dialog[open]");
  (dialog ?? document.body).append(place);
  place.textContent = words;
  place.classList.toggle("shown", Boolean(words));
  clearTimeout(timer);
  if (!stays && words) timer = setTimeout(() => toast(""), 6000);
}
