// Shows a trace, one moment at a time: source, steps, registers, memory, page map, and a slider over time.
//
// mount(root, opening, windows, ask) builds the player inside `root`. player_state.js, which tells what to show, and
// player_panes.js, which draws it, stand before this text in the same module.
//
// A moment is before a step. What the last step changed is marked; a value that is clicked leads to who wrote it.

const KEYS = {
  n: ["next step", (player) => player.by(1)],
  ArrowRight: ["next step", (player) => player.by(1)],
  p: ["step back", (player) => player.by(-1)],
  ArrowLeft: ["step back", (player) => player.by(-1)],
  N: ["ten steps on", (player) => player.by(10)],
  P: ["ten steps back", (player) => player.by(-10)],
  Home: ["to the start", (player) => player.go(0)],
  End: ["to the end", (player) => player.go(player.windows.length)],
  l: ["choose a label to run to", (player) => player.parts.label.focus()],
  g: ["go to a step by its number", (player) => player.parts.number.select()],
  w: ["who wrote the value that has the focus, or that you name", (player) => player.whoWrote()],
  b: ["back to where you were before a jump", (player) => player.comeBack()],
};
const PAUSE = 100;
const PATIENCE = 10_000;
const NUDGES = [15, 25, 35];
const SILENCE = "The kernel does not answer: it is busy, or gone. Steps that were shown before can still be shown.";

class Player {
  constructor(root, opening, windows, ask) {
    this.root = root;
    this.opening = opening;
    this.windows = new Windows(opening, windows, ask);
    this.moment = 0;
    this.jumps = [];
    this.parts = {};
    this.build();
    this.panes = new Panes(this.parts, this.windows);
    root.addEventListener("keydown", (event) => this.press(event));
    root.addEventListener("click", (event) => this.click(event));
  }

  // -- where we are --

  by(steps) {
    return this.go(this.wanted + steps);
  }

  // Shows the moment `step`; of several calls in a row only the last has to be shown.
  async go(step, said = "") {
    const wanted = Math.min(Math.max(0, Math.trunc(step) || 0), this.windows.length);
    const shown = this.windows.nearest(wanted);
    if (shown !== wanted) said = `This page does not hold step ${wanted.toLocaleString("en")}; this is the nearest it has.`;
    this.wanted = shown;
    clearTimeout(this.pausing);
    const isHeld = await this.windows.fetch(shown);
    if (isHeld && shown) await this.windows.fetch(shown - 1);  // to tell what the last step changed, where that is known
    if (this.wanted !== shown) return;
    if (!isHeld) return (this.wanted = this.moment), this.say(SILENCE);
    this.moment = shown;
    this.show(said);
    this.pause();
  }

  // As soon as the reader pauses, says so and fetches the windows around: a jump must not wait for what nobody wants.
  pause() {
    this.pausing = setTimeout(() => {
      this.root.dispatchEvent(new CustomEvent("allocator:rests"));
      if (this.windows.ask) for (const way of [1, -1]) this.windows.fetch(this.moment + way * this.opening.window);
    }, PAUSE);
  }

  async jump(answer, found, missing) {
    const { step, error } = await answer;
    if (error || step == null) return this.say(error ?? missing);
    this.jumps.push(this.moment);
    return this.go(step, found.replace("#", step.toLocaleString("en")));
  }

  comeBack() {
    if (this.jumps.length) this.go(this.jumps.pop());
  }

  writer(what, name = what) {
    const missing = `No step before this one wrote ${name}: it is what it was at the start.`;
    return this.jump(this.windows.who(what, this.moment), `Step # wrote ${name}.`, missing);
  }

  visit(where, back, name = where) {
    const missing = `There is no ${back ? "earlier" : "later"} visit to ${name}.`;
    return this.jump(this.windows.visit(where, this.moment, back), `Step # is at ${name}.`, missing);
  }

  whoWrote() {
    const what = this.root.ownerDocument.activeElement?.dataset?.who;
    return what ? this.writer(what) : this.parts.who.focus();
  }

  say(text) {
    this.parts.said.textContent = text;
  }

