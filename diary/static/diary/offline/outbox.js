// What waits on this device for the server, and how does it get there once?
//
// An item is one row in the shape of the diary document and the revision it is based on, as
// POST /api/v1/sync/ takes it. A row has one item: what is kept later replaces what was to be sent.
// The server alone decides; what it refuses stays here, with its words, until the walker mends it.

import { all, change, remove, wipe } from "./store.js";

const SYNC = "/api/v1/sync/";
const SESSION = "/waiting/session/";
const READ = "/waiting/read/";
const FILLED = "/waiting/filled/";
const LARGEST_BATCH = 500_000; // characters; the server reads two megabytes at once
const PATIENCE_MS = 30_000;
const FIRST_PAUSE_MS = 5_000;
const LONGEST_PAUSE_MS = 300_000;
// Of a form that waits: what belongs to the page, and buttons that ask for something else.
const OF_THE_PAGE = ["csrfmiddlewaretoken", "kept_owner", "kept_kind"];
const NOT_SAVING = ["add_episode", "card"];
const REFUSED = [400, 413, 422];
export const DONE = new Set(["created", "updated", "unchanged", "deleted"]);

const said = new BroadcastChannel("waymark-outbox");
const heard = new BroadcastChannel("waymark-outbox");
let pause = FIRST_PAUSE_MS;
let timer = null;

const NAMED_BY_ID = ["walk", "change", "measurement"];

const name = (kind, said) => `${kind}:${said.id ?? said.date ?? ""}`;
const fresh = () => ({ kept_at: new Date().toISOString(), version: crypto.randomUUID() });

// Keep one row until the server has it; `says` are the answers that show it meanwhile. Resolves with
// its key once it is on the disk.
export function keep({ kind, op = "put", base_revision = null, value, says }, whose) {
  const named = NAMED_BY_ID.includes(kind) ? { id: crypto.randomUUID(), ...value } : value;
  return kept(name(kind, named), { kind, op, value: named, base_revision, says }, whose);
}

// Keep the answers of a form, which the server reads as if they had reached it when they were kept.
// Resolves with the item's key; null where the form is none that can wait.
export async function keepForm(answers) {
  const [kind, whose] = [answers.get("kept_kind"), answers.get("kept_owner")];
  if (!kind || !whose || NOT_SAVING.some((button) => answers.has(button))) return null;
  if (NAMED_BY_ID.includes(kind) && !answers.get("id")) answers.set("id", crypto.randomUUID());
  const fields = [...answers].filter(([field]) => !OF_THE_PAGE.includes(field));
  const base_revision = Number(answers.get("revision")) || null;
  const key = name(kind, { id: answers.get("id"), date: answers.get("date") });
  return kept(key, { kind, op: "put", fields, base_revision }, whose);
}

async function kept(key, made, whose) {
  await change("outbox", key, (before) => ({ ...made, ...fresh(), ...inherited(before, made) }), whose);
  navigator.storage?.persist?.();
  whenThereIsASignal();
  said.postMessage("kept");
  return key;
}

// The older revision stays the base: what was not seen while both were written is then shown.
function inherited(before, { base_revision }) {
  if (!before) return {};
  const base = Math.min(before.base_revision ?? 0, base_revision ?? 0);
  return { base_revision: base || null, kept_at: before.kept_at, row: before.value ?? before.row };
}

