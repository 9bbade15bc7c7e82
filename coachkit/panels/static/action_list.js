/**
 * A list of grouped rows that acts on a click. Rows are patched in place, never drawn anew, so that
 * a second click meets the same button and the focus stays. Every text is set as text.
 */

const HINT = "Arrow up and down move between rows, space ticks one, tab reaches its buttons.";
/** How long an answer may take before the list says that it still waits for one. */
const PATIENCE = 5000;
let lists = 0;

export default { render };

function render({ model, el }) {
  const view = new View(model, el, `ck-list-${++lists}`);
  const changed = () => view.draw();
  const told = (message) => {
    if (message.event === "patch") patch(model, message);
    if (message.event === "heard") view.release(message.ids);
  };
  const names = ["rows", "groups", "bulk", "empty", "label"];
  names.forEach((name) => model.on(`change:${name}`, changed));
  model.on("change:said", () => view.say(model.get("said")));
  model.on("msg:custom", told);
  view.draw();
  return () => {
    names.forEach((name) => model.off(`change:${name}`, changed));
    model.off("msg:custom", told);
    view.timers.forEach(clearTimeout);
  };
}

/** Take a patch into the model, so that every view of it, and the next one, shows the same. */
function patch(model, { rows = [], removed = [], order = null, groups = null, said = null }) {
  const gone = new Set(removed);
  const known = new Map(model.get("rows").map((row) => [row.id, row]));
  for (const row of rows) known.set(row.id, row);
  gone.forEach((id) => known.delete(id));
  const ids = order ?? [...known.keys()];
  if (groups) model.set("groups", groups);
  model.set("rows", ids.filter((id) => known.has(id)).map((id) => known.get(id)));
  if (said !== null) model.set("said", said);
}

class View {
  constructor(model, el, name) {
    this.model = model;
    this.name = name;
    this.elements = new Map();
    this.sections = new Map();
    this.ticked = new Set();
    this.folded = new Map();
    this.timers = new Map();
    this.current = null;
    this.root = make("div", "ck-list", { "data-lm-suppress-shortcuts": "true", role: "group" });
    this.hint = make("p", "ck-unseen", { id: `${name}-hint` }, HINT);
    this.bar = make("div", "ck-bar", { role: "group", "aria-label": "All ticked rows" });
    this.status = make("p", "ck-said", { role: "status", "aria-live": "polite" });
    this.nothing = make("p", "ck-empty");
    this.body = make("div", "ck-body");
    this.root.append(this.hint, this.status, this.bar, this.nothing, this.body);
    this.root.addEventListener("click", (event) => this.clicked(event));
    this.root.addEventListener("change", (event) => this.changed(event));
    this.root.addEventListener("keydown", (event) => this.pressed(event));
    this.root.addEventListener("focusin", (event) => this.focused(event));
    el.append(this.root);
    this.say(model.get("said"));
  }

  say(text) {
    setText(this.status, text ?? "");
    this.status.hidden = !text;
  }

  draw() {
    const rows = this.model.get("rows");
    const ids = new Set(rows.map((row) => row.id));
    const lost = this.focusLostWith(ids);
    this.root.setAttribute("aria-label", this.model.get("label"));
    for (const id of this.ticked) if (!ids.has(id)) this.ticked.delete(id);
    setText(this.nothing, this.model.get("empty"));
    this.nothing.hidden = rows.length > 0;
    this.drawGroups(rows);
    for (const [id, element] of this.elements) {
      if (!ids.has(id)) {
        element.remove();
        this.elements.delete(id);
        this.settle(id);
      }
    }
    this.drawBar();
    if (lost) this.refocus(lost);
    else this.rove();
  }

  drawGroups(rows) {
    const groups = this.model.get("groups");
    const keys = new Set(groups.map((group) => group.key));
    for (const [key, section] of this.sections) {
      if (!keys.has(key)) {
        section.remove();
        this.sections.delete(key);
      }
    }
    let place = this.body.firstElementChild;
    for (const group of groups) {
      const own = rows.filter((row) => row.group === group.key);
      const section = this.section(group);
      section.hidden = own.length === 0;
      if (section === place) place = place.nextElementSibling;
      else this.body.insertBefore(section, place);
      const folded = this.folded.get(group.key) ?? Boolean(group.folded);
      const [heading, list] = section.children;
      const button = heading.firstElementChild;
      setText(button, group.heading);
      button.setAttribute("aria-expanded", String(!folded));
      list.hidden = folded;
      if (!folded) this.drawRows(list, own);
      else list.replaceChildren();
    }
  }

  section(group) {
    let section = this.sections.get(group.key);
    if (!section) {
      const list = `${this.name}-${this.sections.size}-rows`;
      section = make("section", "ck-group");
      const heading = make("h3", "ck-heading");
      const fold = make("button", "ck-fold", { type: "button", "aria-controls": list });
      fold.dataset.fold = group.key;
      heading.append(fold);
      section.append(heading, make("ul", "ck-rows", { id: list }));
      this.sections.set(group.key, section);
    }
    return section;
  }