  // -- what the reader does --

  press(event) {
    const isTyping = event.target.matches("input:not([type=range]), select");
    if (isTyping) event.stopPropagation();
    if (event.ctrlKey || event.metaKey || event.altKey || isTyping) return;
    if (this.rove(event)) return;
    const isSlider = event.target === this.parts.slider && event.key.startsWith("Arrow");
    if (!KEYS[event.key] || isSlider) return;
    event.preventDefault();
    event.stopPropagation();
    KEYS[event.key][1](this);
  }

  // Inside a group of values the arrows go from one to the next, so that the group is one stop of the Tab key.
  rove(event) {
    const group = event.target.closest?.(".group");
    const ways = { ArrowLeft: -1, ArrowRight: 1, ArrowUp: -(group?.dataset.columns ?? 1), ArrowDown: +(group?.dataset.columns ?? 1) };
    if (!group || !(event.key in ways)) return false;
    const values = [...group.querySelectorAll("button")];
    const target = values[values.indexOf(event.target) + ways[event.key]];
    if (target) target.focus();
    event.preventDefault();
    event.stopPropagation();
    return true;
  }

  click(event) {
    const data = event.target.closest("button")?.dataset ?? {};
    if (data.who) this.writer(data.who, data.name);
    else if (data.step) this.go(Number(data.step));
    else if (data.line) this.visitLine(data.line, event.shiftKey);
    else if (data.by) this.by(Number(data.by));
  }

  // The next step of a line of source; after the last one the first again.
  async visitLine(line, back) {
    const places = [...this.windows.held.values()].flatMap((window) => Object.values(window.places));
    const place = places.find((each) => `${each.source}:${each.line}` === line);
    if (!place) return this.say("No step of this part of the trace lies on that line.");
    const where = hex(place.address), name = `line ${place.line}`;
    const { step } = await this.windows.visit(where, this.moment, back);
    const from = step == null ? (back ? this.windows.length : -1) : this.moment;
    return this.jump(this.windows.visit(where, Math.max(from, 0), back), `Step # is on ${name}.`, `No other step is on ${name}.`);
  }

  // -- what is there --

  build() {
    const { parts, opening } = this, length = this.windows.length;
    const field = (name, label, control) => el("label", { class: "field" }, label, (parts[name] = control));
    const button = (text, title, press) => {
      const made = el("button", { type: "button", title }, text);
      made.addEventListener("click", press);
      return made;
    };
    parts.slider = el("input", { type: "range", min: 0, max: length, step: 1, "aria-label": "moment", class: "slider" });
    parts.slider.addEventListener("input", () => this.go(Number(parts.slider.value)));
    const number = el("input", { type: "number", min: 0, max: length });
    // By its arrows, or by leaving it; after Enter it is shown already.
    number.addEventListener("change", () => Number(number.value) !== this.moment && this.go(Number(number.value)));
    const labels = opening.labels.map((label) => el("option", { value: label }, label));
    const label = el("select", {}, ...labels);
    const who = el("input", { type: "text", placeholder: "rax, zf, page 31, 0x120000", autocomplete: "off", spellcheck: "false" });
    const entered = (control, act) => control.addEventListener("keydown", (event) => event.key === "Enter" && act());
    entered(number, () => this.go(Number(number.value)));
    entered(label, () => this.visit(label.value, false));
    entered(who, () => who.value.trim() && this.writer(who.value.trim()));
    parts.title = el("p", { class: "title" });
    parts.said = el("p", { class: "said", role: "status" });
    const keys = Object.entries(KEYS).map(([key, [said]]) => el("li", {}, el("kbd", {}, key), ` ${said}`));
    this.root.append(
      el("div", { class: "bar", role: "toolbar", "aria-label": "time" },
        button("|◀ Start", "Home", () => this.go(0)), button("−10", "P", () => this.by(-10)),
        button("◀ Back", "p or left arrow", () => this.by(-1)), button("Step ▶", "n or right arrow", () => this.by(1)),
        button("+10", "N", () => this.by(10)), button("End ▶|", "End", () => this.go(length)),
        field("number", "step", number), el("span", { class: "faint" }, `of ${length.toLocaleString("en")}`)),
      parts.slider,
      el("div", { class: "bar" },
        field("label", "run to", label), button("Next visit", "Enter", () => this.visit(label.value, false)),
        button("Previous visit", "", () => this.visit(label.value, true)),
        field("who", "who wrote", who), button("Find", "Enter", () => who.value.trim() && this.writer(who.value.trim())),
        button("Return", "b: back to where you were before a jump", () => this.comeBack())),
      parts.title, parts.said,
      el("div", { class: "panes" },
        el("div", { class: "column wide" }, this.pane("steps", "Steps"), this.pane("source", "Source")),
        el("div", { class: "column" }, this.pane("registers", "Registers"), this.pane("map", "Page map"), this.pane("memory", "Memory"))),
      el("details", { class: "keys" }, el("summary", {}, "Keys"), el("ul", {}, ...keys),
        el("p", {}, "A click on a register, a flag, a byte or a page goes to the step that wrote it; on a line of source to its next step, with Shift to the one before.")));
    if (!labels.length) label.disabled = true;
  }

