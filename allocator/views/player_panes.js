// Draws what the windows tell about one moment: title, steps, source, registers, page map and memory.
//
// Each pane is made anew for each moment, the source apart, which changes with the window. Everything goes into the
// page as text, never as HTML. A value is a button whose data-who says whose writer a click asks for.

const STATES = ["absent", "free", "used"];
const GENERAL = 16;
const SHOWN_STEPS = 6;
const MOST_CELLS = 256;
const MOST_LINES = 12;

class Panes {
  // `parts` are the elements to draw in, by name.
  constructor(parts, windows) {
    this.parts = parts;
    this.windows = windows;
    this.opening = windows.opening;
  }

  show(moment) {
    const state = this.windows.state(moment);
    this.showTitle(state);
    this.showSteps(moment);
    this.showSource(state);
    this.showRegisters(state, this.windows.before(moment));
    this.showMap(state);
    this.showMemory(state);
  }

  showTitle({ next, moment }) {
    const place = next?.place, mode = place ? `${this.opening.modes[place.mode]}` : "";
    const where = place && place.line ? `, ${this.opening.sources[place.source] ?? ""}:${place.line}` : "";
    this.parts.title.className = !next && this.opening.fault ? "title fault" : "title";
    this.parts.title.replaceChildren(...(next
      ? [`Before step ${moment.toLocaleString("en")}: `, el("code", {}, place.text), ` at ${place.where}${where} `, el("span", { class: "chip" }, mode)]
      : [`After the last step. ${this.opening.stop}`]));
  }

  showSteps(moment) {
    const rows = [];
    for (let number = moment - SHOWN_STEPS; number <= moment + SHOWN_STEPS; number++) {
      const step = this.windows.step(number);
      if (step) rows.push(this.stepRow(step, moment));
    }
    const head = el("tr", {}, ...["step", "instruction", "what it did"].map((title) => el("th", { scope: "col" }, title)));
    const pane = this.parts.steps;
    pane.replaceChildren(el("table", {}, el("thead", {}, head), el("tbody", {}, ...rows)));
    centre(pane, pane.querySelector(".next"));
  }

  stepRow(step, moment) {
    const isNext = step.number === moment, isLast = step.number === moment - 1;
    const go = el("button", { type: "button", class: "link", "data-step": step.number, "aria-label": `go to step ${step.number}` }, `${step.number}`);
    return el("tr", { class: isNext ? "next" : isLast ? "last" : "", "aria-current": isNext ? "step" : null },
      el("td", {}, isNext ? "▶ " : "", go), el("td", {}, step.place.text), el("td", { class: "words" }, step.words));
  }

  // The lines of the window's part of the source; made anew only where that changes.
  showSource({ next, last, moment }) {
    const place = next?.place ?? last?.place, window = this.windows.window(moment);
    const source = place && place.source >= 0 ? place.source : this.source;
    if (this.lines !== window || this.source !== source) this.makeSource(window, source);
    for (const row of this.parts.source.querySelectorAll("[aria-current]")) row.removeAttribute("aria-current");
    const row = next ? this.rows?.get(next.place.line) : null;
    if (!row || next.place.source !== source) return;
    row.setAttribute("aria-current", "step");
    centre(this.parts.source, row);
  }

  makeSource(window, source) {
    Object.assign(this, { lines: window, source, rows: new Map() });
    const executed = new Set(Object.values(window.places).filter((each) => each.source === source).map((each) => each.line));
    let previous = 0;
    const made = [];
    for (const [, line, text] of window.lines.filter(([which]) => which === source)) {
      if (previous && line !== previous + 1) made.push(el("div", { class: "faint gap" }, "⋯"));
      previous = line;
      const content = [el("span", { class: "faint number" }, `${line}`), " ", text || " "];
      const row = executed.has(line)
        ? el("button", { type: "button", class: "line", "data-line": `${source}:${line}`, tabindex: -1 }, ...content)
        : el("div", { class: "line" }, ...content);
      this.rows.set(line, row);
      made.push(row);
    }
    if (!made.length) made.push(el("p", { class: "faint" }, "No source: this code is not part of the program."));
    const group = el("div", { class: "group", role: "group", "aria-label": `lines of ${this.opening.sources[source] ?? "the source"}` }, ...made);
    this.parts.source.replaceChildren(group);
    stop(group);
  }

