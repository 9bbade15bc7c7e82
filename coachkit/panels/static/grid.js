/** A table whose marks can be chosen: what is behind one is told in Python. All texts are texts. */

export default { render };

function render({ model, el }) {
  const root = document.createElement("div");
  root.className = "ck-grid";
  root.setAttribute("data-lm-suppress-shortcuts", "true");
  el.append(root);

  const draw = () => {
    const chosen = model.get("chosen");
    const table = make("table", "ck-marks");
    table.append(make("caption", "", model.get("caption")));
    const head = make("tr");
    head.append(make("td"));
    for (const column of model.get("columns")) head.append(header("col", column));
    const thead = make("thead");
    thead.append(head);
    const body = make("tbody");
    model.get("rows").forEach((row, place) => {
      const line = make("tr");
      line.append(header("row", row.title));
      row.cells.forEach((cell, column) => {
        const data = make("td");
        if (cell) data.append(mark(cell, `${place}-${column}`, chosen));
        line.append(data);
      });
      body.append(line);
    });
    table.append(thead, body);
    const focused = root.contains(document.activeElement) ? document.activeElement.dataset.key : null;
    root.replaceChildren(table);
    const marks = [...root.querySelectorAll("button")];
    const current = marks.find((one) => one.dataset.key === (focused ?? chosen)) ?? marks[0];
    marks.forEach((one) => (one.tabIndex = one === current ? 0 : -1));
    if (focused !== null) current?.focus();
  };

  root.addEventListener("click", (event) => {
    const button = event.target.closest("button");
    if (!button) return;
    model.set("chosen", button.dataset.key);
    model.save_changes();
    for (const one of root.querySelectorAll("button")) {
      one.setAttribute("aria-pressed", String(one === button));
    }
  });

  root.addEventListener("keydown", (event) => {
    const button = event.target.closest("button");
    const step = { ArrowLeft: [0, -1], ArrowRight: [0, 1], ArrowUp: [-1, 0], ArrowDown: [1, 0] };
    if (!button || !(event.key in step)) return;
    event.preventDefault();
    const [down, right] = step[event.key];
    const lines = [...root.querySelectorAll("tbody tr")];
    let line = lines.indexOf(button.closest("tr"));
    let column = button.closest("td").cellIndex;
    const width = button.closest("tr").cells.length;
    for (;;) {
      line += down;
      column += right;
      if (line < 0 || line >= lines.length || column < 1 || column >= width) return;
      const next = lines[line].cells[column].querySelector("button");
      if (next) {
        button.tabIndex = -1;
        next.tabIndex = 0;
        next.focus();
        return;
      }
    }
  });

  const names = ["rows", "columns", "caption"];
  names.forEach((name) => model.on(`change:${name}`, draw));
  draw();
  return () => names.forEach((name) => model.off(`change:${name}`, draw));
}

function mark(cell, key, chosen) {
  const button = make("button", "ck-mark", cell.text);
  button.type = "button";
  button.setAttribute("data-lm-suppress-shortcuts", "true");
  button.dataset.key = key;
  button.dataset.level = cell.level;
  button.setAttribute("aria-label", cell.label);
  button.setAttribute("aria-pressed", String(key === chosen));
  button.title = cell.label;
  return button;
}

function header(scope, text) {
  const cell = make("th", "", text);
  cell.scope = scope;
  return cell;
}

function make(tag, className = "", text = null) {
  const element = document.createElement(tag);
  if (className) element.className = className;
  if (text !== null) element.textContent = text;
  return element;
}