  drawRows(list, rows) {
    let place = list.firstElementChild;
    for (const row of rows) {
      let element = this.elements.get(row.id);
      if (!element) {
        element = this.build(row);
        this.elements.set(row.id, element);
      }
      this.fill(element, row);
      if (element === place) place = place.nextElementSibling;
      else list.insertBefore(element, place);
    }
    while (place) {
      const next = place.nextElementSibling;
      place.remove();
      place = next;
    }
  }

  build(row) {
    const name = `${this.name}-${this.elements.size}-${Math.random().toString(36).slice(2, 8)}`;
    const element = make("li", "ck-row");
    element.dataset.id = row.id;
    const tick = make("input", "ck-tick", { type: "checkbox", tabindex: "-1" });
    tick.setAttribute("aria-labelledby", `${name}-title`);
    const what = make("div", "ck-what");
    const title = make("div", "ck-title", { id: `${name}-title` });
    title.append(make("strong", "ck-who"), make("span", "ck-where"));
    what.append(title, make("div", "ck-badge"), make("div", "ck-text"), make("div", "ck-note"));
    const acts = make("div", "ck-acts");
    const more = make("div", "ck-more", { role: "group" });
    more.hidden = true;
    element.append(tick, what, acts, more);
    return element;
  }

  /** Set what differs, and nothing else. */
  fill(element, row) {
    if (element.row === row && element.shown) return; // a patch keeps the rows it does not name
    element.row = row;
    const now = JSON.stringify(row);
    if (element.shown === now) return;
    element.shown = now;
    this.settle(row.id);
    const part = (name) => element.querySelector(`.ck-${name}`);
    setText(part("who"), row.title);
    setText(part("where"), row.subtitle ? ` ${row.subtitle}` : "");
    for (const name of ["badge", "text", "note"]) {
      setText(part(name), row[name] ?? "");
      part(name).hidden = !row[name];
    }
    element.dataset.tone = row.tone ?? "";
    element.classList.toggle("ck-done", Boolean(row.done));
    const tick = part("tick");
    tick.hidden = !row.tickable;
    if (!row.tickable) this.ticked.delete(row.id);
    tick.checked = this.ticked.has(row.id);
    this.fillActions(element, row);
  }

  fillActions(element, row) {
    const acts = element.querySelector(".ck-acts");
    const more = element.querySelector(".ck-more");
    const there = new Map([...acts.children].map((button) => [button.dataset.action, button]));
    let place = acts.firstElementChild;
    for (const action of row.actions ?? []) {
      const button = there.get(action.key) ?? make("button", "ck-act", { type: "button", tabindex: "-1" });
      there.delete(action.key);
      button.dataset.action = action.key;
      button.classList.toggle("ck-first", Boolean(action.first));
      setText(button, action.label);
      button.setAttribute("aria-label", `${action.label}: ${row.title}${row.subtitle ?? ""}`);
      button.setAttribute("aria-disabled", String(Boolean(action.off)));
      button.options = action.options ?? null;
      if (action.options) button.setAttribute("aria-expanded", "false");
      else button.removeAttribute("aria-expanded");
      // a button that is moved loses the focus, so it is moved only where it stands elsewhere
      if (button === place) place = place.nextElementSibling;
      else acts.insertBefore(button, place);
    }
    there.forEach((button) => button.remove());
    more.hidden = true;
    more.replaceChildren();
  }

  drawBar() {
    const bulk = this.model.get("bulk");
    this.bar.hidden = bulk.length === 0 || this.model.get("rows").length === 0;
    while (this.bar.children.length > bulk.length) this.bar.lastElementChild.remove();
    bulk.forEach((action, place) => {
      let button = this.bar.children[place];
      if (!button) {
        button = make("button", "ck-act", { type: "button" });
        this.bar.append(button);
      }
      button.dataset.bulk = action.key;
      setText(button, `${action.label} (${this.ticked.size})`);
      button.setAttribute("aria-disabled", String(this.ticked.size === 0));
    });
  }

  // -- what the coach does --------------------------------------------------------------------

  clicked(event) {
    const button = event.target.closest("button");
    if (!button || button.getAttribute("aria-disabled") === "true") return;
    if (button.dataset.fold !== undefined) {
      this.folded.set(button.dataset.fold, button.getAttribute("aria-expanded") === "true");
      this.draw();
    } else if (button.dataset.bulk) {
      this.act(button.dataset.bulk, [...this.ticked], null);
    } else if (button.options) {
      this.unfold(button);
    } else {
      const row = button.closest(".ck-row");
      const { action, value = null } = button.dataset;
      if (row && action) this.act(action, [row.dataset.id], value);
    }
  }