  showRegisters({ registers, bits, moment }, before) {
    const names = this.opening.registers, flags = names.indexOf("rflags");
    const cell = (at) => this.register(names[at], registers[at], before?.[at], bits);
    const general = el("div", { class: "group general", role: "group", "aria-label": "general registers", "data-columns": 2 },
      ...names.slice(0, GENERAL + 1).map((_, at) => cell(at)).filter((made) => made));
    const bitsShown = Object.entries(this.opening.flags).filter(([name]) => /^([cpazstod]f|if)$/.test(name)).map(([name, bit]) => {
      const now = registers[flags] >> BigInt(bit) & 1n, was = before ? before[flags] >> BigInt(bit) & 1n : now;
      return value(name, `${name.toUpperCase()} ${now}`, now !== was ? `was ${was}` : "", `flag ${name} = ${now}`);
    });
    const system = names.map((_, at) => at).filter((at) => at > flags).map(cell);
    const isOpen = this.parts.registers.querySelector("details")?.open ?? bits !== 64;
    this.parts.registers.replaceChildren(
      general,
      el("div", { class: "group flags", role: "group", "aria-label": "flags" }, ...bitsShown),
      el("details", isOpen ? { open: "" } : {}, el("summary", {}, "segment and control registers"),
        el("div", { class: "group general", role: "group", "aria-label": "segment and control registers", "data-columns": 2 }, ...system)),
      el("p", { class: "faint" }, !moment ? "As it was at the start." : before ? `Marked: changed by step ${moment - 1}.` : "What the last step changed is not known here."));
    this.parts.registers.querySelectorAll(".group").forEach(stop);
  }

  register(full, now, was, bits) {
    const isWide = bits === 64 || !/^r/.test(full);
    if (!isWide && /^r\d/.test(full)) return null;
    const name = isWide ? full : "e" + full.slice(1), digits = /^[c-g]s$|^[es]s$/.test(full) ? 4 : bits === 64 ? 16 : 8;
    const shown = hex(BigInt.asUintN(4 * digits, now), digits);
    const old = was === undefined || was === now ? "" : `was ${hex(BigInt.asUintN(4 * digits, was), digits)}`;
    return full === "rip" ? el("span", { class: "fixed" }, `${name.padEnd(3)} `, el("b", {}, shown)) : value(full, shown, old, `${name} = ${shown}`, name.padEnd(3));
  }

  showMap({ moment, last }) {
    const pages = trimmed(this.windows.pages(moment)), now = this.pagesOf(last);
    const isGrid = pages.length <= MOST_CELLS;
    const runs = isGrid ? [...pages].map((state, page) => [page, 1, state]) : folded(pages, now);
    const cells = runs.slice(0, MOST_CELLS).map(([page, count, state]) => this.cell(page, count, state, now, isGrid));
    const counts = STATES.map((name, state) => `${pages.reduce((sum, each) => sum + (each === state), 0).toLocaleString("en")} ${name}`);
    const group = el("div", { class: `group ${isGrid ? "grid" : "runs"}`, role: "group", "aria-label": "pages", "data-columns": isGrid ? 16 : 1 }, ...cells);
    const rest = runs.length - cells.length, changed = now.length ? ` Framed: written by step ${moment - 1}.` : "";
    this.parts.map.replaceChildren(group, el("p", { class: "faint" },
      pages.length ? `${counts.join(", ")}.${rest > 0 ? ` ${rest} more runs are not shown.` : ""}${changed}` : "All pages are absent."));
    stop(group);
  }

  cell(page, count, state, now, isCell) {
    const name = STATES[state] ?? `${state}`, style = STATES[state] ?? "odd";
    const said = count === 1 ? `page ${page}` : `pages ${page}-${page + count - 1}`;
    const isNow = now.some(([first, end]) => first < page + count && page < end);
    return el("button", {
      type: "button", tabindex: -1, class: `page ${style}${isNow ? " now" : ""}`, "data-who": `page ${page}`, "data-name": said,
      "aria-label": `${said}: ${name}${isNow ? ", written now" : ""}`, title: `${said}: ${name}`,
    }, isCell ? `${page}` : `${said} ${name}`);
  }

  // The pages whose bytes a step wrote: [first, end] of each of its writes.
  pagesOf(step) {
    const first = this.windows.mapAddress, ends = (access) => [Number(access.address - first), Number(access.end - first)];
    const writes = (step?.accesses ?? []).filter((access) => access.kind === "write" && access.touches(first, first + MAP_SIZE));
    return writes.map(ends);
  }

