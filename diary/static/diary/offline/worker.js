// What does this device answer when the server cannot?
//
// Only pages that were made for nobody are kept, and the files that they need: no page with
// somebody's rows is ever in a cache. The list of them is part of /sw.js, so that a browser that
// reaches the server at all takes the newest, the emergency cards first of all.

import { keepForm, send } from "./outbox.js";
import { remove } from "./store.js";

const PATIENCE_MS = 5_000;
const AWAY = [502, 503, 504];
const TYPED = "application/x-www-form-urlencoded";
const OFFLINE = "/offline/";
const NOT_SENT = "/offline/not-sent/";

export function work({ version, pages, files }) {
  const name = `waymark-${version}`;
  const copies = [OFFLINE, ...Object.values(pages)];
  const known = new Set([...files, ...copies]);

  async function install() {
    const cache = await caches.open(name);
    await Promise.all([...files, ...copies].map(async (address) => {
      const response = await fetch(address, { cache: "reload", credentials: "omit" });
      if (!response.ok) throw new Error(address);
      await cache.put(address, response);
    }));
    await self.skipWaiting();
  }

  async function activate() {
    const old = (await caches.keys()).filter((each) => each !== name);
    await Promise.all(old.map((each) => caches.delete(each)));
    await self.clients.claim();
  }

  async function copy(address) {
    return (await (await caches.open(name)).match(address)) ?? Response.error();
  }

  async function opened(request, address) {
    const kept = known.has(address) ? address : pages[address];
    try {
      return await reached(request, kept ? PATIENCE_MS : null);
    } catch {
      return copy(kept ?? OFFLINE);
    }
  }

  // A form goes to the server; if it cannot, and is one that can wait, it is kept on the device.
  async function handedIn(request) {
    const fields = new URLSearchParams(await request.clone().text());
    try {
      return await reached(request);
    } catch {
      const kept = await keepForm(fields).catch(() => null);
      if (!kept) return notSaved(request);
      // What is kept is no draft any more, under whichever of its names.
      const drafts = [kept, `${fields.get("kept_kind")}:${new URL(request.url).pathname}`];
      const whose = fields.get("kept_owner");
      await Promise.allSettled(drafts.map((draft) => remove("drafts", draft, whose)));
      return Response.redirect("/waiting/#kept", 303);
    }
  }

  // The page stays as it is, with what was typed into it, and says so.
  async function notSaved({ referrer }) {
    const pages = await self.clients.matchAll({ type: "window", includeUncontrolled: true });
    const asking = pages.filter(({ url }) => url.split("#")[0] === referrer);
    for (const page of asking) page.postMessage("not-saved");
    return asking.length ? new Response(null, { status: 204 }) : copy(NOT_SENT);
  }

  // The browser tries again where this fails.
  async function sync() {
    const { reached: sent } = await send();
    if (!sent) throw new Error("away");
  }

  self.addEventListener("install", (event) => event.waitUntil(install()));
  self.addEventListener("activate", (event) => event.waitUntil(activate()));
  self.addEventListener("sync", (event) => event.waitUntil(sync()));
  self.addEventListener("fetch", (event) => {
    const { request } = event;
    const address = new URL(request.url);
    if (address.origin !== location.origin) return;
    if (request.mode !== "navigate") {
      if (request.method !== "GET" || !known.has(address.pathname)) return;
      event.respondWith(reached(request, PATIENCE_MS).catch(() => copy(address.pathname)));
    } else if (request.method === "GET") {
      event.respondWith(opened(request, address.pathname));
    } else if (request.headers.get("Content-Type")?.startsWith(TYPED)) {
      event.respondWith(handedIn(request));
    }
  });
}

// The server's answer; rejects where it is away, or takes longer than `patience`.
async function reached(request, patience = null) {
  const answers = [fetch(request)];
  if (patience) {
    answers.push(new Promise((_, reject) => { setTimeout(reject, patience, new Error("slow")); }));
  }
  const response = await Promise.race(answers);
  if (AWAY.includes(response.status)) throw new Error(response.statusText);
  return response;
}
