// Stands by for a place without a network. It keeps nothing by itself: a press on "Take a copy" puts one
// page, the stylesheet, the script and the icon here, and none of them says anything of anybody. Every page
// comes from the server as before; only where the server cannot be reached does the one page take its place.
const NO_NETWORK = "/offline";

// How long the form of an audit may take to come, where the network is there and hardly moves.
const PATIENCE = 8000;

addEventListener("install", () => skipWaiting());
addEventListener("activate", (event) => event.waitUntil(clients.claim()));

addEventListener("fetch", (event) => {
  const { request } = event;
  const { origin, pathname } = new URL(request.url);
  if (request.method !== "GET" || origin !== location.origin) return;
  if (pathname.startsWith("/assets/")) event.respondWith(file(request));
  else if (request.mode === "navigate") event.respondWith(page(request, /^\/audits\/\d+\/form$/.test(pathname)));
});

// A file of the design system has another name when it changes, so that a kept one is never old.
const file = async (request) => (await caches.match(request)) ?? fetch(request);

async function page(request, isForm) {
  try {
    return await fetch(request, isForm ? { signal: AbortSignal.timeout(PATIENCE) } : undefined);
  } catch {
    return (await caches.match(NO_NETWORK)) ?? Response.error();
  }
}