async function whenThereIsASignal() {
  const registration = self.registration ?? (await navigator.serviceWorker?.ready);
  await registration?.sync?.register("outbox").catch(() => {});
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

// Forget all that this device keeps of somebody.
export async function forget(whose) {
  await wipe(whose);
  said.postMessage("forgotten");
}

// Bring back what was discarded, as it was.
export async function restore({ key, ...item }, whose) {
  await change("outbox", key, () => item, whose);
  said.postMessage("kept");
}

// Of two versions: send "mine" over the stored one, leave what is "stored", keep "both" as entries of
// their own, or one that says what both say "together".
export async function choose(key, which, whose) {
  const item = (await waiting(whose)).find((each) => each.key === key);
  if (which === "both") await restore(apart(item), whose);
  if (!["mine", "together"].includes(which)) return discard(key, whose);
  const { key: _key, state, stored, together, ...rest } = item;
  if (which === "together") rest.fields = [...together, ["revision", String(stored.revision)]];
  return restore({ key, ...rest, version: crypto.randomUUID(), base_revision: stored?.revision ?? null }, whose);
}

// The same answers as an entry of their own.
function apart({ kind, fields, value, kept_at }) {
  const id = crypto.randomUUID();
  return {
    key: name(kind, { id }), kind, op: "put", kept_at, version: crypto.randomUUID(), base_revision: null,
    fields: fields?.map(([field, said]) => [field, { id, revision: "" }[field] ?? said]),
    value: value && { ...value, id },
  };
}

// Call back whenever the outbox changes, in this tab or another.
export function watch(changed) {
  heard.addEventListener("message", changed);
}

// Send what waits (or one item of it), one tab at a time. Resolves with who is signed in ("" for
// nobody), and whether the server took or answered everything; nothing unsent is ever forgotten.
export function send(only = null) {
  return navigator.locks.request("waymark-outbox", async () => {
    clearTimeout(timer);
    try {
      const owner = await deliver(only);
      pause = FIRST_PAUSE_MS;
      return { owner, reached: true };
    } catch {
      again();
      return { owner: null, reached: false };
    }
  });
}

function again() {
  timer = setTimeout(() => send(), pause * (1 + Math.random() / 4));
  pause = Math.min(pause * 2, LONGEST_PAUSE_MS);
}

function answer(address, options = {}) {
  const given = { cache: "no-store", redirect: "error", signal: AbortSignal.timeout(PATIENCE_MS) };
  return fetch(address, { ...given, ...options });
}

function post(address, said, { owner, token }) {
  const headers = { "Content-Type": "application/json", "X-CSRFToken": token, "X-Owner": owner };
  return answer(address, { method: "POST", headers, body: JSON.stringify(said) });
}

async function told(response) {
  if (!response.ok) throw new Error(response.statusText);
  return response.json();
}

async function deliver(only) {
  const session = await told(await answer(SESSION));
  if (!session.owner) return "";
  const due = (await waiting(session.owner)).filter(
    (item) => !item.state && (!only || item.key === only),
  );
  const rows = [];
  const faults = await faultsOf(due, async (item) => rows.push(...(await rowsOf(item, session))));
  faults.push(...(await faultsOf(batches(rows), (batch) => hand(batch, session))));
  if (faults.length) throw faults[0];
  return session.owner;
}

// Try each of some things, whatever becomes of the others. Resolves with what went wrong.
async function faultsOf(things, tried) {
  const faults = [];
  for (const thing of things) await tried(thing).catch((fault) => faults.push(fault));
  return faults;
}

// An item as a row; none where the server could not read its form, which the item then says.
async function rowsOf(item, session) {
  if (!item.fields) return [item];
  const { kind, kept_at, fields, row = null } = item;
  const response = await post(READ, { kind, kept_at, fields, row }, session);
  if (response.status !== 422) return [{ ...item, value: (await told(response)).value }];
  await settle(item, { status: "invalid", ...(await response.json()) }, session);
  return [];
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

async function hand(batch, session) {
  const items = batch.map(({ kind, op, base_revision, value }) => ({ kind, op, base_revision, value }));
  const response = await post(SYNC, { items }, session);
  // One item that the server refuses, or fails on, does not hold up the others.
  const faults = batch.length > 1 && [...REFUSED, 500].includes(response.status)
    ? await faultsOf(batch, (item) => hand([item], session))
    : await faultsOf(await outcomes(batch, response), (each) => settle(...each, session));
  if (faults.length) throw faults[0];
}

// Each item of a batch with what the server says of it.
async function outcomes(batch, response) {
  if (REFUSED.includes(response.status)) {
    const { errors } = await response.json();
    return [[batch[0], { status: "invalid", errors }]];
  }
  const { results } = await told(response);
  return batch.map((item, place) => [item, results[place]]);
}

// What became of an item. One that was changed while it was under way waits on, based on what the
// server now has. What needs the walker is kept in the form's answers too, to be shown offline.
async function settle(item, { status, revision, stored, errors }, session) {
  const more = DONE.has(status) ? {} : {
    shown: item.fields ?? (await filled(item.kind, item.value, session)),
    stored: stored && { ...stored, shown: await filled(item.kind, stored.value, session) },
    together: item.kind === "check_in" && stored?.value
      && (await filled(item.kind, item.value, session, stored.value)),
  };
  await change("outbox", item.key, (now) => {
    if (!now) return undefined;
    const same = now.version === item.version;
    if (DONE.has(status)) return same ? undefined : { ...now, base_revision: revision };
    return same ? { ...now, state: status, errors, ...more } : now;
  }, session.owner);
  said.postMessage(status);
}

// The answers of a row, or of a day and its other version together.
async function filled(kind, row, session, other = null) {
  return (await told(await post(FILLED, { kind, row, other }, session))).fields;
}
