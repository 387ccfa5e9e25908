/**
 * Tabs without a browser: the page's own store, outbox, sync and stream over real HTTP. `node clients.mjs` reads commands as
 * JSON lines and answers each with one: {do, client, …}.
 */

import { createInterface } from "node:readline";
import * as commands from "../../static/designer/doc/commands/index.js";
import { DocumentStore } from "../../static/designer/doc/store.js";
import { Outbox } from "../../static/designer/io/outbox.js";
import { Stream } from "../../static/designer/io/stream.js";
import { Sync } from "../../static/designer/io/sync.js";
import { httpTransport } from "../../static/designer/io/transport.js";
import { Storage } from "../js/io/world.js";
import { editing } from "./edits.js";

/** What a browser does for server-sent events: reads them, and connects again. */
class Source {
  constructor(url, fetch) {
    Object.assign(this, { url, fetch, readyState: 0, acts: {}, stop: null, last: "" });
    this.#live();
  }

  addEventListener(name, act) { this.acts[name] = act; }

  close() {
    this.readyState = 2;
    this.stop?.abort();
  }

  async #live() {
    while (this.readyState !== 2) {
      try {
        this.stop = new AbortController();
        const headers = { Accept: "text/event-stream", ...(this.last && { "Last-Event-ID": this.last }) };
        const response = await this.fetch(this.url, { headers, signal: this.stop.signal });
        if (response.status !== 200) {
          this.readyState = 2;
          this.acts.error?.({});
          return;
        }
        this.readyState = 1;
        this.acts.open?.({});
        await this.#read(response.body);
      } catch {
        // the line was cut: that is what the next turn is for
      }
      if (this.readyState !== 2) this.readyState = 0;
      await new Promise((resolve) => { setTimeout(resolve, 300); });
    }
  }

  async #read(body) {
    const decoder = new TextDecoder();
    let text = "";
    for await (const piece of body) {
      text += decoder.decode(piece, { stream: true });
      for (let end = text.indexOf("\n\n"); end >= 0; end = text.indexOf("\n\n")) {
        this.#take(text.slice(0, end));
        text = text.slice(end + 2);
      }
    }
  }

  #take(event) {
    const fields = Object.fromEntries(event.split("\n").map((line) => [line.slice(0, line.indexOf(":")), line.slice(line.indexOf(":") + 2)]));
    if (fields.id) this.last = fields.id;
    if (fields.event && this.readyState === 1) this.acts[fields.event]?.({ data: fields.data });
  }
}

class Client {
  constructor({ name, address, branch, cookies, seed }) {
    Object.assign(this, { name, address, branch, cookies });
    this.storage = new Storage();
    this.act = editing(commands, seed);
    this.online = true;
    this.lines = new Set();
    this.acknowledged = {};
    this.tally = { edits: 0, notes: [], refused: [], faults: [], reloads: 0 };
  }

  fetch(path, options = {}) {
    if (!this.online) return Promise.reject(new TypeError("the network is gone"));
    const stop = new AbortController();
    options.signal?.addEventListener("abort", () => stop.abort(), { once: true });
    this.lines.add(stop);
    const cookie = Object.entries(this.cookies).map(([name, value]) => `${name}=${value}`).join("; ");
    return fetch(`${this.address}${path}`, { ...options, signal: stop.signal, redirect: "manual", headers: { ...options.headers, Cookie: cookie } });
  }

  async open() {
    const tab = `${this.name}-${this.tally.reloads}`;
    const base = `/d/${this.branch}/`;
    const csrf = Object.entries(this.cookies).find(([name]) => name.endsWith("csrf"))[1];
    const web = httpTransport({ urls: { design: `${base}records`, changes: `${base}changes` }, client: tab, csrf: () => csrf, fetch: (path, options) => this.fetch(path, options) });
    this.transport = { ...web, post: (edit) => web.post(edit).then((answer) => this.#posted(edit, answer)) };
    let answer = await web.load();
    while (answer.outcome !== "ok") {
      await new Promise((resolve) => { setTimeout(resolve, 200); });
      answer = await web.load();
    }
    this.store = new DocumentStore({ records: answer.data.records, version: answer.data.version });
    this.outbox = new Outbox({ storage: this.storage, user: this.name, branch: this.branch, tab });
    this.sync = new Sync({
      store: this.store, transport: this.transport, outbox: this.outbox,
      onNotes: (notes) => this.tally.notes.push(...notes.map(({ code, about, field }) => ({ code, about, field }))),
      onRefused: (refusal) => this.tally.refused.push(refusal),
    });
    const around = { addEventListener() {}, removeEventListener() {}, setTimeout, clearTimeout, setInterval, clearInterval, EventSource: this.#sources() };
    this.stream = new Stream({
      url: `${base}stream`, client: tab, version: () => this.store.version,
      window: { ...around, document: { ...around, visibilityState: "visible" } },
      onChanges: (entries) => this.sync.take(entries), onFar: () => this.sync.pull(), onLost: () => this.sync.pull(),
    });
    this.stream.attach();
    this.polling = setInterval(() => { if (!this.stream.isOpen) this.sync.pull(); }, 1000);
    this.sync.start();
  }

  #sources() {
    const client = this;
    return class extends Source {
      constructor(url) { super(url, (path, options) => client.fetch(path, options)); }
    };
  }

  #posted({ key }, answer) {
    if (answer.outcome === "ok") this.acknowledged[key] = answer.data.accepted;
    return answer;
  }

  edit(every) {
    const again = () => {
      try {
        if (this.act(this.store)) this.tally.edits += 1;
      } catch (error) {
        this.tally.faults.push(String(error.stack));
      }
      this.editing = setTimeout(again, every * (0.3 + 1.4 * Math.random()));
    };
    again();
  }

  stopEditing() { clearTimeout(this.editing); }

  cut() {
    this.online = false;
    for (const line of this.lines) line.abort();
    this.lines.clear();
  }

  mend() {
    this.online = true;
    this.sync.retryNow();
    this.sync.pull();
  }

  close() {
    clearInterval(this.polling);
    this.stream.detach();
    this.sync.stop();
    this.outbox.close();
  }

  async reload() {
    this.close();
    this.tally.reloads += 1;
    await this.open();
  }

  get settled() { return this.online && this.store.pending.length === 0; }

  report() {
    const { version, design } = this.store;
    return { version, state: this.sync.state, pending: this.store.pending.length, records: [...design.values()], acknowledged: this.acknowledged, ...this.tally };
  }
}

const clients = new Map();
const answers = {
  open: async ({ clients: wanted }) => {
    for (const each of wanted) clients.set(each.name, new Client(each));
    await Promise.all([...clients.values()].map((each) => each.open()));
  },
  edit: ({ every }) => clients.forEach((each) => each.edit(every)),
  stop: () => clients.forEach((each) => each.stopEditing()),
  cut: ({ client }) => clients.get(client).cut(),
  mend: ({ client }) => clients.get(client).mend(),
  reload: ({ client }) => clients.get(client).reload(),
  pull: () => Promise.all([...clients.values()].map((each) => each.sync.pull())),
  settled: () => [...clients.values()].every((each) => each.settled),
  report: () => Object.fromEntries([...clients].map(([name, each]) => [name, each.report()])),
};

for await (const line of createInterface({ input: process.stdin })) {
  const asked = JSON.parse(line);
  const answer = await answers[asked.do](asked);
  process.stdout.write(`${JSON.stringify(answer ?? null)}\n`);
}
process.exit(0);
