// What does the phone say of where it is, and does its screen stay on?

const WATCH = { enableHighAccuracy: true, maximumAge: 0, timeout: 20_000 };
const REFUSED = 1;

// Call back with [latitude, longitude, accuracy in metres] of each fix, and once where the phone
// may not say. Returns what stops it.
export function positions(heard, refused) {
  if (!navigator.geolocation) {
    refused();
    return () => {};
  }
  const watch = navigator.geolocation.watchPosition(
    ({ coords }) => heard([coords.latitude, coords.longitude, coords.accuracy]),
    (error) => { if (error.code === REFUSED) refused(); },
    WATCH,
  );
  return () => navigator.geolocation.clearWatch(watch);
}

// Whether the phone may already say where it is, without asking the walker.
export async function allowed() {
  const asked = await navigator.permissions?.query({ name: "geolocation" }).catch(() => null);
  return asked?.state === "granted";
}

// Keep the screen on while the page is in sight. Calls back with whether it does.
export function wakefulness(told) {
  let lock = null;
  const ask = async () => {
    if (document.visibilityState !== "visible") return;
    lock = await navigator.wakeLock?.request("screen").catch(() => null);
    told(Boolean(lock));
  };
  document.addEventListener("visibilitychange", ask);
  ask();
  return () => {
    document.removeEventListener("visibilitychange", ask);
    lock?.release();
  };
}
