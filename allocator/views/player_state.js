// What registers, flags, page map and memory held before a step, worked out from the windows of a trace.
//
// allocator/views/player_data.py makes the windows and says what is in them. A moment is the number of a step and
// means: before that step; the number of steps is the end. Nothing here touches the page.

const LINE = 16n;
const MOST_HELD = 64;
const MAP_SIZE = 131072n;

class Access {
  constructor([kind, address, size, after, before, by]) {
    this.kind = kind ? "write" : "read";
    this.address = BigInt("0x" + address);
    this.size = size;
    this.end = this.address + BigInt(size);
    this.after = unpack(after);
    this.before = before == null ? this.after : unpack(before);
    this.by = by ?? "program";
  }

  // The byte at `address` in `side`, "before" or "after"; undefined where it was too long to be told whole.
  byte(side, address) {
    return this[side][Number(address - this.address)];
  }

  touches(start, end) {
    return this.address < end && start < this.end;
  }
}

class Step {
  constructor(number, place, [, words, changes, accesses, rounds]) {
    this.number = number;
    this.place = place;
    this.words = words;
    this.rounds = rounds;
    this.changes = [];
    for (let at = 0; at < changes.length; at += 2) this.changes.push([changes[at], BigInt("0x" + changes[at + 1])]);
    this.accesses = accesses.map((access) => new Access(access));
  }

  writes(start, end) {
    return this.accesses.some((access) => access.kind === "write" && access.touches(start, end));
  }
}

class Place {
  constructor([address, code, text, bits, mode, label, offset, source, line, written]) {
    Object.assign(this, { code, text, bits, mode, label, offset, source, line, written });
    this.address = BigInt("0x" + address);
  }

  get where() {
    return this.label ? this.label + (this.offset ? "+0x" + this.offset.toString(16) : "") : hex(this.address);
  }
}

class Window {
  constructor(plain, start) {
    this.first = plain.first;
    this.registers = plain.registers.map((value) => BigInt("0x" + value));
    this.map = plain.map == null ? start : unpack(plain.map);
    this.places = Object.fromEntries(Object.entries(plain.places).map(([key, place]) => [key, new Place(place)]));
    this.steps = plain.steps.map((step, at) => new Step(plain.first + at, this.places[step[0]], step));
    this.lines = plain.lines;
    this.memory = Object.fromEntries(Object.entries(plain.memory).map(([line, bytes]) => [line, unpack(bytes)]));
  }
}

// The windows that are held, and what follows from them. `ask(question)` fetches from a kernel; null where none is.
class Windows {
  constructor(opening, windows, ask) {
    this.opening = opening;
    this.length = opening.length;
    this.ask = ask;
    this.start = unpack(opening.map.runs);
    this.mapAddress = BigInt("0x" + opening.map.address);
    this.held = new Map();
    this.coming = new Map();
    windows.forEach((window) => this.hold(window));
  }

  hold(plain) {
    const window = new Window(plain, this.start);
    this.held.set(window.first, window);
    if (this.ask && this.held.size > MOST_HELD) this.held.delete(this.held.keys().next().value);
    return window;
  }

  key(step) {
    const last = Math.max(0, this.length - 1);
    return Math.floor(Math.min(Math.max(0, step), last) / this.opening.window) * this.opening.window;
  }

  window(step) {
    return this.held.get(this.key(step));
  }

  step(number) {
    const window = this.window(number);
    return number < this.length ? window?.steps[number - window.first] : undefined;
  }

  // Makes sure that the window of `step` is held; false where it cannot be had.
  async fetch(step) {
    const key = this.key(step);
    if (this.held.has(key)) {
      const window = this.held.get(key);
      if (this.ask) this.held.delete(key), this.held.set(key, window);  // the one used last goes last
      return true;
    }
    if (!this.ask) return false;
    if (!this.coming.has(key)) {
      const coming = this.ask({ ask: "window", step: key });
      this.coming.set(key, coming.finally(() => this.coming.delete(key)));
    }
    const plain = await this.coming.get(key);
    if (!plain.error && !this.held.has(key)) this.hold(plain);
    return !plain.error;
  }

  // The nearest step that can be shown: itself, or one in a window that is held.
  nearest(step) {
    if (this.ask || this.window(step)) return step;
    const ends = [...this.held.values()].flatMap((window) => [window.first, window.first + window.steps.length - 1]);
    return ends.reduce((best, end) => (Math.abs(end - step) < Math.abs(best - step) ? end : best), ends[0] ?? 0);
  }

  state(moment) {
    const window = this.window(moment);
    const state = { moment, registers: [...window.registers], next: this.step(moment), last: this.step(moment - 1) };
    for (const step of window.steps) {
      if (step.number >= moment) break;
      for (const [register, value] of step.changes) state.registers[register] = value;
    }
    const counter = this.opening.registers.indexOf("rip");
    state.registers[counter] = state.next ? state.next.place.address : BigInt("0x" + this.opening.end);
    state.bits = (state.next ?? state.last)?.place.bits ?? 64;
    return state;
  }

  // The registers before the last step, where it is known; to tell what it changed.
  before(moment) {
    return moment > 0 && this.window(moment - 1) ? this.state(moment - 1).registers : null;
  }

