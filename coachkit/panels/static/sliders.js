/** Labelled sliders with their numbers in words; what the model has chosen follows them as they slide. */

let sets = 0;

export default { render };

function render({ model, el }) {
  const name = `ck-sliders-${++sets}`;
  const root = document.createElement("div");
  root.className = "ck-sliders";
  root.setAttribute("data-lm-suppress-shortcuts", "true");
  el.append(root);
  const parts = new Map();

  const build = () => {
    root.replaceChildren();
    parts.clear();
    for (const span of model.get("spans")) {
      const id = `${name}-${span.name}`;
      const line = document.createElement("div");
      line.className = "ck-slider";
      const label = document.createElement("label");
      label.htmlFor = id;
      label.textContent = span.label;
      const range = document.createElement("input");
      Object.assign(range, { type: "range", id, min: 0, max: span.max, step: 1 });
      range.dataset.name = span.name;
      range.setAttribute("data-lm-suppress-shortcuts", "true");
      const told = document.createElement("output");
      told.htmlFor = id;
      line.append(label, range, told);
      root.append(line);
      parts.set(span.name, { span, range, told });
    }
    show();
  };

  const show = () => {
    const values = model.get("chosen");
    for (const [key, { span, range, told }] of parts) {
      const value = values[key] ?? 0;
      if (Number(range.value) !== value) range.value = value;
      const unit = value === 1 ? span.unit : span.units;
      const words = `${value} ${unit}`;
      const now = value === span.now ? "as now" : `now ${span.now}`;
      told.textContent = `${words} (${now})`;
      range.setAttribute("aria-valuetext", `${words}, ${now}`);
    }
  };

  const slid = (event) => {
    const { name: key } = event.target.dataset;
    model.set("chosen", { ...model.get("chosen"), [key]: Number(event.target.value) });
    model.save_changes();
    show();
  };

  root.addEventListener("input", slid);
  model.on("change:spans", build);
  model.on("change:chosen", show);
  build();
  return () => {
    model.off("change:spans", build);
    model.off("change:chosen", show);
  };
}