  unfold(button) {
    const more = button.closest(".ck-row").querySelector(".ck-more");
    const opened = button.getAttribute("aria-expanded") !== "true";
    for (const other of button.parentElement.children) {
      if (other.options) other.setAttribute("aria-expanded", "false");
    }
    button.setAttribute("aria-expanded", String(opened));
    more.hidden = !opened;
    more.setAttribute("aria-label", button.textContent);
    more.replaceChildren();
    for (const [value, label] of opened ? button.options : []) {
      const option = make("button", "ck-act", { type: "button" }, label);
      option.dataset.action = button.dataset.action;
      option.dataset.value = value;
      more.append(option);
    }
  }

  changed(event) {
    const row = event.target.closest(".ck-row");
    if (!row || !event.target.classList.contains("ck-tick")) return;
    if (event.target.checked) this.ticked.add(row.dataset.id);
    else this.ticked.delete(row.dataset.id);
    this.drawBar();
  }

  /** Ask Python once: until it answers, the row's buttons do nothing. */
  act(action, ids, value) {
    const free = ids.filter((id) => !this.timers.has(id));
    if (free.length === 0) return;
    for (const id of free) {
      const element = this.elements.get(id);
      if (element) {
        element.setAttribute("aria-busy", "true");
        element.querySelectorAll("button").forEach((one) => one.setAttribute("aria-disabled", "true"));
      }
      const waits = () => this.say("Still waiting for an answer. If this stays, run the page again.");
      this.timers.set(id, setTimeout(waits, PATIENCE));
      this.ticked.delete(id);
    }
    this.model.send({ event: "act", action, ids: free, value });
    this.drawBar();
  }

  /** Python has done what it was asked about some rows: as they now stand, they may be used. */
  release(ids) {
    for (const id of ids) {
      const element = this.elements.get(id);
      this.settle(id);
      if (element) element.shown = null;
    }
    this.draw();
  }

  settle(id) {
    clearTimeout(this.timers.get(id));
    this.timers.delete(id);
    this.elements.get(id)?.removeAttribute("aria-busy");
  }

  // -- the keyboard ---------------------------------------------------------------------------

  pressed(event) {
    const element = event.target.closest(".ck-row");
    if (!element) return;
    const rows = this.visible();
    const place = rows.indexOf(element);
    const next = { ArrowDown: place + 1, ArrowUp: place - 1, Home: 0, End: rows.length - 1 };
    if (event.key in next) {
      const other = rows[next[event.key]];
      if (other) this.focusIn(other, controls(element).indexOf(event.target));
      event.preventDefault();
    } else if (event.key === "Escape") {
      const open = element.querySelector(".ck-acts [aria-expanded='true']");
      if (open) {
        this.unfold(open);
        open.focus();
      }
    } else if (event.key === " " && event.target.tagName !== "BUTTON") {
      if (event.target.tagName !== "INPUT") element.querySelector(".ck-tick").click();
    }
  }

  visible() {
    return [...this.body.querySelectorAll(".ck-group:not([hidden]) .ck-rows:not([hidden]) > .ck-row")];
  }

  focused(event) {
    const element = event.target.closest(".ck-row");
    if (element) {
      this.current = element.dataset.id;
      this.rove();
    }
  }

  focusIn(element, place) {
    const own = controls(element);
    (own[Math.max(0, Math.min(place, own.length - 1))] ?? own[0])?.focus();
  }

  /** Only one row's controls are tab stops: two hundred rows are not two hundred tabs. */
  rove() {
    const known = this.elements.get(this.current);
    const current = known?.offsetParent ? known : this.visible()[0];
    if (this.stop && this.stop !== current) {
      controls(this.stop).forEach((one) => one.setAttribute("tabindex", "-1"));
    }
    this.stop = current;
    if (!current) return;
    controls(current).forEach((one) => one.setAttribute("tabindex", "0"));
    controls(current)[0]?.setAttribute("aria-describedby", `${this.name}-hint`);
  }

  focusLostWith(ids) {
    const element = document.activeElement?.closest?.(".ck-row");
    if (!element || !this.root.contains(element) || ids.has(element.dataset.id)) return null;
    const place = this.visible().indexOf(element);
    return { row: place, control: controls(element).indexOf(document.activeElement) };
  }

  refocus({ row, control }) {
    const rows = this.visible();
    const next = rows[Math.min(row, rows.length - 1)];
    this.rove();
    if (next) this.focusIn(next, control);
    else this.root.querySelector("button")?.focus();
  }
}

function controls(row) {
  return [...row.querySelectorAll("input:not([hidden]), button")];
}

function make(tag, className, attributes = {}, text = null) {
  const element = document.createElement(tag);
  element.className = className;
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  // JupyterLab looks at what has the focus before it looks around it
  if (tag === "button" || tag === "input") element.setAttribute("data-lm-suppress-shortcuts", "true");
  if (text !== null) element.textContent = text;
  return element;
}

function setText(element, text) {
  if (element.textContent !== text) element.textContent = text;
}