  pages(moment) {
    if (this.shown?.moment !== moment) this.shown = { moment, pages: this.#pages(moment) };
    return this.shown.pages;
  }

  #pages(moment) {
    const window = this.window(moment);
    const found = new Uint8Array(Math.max(window.map.length, this.highest(window)));
    found.set(window.map);
    for (const step of window.steps) {
      if (step.number >= moment) break;
      for (const access of step.accesses) if (access.kind === "write") this.#write(found, access);
    }
    return found;
  }

  // One more than the highest page that a step of the window writes.
  highest(window) {
    let highest = 0n;
    for (const step of window.steps) {
      for (const access of step.accesses) {
        if (access.kind !== "write" || !access.touches(this.mapAddress, this.mapAddress + MAP_SIZE)) continue;
        const end = access.end - this.mapAddress;
        if (end > highest) highest = end < MAP_SIZE ? end : MAP_SIZE;
      }
    }
    return Number(highest);
  }

  #write(found, access) {
    if (!access.touches(this.mapAddress, this.mapAddress + BigInt(found.length))) return;
    access.after.forEach((byte, at) => {
      const page = access.address + BigInt(at) - this.mapAddress;
      if (page >= 0n && page < found.length) found[Number(page)] = byte;
    });
  }

  // Sixteen bytes of memory before a step; undefined for each that nothing in the window tells.
  memory(moment, line) {
    const window = this.window(moment);
    const start = line * LINE, bytes = new Array(16).fill(undefined);
    const take = (access, side, isBackward) => {
      if (!access.touches(start, start + LINE)) return;
      for (let at = 0; at < 16; at++) {
        const byte = access.byte(side, start + BigInt(at));
        if (byte !== undefined && (isBackward || bytes[at] === undefined)) bytes[at] = byte;
      }
    };
    for (const step of window.steps) {
      const isDone = step.number < moment;
      for (const access of step.accesses) take(access, isDone ? "after" : "before", isDone);
    }
    const known = window.memory[line.toString(16)];
    if (!bytes.includes(undefined)) return bytes;
    const pages = this.pages(moment);
    return bytes.map((byte, at) => byte ?? known?.[at] ?? this.#state(pages, start + BigInt(at)));
  }

  #state(pages, address) {
    const page = Number(address - this.mapAddress);
    return page >= 0 && page < pages.length ? pages[page] : undefined;
  }

  // -- questions: {step} is the answer, or null; {error} says why there is none --

  // The last step before `moment` that wrote `what`: a register, a flag, "page 31" or an address.
  async who(what, moment) {
    if (this.ask) return this.ask({ ask: "who", what, before: moment });
    const test = this.#writer(what.trim().toLowerCase());
    if (!test) return { error: "name a register, a flag, a page as 'page 31', or an address as 0x120000" };
    return this.#search(Math.min(moment, this.opening.done) - 1, -1, test);
  }

  // The next step at a label or address after `moment`, or the last one before it.
  async visit(where, moment, back) {
    if (this.ask) return this.ask({ ask: "visit", where, after: moment, back });
    const isThere = where.startsWith("0x")
      ? (step) => hex(step.place.address) === where
      : (step) => step.place.where === where;
    return this.#search(back ? moment - 1 : moment + 1, back ? -1 : 1, isThere);
  }

  #search(from, way, test) {
    for (let number = from; number >= 0 && number < this.length; number += way) {
      const step = this.step(number);
      if (!step) return { error: `the answer lies in steps that this page does not hold (step ${number} and on)` };
      if (test(step)) return { step: number };
    }
    return { step: null };
  }

  #writer(what) {
    const { registers, flags } = this.opening;
    const full = registers.includes(what) ? what : fullName(what, registers);
    if (full || what in flags) {
      const isChanged = (step) => what === full && step.changes.some(([at]) => registers[at] === full);
      return (step) => step.place.written.includes(full || what) || isChanged(step);
    }
    const page = /^page\s+(\d{1,6})$/.exec(what);
    if (!page && !/^(0x[0-9a-f]{1,16}|\d{1,15})$/.test(what)) return null;
    const address = page ? this.mapAddress + BigInt(page[1]) : BigInt(what);
    return (step) => step.writes(address, address + 1n);
  }
}

function fullName(name, registers) {
  const found = registers.find((full) => "e" + full.slice(1) === name || full.slice(1) === name);
  return found ?? (/^[abcd][lh]$/.test(name) ? `r${name[0]}x` : registers.find((full) => /^r\d+$/.test(full)
    && /^r\d+[dwb]$/.test(name) && name.slice(0, -1) === full)) ?? "";
}

function unpack(text) {
  if (!text.startsWith("=")) return Uint8Array.from(text.match(/../g) ?? [], (digits) => parseInt(digits, 16));
  const runs = text.slice(1).split(",").map((run) => run.split("*"));
  const bytes = new Uint8Array(runs.reduce((sum, [, count]) => sum + Number(count), 0));
  let at = 0;
  for (const [value, count] of runs) bytes.fill(parseInt(value, 16), at, (at += Number(count)));
  return bytes;
}

function hex(value, digits = 0) {
  return (digits ? "" : "0x") + value.toString(16).padStart(digits, "0");
}