  pane(name, title) {
    const heading = el("h3", {}, title);
    this.parts[name] = el("div", { class: name });
    return el("section", { "aria-label": title }, heading, this.parts[name]);
  }

  // -- what is shown --

  show(said) {
    const { parts, moment, windows } = this;
    const focus = this.focused();
    parts.slider.value = moment;
    parts.slider.setAttribute("aria-valuetext", `before step ${moment} of ${windows.length}`);
    parts.number.value = moment;
    this.panes.show(moment);
    this.say(said);
    this.focus(focus);
    this.root.dataset.step = moment;
    this.root.dispatchEvent(new CustomEvent("allocator:shown", { detail: moment, bubbles: true }));
  }

  // The values are made anew with each step: the one that had the focus gets it back.
  focused() {
    const active = this.root.ownerDocument.activeElement;
    if (!active || active === this.root || !this.root.contains(active)) return null;
    const { who, line, step } = active.dataset;
    return who ? `[data-who="${who}"]` : line ? `[data-line="${line}"]` : step ? "[data-step]" : null;
  }

  focus(selector) {
    if (selector) (this.root.querySelector(selector) ?? this.root.querySelector(".steps tr.next button") ?? this.root).focus({ preventScroll: true });
  }
}

async function mount(root, opening, windows, ask = null, first = 0) {
  root.classList.add("allocator-player");
  root.setAttribute("role", "region");
  root.setAttribute("aria-label", `player of ${opening.routine}`);
  root.dataset.lmSuppressShortcuts = "true";  // JupyterLab's own keys rest while the focus is in here
  root.tabIndex = 0;
  const player = new Player(root, opening, windows, ask);
  await player.go(first);
  return player;
}

// The door of anywidget: questions go to the kernel one by one, each with a number that its answer brings back.
// The kernel may send {go: step} at any time; it is told where the reader rests. The server sends that the kernel is
// busy, and keeps the answer back until this is acknowledged, which a silent page does 40 ms late (Nagle's algorithm
// and delayed acknowledgements): so, while it waits, the page says something that means nothing.
async function render({ model, el: place }) {
  const waiting = new Map(), root = el("div", {});
  let number = 0, player = null;
  const receive = (message) => {
    if ("go" in message) return player?.go(message.go);
    waiting.get(message.number)?.(message.answer);
    waiting.delete(message.number);
  };
  model.on("msg:custom", receive);
  const ask = (question) => new Promise((resolve) => {
    waiting.set(++number, resolve);
    model.send({ number, question });
    setTimeout(resolve, PATIENCE, { error: SILENCE });
    for (const delay of NUDGES) setTimeout((asked) => waiting.has(asked) && model.send({}), delay, number);
  });
  root.addEventListener("allocator:rests", () => (model.set("step", player.moment), model.save_changes()));
  place.append(root);
  player = await mount(root, model.get("opening"), model.get("windows"), ask, model.get("step"));
  return () => model.off("msg:custom", receive);
}

export { mount };
export default { render };
