// What does this device keep, and whose is it?
//
// One database, four stores: `outbox` (what the server has not got yet), `live` (the walk that is
// going on), `drafts` (forms half filled in) and `kept` (what else a page remembers). Each record
// is kept under the tag of the person whose it is, and no function reads across people.

import { openDB } from "../../vendor/idb/index.js";

const STORES = ["outbox", "live", "drafts", "kept"];
const OWNER = "waymark.owner";
const DURABLE = { durability: "strict" };

let opening = null;

function database() {
  opening ??= openDB("waymark", 1, {
    upgrade(db) {
      for (const name of STORES) db.createObjectStore(name, { keyPath: ["owner", "key"] });
    },
    blocking(_now, _next, event) {
      event.target.close();
      opening = null;
    },
    terminated() {
      opening = null;
    },
  }).catch((error) => {
    opening = null;
    throw error;
  });
  return opening;
}

// Whose page this is: as the server said, or, on a page kept for offline, who was here last.
export function owner() {
  const page = document.querySelector("meta[name=owner]");
  return page ? page.content : (localStorage.getItem(OWNER) ?? "");
}

function known(whose) {
  if (!whose) throw new Error("Nobody is signed in on this device.");
  return whose;
}

function every(whose) {
  return IDBKeyRange.bound([known(whose)], [whose, []]);
}

// Change one record in one step, also against other tabs: `changed` gets the old value and gives
// the new one, or undefined to remove it. What is resolved is on the disk.
export async function change(store, key, changed, whose = owner()) {
  const name = [known(whose), key];
  const transaction = (await database()).transaction(store, "readwrite", DURABLE);
  const before = await transaction.store.get(name);
  const value = changed(before?.value);
  if (value !== undefined) await transaction.store.put({ owner: whose, key, value });
  else if (before) await transaction.store.delete(name);
  await transaction.done;
  return value;
}

// Keep one record; handed over whole at once, so that a page which is closed a moment later has kept it.
export async function put(store, key, value, whose = owner()) {
  const record = { owner: known(whose), key, value };
  const transaction = (await database()).transaction(store, "readwrite", DURABLE);
  const kept = transaction.store.put(record);
  transaction.commit();
  await Promise.all([kept, transaction.done]);
}

export function remove(store, key, whose = owner()) {
  return change(store, key, () => undefined, whose);
}

export async function get(store, key, whose = owner()) {
  return (await (await database()).get(store, [known(whose), key]))?.value;
}

// Every record of one person as [key, value]; none where nobody is signed in.
export async function all(store, whose = owner()) {
  if (!whose) return [];
  const records = await (await database()).getAll(store, every(whose));
  return records.map(({ key, value }) => [key, value]);
}

// How many records there are of anybody, and nothing else of them.
export async function total(store) {
  return (await database()).count(store);
}

// Forget everything of one person. What others left on a shared device is theirs, and stays.
export async function wipe(whose = owner()) {
  const range = every(whose);
  const transaction = (await database()).transaction(STORES, "readwrite", DURABLE);
  for (const name of STORES) await transaction.objectStore(name).delete(range);
  await transaction.done;
  if (localStorage.getItem(OWNER) === whose) localStorage.removeItem(OWNER);
}

// A page from the server says who is here now; pages kept for offline believe the last of them.
if (globalThis.document?.querySelector("meta[name=owner]")) localStorage.setItem(OWNER, owner());
