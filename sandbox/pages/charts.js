// Charts, with every figure written beside its mark. Labels are text of the page, so that they
// wrap and stay legible on a phone. Source: Slack docs, data-visualization-block.

import { h } from "./dom.js";

const WIDEST = 84;
const BAR = 15;

export function chart(block) {
  const drawn = block.chart;
  const body = drawn.type === "pie" ? pie(drawn) : drawn.type === "bar" ? bars(drawn) : curve(drawn);
  return h(
    "figure",
    { class: "chart" },
    h("figcaption", {}, block.title, drawn.series && drawn.series.length > 1 && names(drawn.series)),
    body,
  );
}

const names = (series) =>
  h(
    "span",
    { class: "names" },
    series.map((each, index) => h("span", {}, h("i", { class: `tone-${index % 6}` }), each.name)),
  );

const figure = (value) =>
  Number.isInteger(value) ? String(value) : String(Math.round(value * 100) / 100);

const valueAt = (series, label) => series.data.find((point) => point.label === label)?.value ?? 0;

function bars({ series, axis_config: axis }) {
  const categories = axis.categories ?? series[0].data.map((point) => point.label);
  const most = Math.max(...series.flatMap((each) => each.data.map((point) => point.value)), 0.001);
  return h(
    "div",
    { class: "bars" },
    categories.map((category) => {
      const said = series.map((each) => `${each.name} ${figure(valueAt(each, category))}`);
      return h(
        "div",
        { class: "row" },
        h("span", { class: "label" }, category),
        h(
          "svg",
          { width: "100%", height: series.length * BAR + 2, role: "img", "aria-label": `${category}: ${said.join(", ")}` },
          series.map((each, index) => bar(valueAt(each, category), most, index)),
        ),
      );
    }),
    axis.y_label && h("p", { class: "axis" }, axis.y_label),
  );
}

function bar(value, most, index) {
  const width = (Math.max(value, 0) / most) * WIDEST;
  const top = index * BAR + 2;
  return h(
    "g",
    {},
    h("rect", { x: 0, y: top, width: `${Math.max(width, 0.4)}%`, height: BAR - 4, rx: 3, class: `tone-${index % 6}` }),
    h("text", { x: `${width}%`, dx: 6, y: top + BAR - 6 }, figure(value)),
  );
}

function curve({ series, axis_config: axis, type }) {
  const categories = axis.categories ?? series[0].data.map((point) => point.label);
  const values = series.flatMap((each) => each.data.map((point) => point.value));
  const high = Math.max(...values, 0.001);
  const low = Math.min(...values, 0);
  const left = (index) => (categories.length < 2 ? 50 : (index / (categories.length - 1)) * 100);
  const top = (value) => 100 - ((value - low) / (high - low || 1)) * 100;
  const points = (each) =>
    categories.map((category, index) => `${left(index)},${top(valueAt(each, category))}`).join(" ");
  return h(
    "div",
    { class: "curve" },
    h(
      "div",
      { class: "plot" },
      h(
        "svg",
        { viewBox: "0 0 100 100", preserveAspectRatio: "none", "aria-hidden": "true" },
        series.map((each, index) => [
          type === "area" &&
            h("polygon", { points: `0,100 ${points(each)} 100,100`, class: `tone-${index % 6} soft` }),
          h("polyline", { points: points(each), class: `line-${index % 6}` }),
        ]),
      ),
      series.map((each, index) =>
        categories.map((category, at) =>
          h(
            "span",
            {
              class: `point ${index % 2 ? "below" : ""}`,
              style: `left:${left(at)}%;top:${top(valueAt(each, category))}%`,
              title: `${each.name}, ${category}`,
            },
            h("i", { class: `tone-${index % 6}` }),
            h("b", {}, figure(valueAt(each, category))),
          ),
        ),
      ),
    ),
    h("div", { class: "ticks" }, categories.map((each) => h("span", {}, each))),
  );
}

function pie({ segments }) {
  const sum = segments.reduce((total, each) => total + each.value, 0) || 1;
  let turned = 0;
  const circle = 2 * Math.PI * 40;
  const rings = segments.map((each, index) => {
    const share = (each.value / sum) * circle;
    const ring = h("circle", {
      cx: 50,
      cy: 50,
      r: 40,
      class: `line-${index % 6} ring`,
      "stroke-dasharray": `${Math.max(share - 1, 0.5)} ${circle - Math.max(share - 1, 0.5)}`,
      "stroke-dashoffset": -turned,
    });
    turned += share;
    return ring;
  });
  return h(
    "div",
    { class: "pie" },
    h("svg", { viewBox: "0 0 100 100", "aria-hidden": "true" }, rings),
    h(
      "ul",
      {},
      segments.map((each, index) =>
        h(
          "li",
          {},
          h("i", { class: `tone-${index % 6}` }),
          h("span", {}, each.label),
          h("b", {}, `${Math.round((each.value / sum) * 100)} %`),
          h("small", {}, figure(each.value)),
        ),
      ),
    ),
  );
}