  showMemory(state) {
    const { next, last, moment } = state;
    const touched = (step, kinds) => (step?.accesses ?? []).filter((access) => kinds.includes(access.kind));
    const marked = [...touched(last, ["read", "write"])], coming = touched(next, ["read", "write"]);
    const lines = linesOf([...marked, ...coming], this.stackTop(state));
    const rows = lines.map((line) => this.memoryRow(line, this.windows.memory(moment, line), marked, coming));
    const group = el("div", { class: "group", role: "group", "aria-label": "bytes of memory", "data-columns": 16 }, ...rows);
    this.parts.memory.replaceChildren(rows.length ? group : "", el("p", { class: "faint" },
      `Bold: written by the last step, underlined: read by it, framed: touched by the next. ·· is not known${this.windows.length > this.opening.window ? " from these steps" : ""}.`));
    stop(group);
  }

  stackTop({ registers, bits }) {
    const at = (name) => registers[this.opening.registers.indexOf(name)];
    const top = BigInt.asUintN(bits, at("rsp"));
    return bits === 16 ? top + (at("ss") << 4n) : top;
  }

  memoryRow(line, bytes, marked, coming) {
    const start = line * LINE;
    const cells = bytes.map((byte, at) => {
      const address = start + BigInt(at), shown = byte === undefined ? "··" : hex(byte, 2);
      const style = [...marked.filter((each) => each.touches(address, address + 1n)).map((each) => each.kind),
        coming.some((each) => each.touches(address, address + 1n)) ? "coming" : ""].join(" ");
      return el("button", { type: "button", tabindex: -1, class: `byte ${style}`, "data-who": hex(address), "aria-label": `byte at ${hex(address)}: ${byte === undefined ? "not known" : shown}` }, shown);
    });
    return el("div", { class: "row" }, el("span", { class: "faint" }, hex(start, 8)), ...cells);
  }
}

function value(what, shown, old, label, name = "") {
  const style = old ? "value changed" : "value";
  return el("button", { type: "button", tabindex: -1, class: style, "data-who": what, title: old || null, "aria-label": `${label}${old ? `, ${old}` : ""}` },
    name ? `${name} ` : "", el("b", {}, shown));
}

// Of each group one value can be reached by the Tab key, the others by the arrows.
function stop(group) {
  const first = group.querySelector('button.changed, button.write, button.now, [aria-current="step"]') ?? group.querySelector("button");
  if (first) first.tabIndex = 0;
}

// Scrolls a pane, only as far as it must, so that a row can be seen.
function centre(pane, row) {
  if (!row) return;
  const whole = pane.getBoundingClientRect(), part = row.getBoundingClientRect();
  if (part.top < whole.top || part.bottom > whole.bottom) pane.scrollTop += part.top - whole.top - pane.clientHeight / 2;
}

function linesOf(accesses, top) {
  const lines = new Set();
  for (const access of accesses) {
    const last = (access.end - 1n) / LINE;
    for (let line = access.address / LINE; line <= last && lines.size < MOST_LINES - 3; line++) lines.add(line);
  }
  for (let line = top / LINE; line < top / LINE + 3n; line++) lines.add(line);
  return [...lines].sort((one, other) => (one < other ? -1 : 1));
}

function trimmed(pages) {
  let end = pages.length;
  while (end && !pages[end - 1]) end--;
  return pages.subarray(0, end);
}

// Runs of one state, [first, count, state]; those near the pages that were written come first where there are many.
function folded(pages, now) {
  const runs = [];
  pages.forEach((state, page) => {
    const open = runs[runs.length - 1];
    if (open && open[2] === state) open[1]++;
    else runs.push([page, 1, state]);
  });
  if (runs.length <= MOST_CELLS || !now.length) return runs;
  const written = runs.findIndex(([page, count]) => page + count > now[0][0]);
  return runs.slice(Math.max(0, written - MOST_CELLS / 2));
}

function el(name, attributes, ...children) {
  const made = document.createElement(name);
  for (const [key, content] of Object.entries(attributes)) if (content !== null && content !== "") made.setAttribute(key, content);
  if ("open" in attributes) made.open = true;
  made.append(...children);
  return made;
}
