// What waits on this device for the server, and how does it get there once?
//
// An item is one row in the shape of the diary document and the revision it is based on, as
// POST /api/v1/sync/ takes it. A row has one item: what is kept later replaces what was to be sent.
// The server alone decides; what it refuses stays here, with its words, until the walker mends it.

import { all, change, remove } from "./store.js";

const SYNC = "/api/v1/sync/";
const SESSION = "/waiting/session/";
const LARGEST_BATCH = 500_000; // characters; the server reads two megabytes at once
const PATIENCE_MS = 30_000;
const FIRST_PAUSE_MS = 5_000;
const LONGEST_PAUSE_MS = 300_000;
const DONE = new Set(["created", "updated", "unchanged", "deleted"]);

const said = new BroadcastChannel("waymark-outbox");
const heard = new BroadcastChannel("waymark-outbox");
let pause = FIRST_PAUSE_MS;
let timer = null;

function name(kind, value) {
  return `${kind}:${value.id ?? value.date ?? ""}`;
}

// Keep one row until the server has it. Resolves with its key once it is on the disk.
export async function keep({ kind, op = "put", base_revision = null, value }, whose) {
  const named = ["check_in", "profile"].includes(kind) ? value : { id: crypto.randomUUID(), ...value };
  const key = name(kind, named);
  const made = { kind, op, value: named, kept_at: new Date().toISOString(), version: crypto.randomUUID() };
  await change("outbox", key, (before) => ({ ...made, ...inherited(before, base_revision) }), whose);
  navigator.storage?.persist?.();
  said.postMessage("kept");
  return key;
}

// The older revision stays the base: what was not seen while both were written is then shown.
function inherited(before, base_revision) {
  if (!before) return { base_revision };
  const base = Math.min(before.base_revision ?? 0, base_revision ?? 0);
  return { base_revision: base || null, kept_at: before.kept_at };
}

// What waits, oldest first: each item has its `key`, `state` (undefined, "conflict" or "invalid"),
// `kept_at`, and with a conflict what is `stored`, with a refusal the server's `errors`.
export async function waiting(whose) {
  const items = (await all("outbox", whose)).map(([key, item]) => ({ key, ...item }));
  return items.sort((one, other) => one.kept_at.localeCompare(other.kept_at));
}

export async function discard(key, whose) {
  await remove("outbox", key, whose);
  said.postMessage("discarded");
}

// Call back whenever the outbox changes, in this tab or another.
export function watch(changed) {
  heard.addEventListener("message", changed);
}

// Send what waits, one tab at a time. Resolves with who is signed in ("" for nobody), and whether
// the server could be reached; whatever happened, nothing unsent is forgotten.
export function send() {
  return navigator.locks.request("waymark-outbox", async () => {
    clearTimeout(timer);
    try {
      const owner = await deliver();
      pause = FIRST_PAUSE_MS;
      return { owner, reached: true };
    } catch {
      again();
      return { owner: null, reached: false };
    }
  });
}

function again() {
  timer = setTimeout(send, pause * (1 + Math.random() / 4));
  pause = Math.min(pause * 2, LONGEST_PAUSE_MS);
}

async function answer(address, options = {}) {
  const given = { cache: "no-store", redirect: "error", signal: AbortSignal.timeout(PATIENCE_MS) };
  return fetch(address, { ...given, ...options });
}

async function deliver() {
  const asked = await answer(SESSION);
  if (!asked.ok) throw new Error(asked.statusText);
  const session = await asked.json();
  if (!session.owner) return "";
  const due = (await waiting(session.owner)).filter((item) => !item.state);
  for (const batch of batches(due)) await hand(batch, session);
  return session.owner;
}

function* batches(items) {
  let batch = [];
  let size = 0;
  for (const item of items) {
    const length = JSON.stringify(item.value).length;
    if (batch.length && size + length > LARGEST_BATCH) {
      yield batch;
      [batch, size] = [[], 0];
    }
    batch.push(item);
    size += length;
  }
  if (batch.length) yield batch;
}

async function hand(batch, { owner, token }) {
  const items = batch.map(({ kind, op, base_revision, value }) => ({ kind, op, base_revision, value }));
  const response = await answer(SYNC, {
    method: "POST",
    headers: { "Content-Type": "application/json", "X-CSRFToken": token, "X-Owner": owner },
    body: JSON.stringify({ items }),
  });
  if ([400, 413, 422].includes(response.status)) return refused(batch, response, { owner, token });
  if (!response.ok) throw new Error(response.statusText);
  const { results } = await response.json();
  for (const [place, item] of batch.entries()) await settle(item, results[place], owner);
  said.postMessage("sent");
}

// A batch that is refused whole is sent item by item, so that one does not hold up the others.
async function refused(batch, response, session) {
  if (batch.length > 1) {
    for (const item of batch) await hand([item], session);
    return;
  }
  const { errors } = await response.json();
  await settle(batch[0], { status: "invalid", errors }, session.owner);
  said.postMessage("sent");
}

// What became of an item. One that was changed while it was under way waits on, based on what the
// server now has.
async function settle({ key, version }, result, owner) {
  await change("outbox", key, (item) => {
    if (!item) return undefined;
    const same = item.version === version;
    if (DONE.has(result.status)) return same ? undefined : { ...item, base_revision: result.revision };
    if (!same) return item;
    return { ...item, state: result.status, stored: result.stored, errors: result.errors };
  }, owner);
}
