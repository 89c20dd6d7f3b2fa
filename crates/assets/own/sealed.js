// What this browser keeps for a place without a network, sealed. It stands in IndexedDB; the key stands in
// a cookie of the session, which a browser holds in memory and forgets when it is closed. In clear there
// are only: which key, a digest under that key, and one of three words for what kind of thing it is.
const sealed = (() => {
  const STORE = "sealed";
  // Over TLS only the name that no neighbouring host can set.
  const COOKIE = location.protocol === "https:" ? "__Host-quarterlight-copy" : "quarterlight-copy";
  const isPossible = isSecureContext && "indexedDB" in window && "serviceWorker" in navigator && "locks" in navigator;
  const encoder = new TextEncoder();
  const same = (one, other) => one.length === other.length && one.every((byte, at) => byte === other[at]);

  // Read anew each time: signing in, signing out and another window change it. Of the cookie's bytes come
  // two keys that no script can read out again: one seals, one gives names.
  let held = null;
  async function key() {
    if (!isPossible) return null;
    const cookie = document.cookie.split("; ").find((it) => it.startsWith(`${COOKIE}=`)) ?? "";
    const found = cookie.slice(COOKIE.length + 1).match(/^([0-9a-f]+)\.([0-9a-f]{64})$/);
    if (!found) return (held = null);
    if (held?.id === found[1]) return held;
    const bytes = Uint8Array.from(found[2].match(/../g), (two) => parseInt(two, 16));
    const root = await crypto.subtle.importKey("raw", bytes, "HKDF", false, ["deriveKey"]);
    const derive = (info, kind, uses) =>
      crypto.subtle.deriveKey({ name: "HKDF", hash: "SHA-256", salt: new Uint8Array(), info: encoder.encode(info) }, root, kind, false, uses);
    const box = await derive("seal", { name: "AES-GCM", length: 256 }, ["encrypt", "decrypt"]);
    const names = await derive("name", { name: "HMAC", hash: "SHA-256", length: 256 }, ["sign"]);
    held = { id: found[1], box, names };
    return held;
  }

  function forgetKey() {
    held = null;
    document.cookie = `${COOKIE}=; Path=/; Max-Age=0; SameSite=Strict${location.protocol === "https:" ? "; Secure" : ""}`;
  }

  // Reading makes no database where there is none: then there is nothing to read.
  const open = (mode) => new Promise((resolve, reject) => {
    const asked = indexedDB.open("quarterlight", 1);
    asked.onupgradeneeded = () => {
      if (mode === "readonly") asked.transaction.abort();
      else asked.result.createObjectStore(STORE, { keyPath: "id" });
    };
    asked.onsuccess = () => resolve(asked.result);
    asked.onerror = () => (mode === "readonly" && asked.error.name === "AbortError" ? resolve(null) : reject(asked.error));
  });

  // One transaction, which is on the disk before this goes on.
  async function within(mode, work) {
    const database = await open(mode);
    if (!database) return undefined;
    try {
      const transaction = database.transaction(STORE, mode, { durability: "strict" });
      const done = new Promise((resolve, reject) => {
        transaction.oncomplete = resolve;
        transaction.onerror = transaction.onabort = () => reject(transaction.error);
      });
      const asked = work(transaction.objectStore(STORE));
      await done;
      return asked?.result;
    } finally {
      database.close();
    }
  }

  const hex = (buffer) => Array.from(new Uint8Array(buffer), (byte) => byte.toString(16).padStart(2, "0")).join("");
  const idOf = async (mine, name) => hex(await crypto.subtle.sign("HMAC", mine.names, encoder.encode(name)));
  // A row that was moved to another place, or taken for another kind, does not open.
  const place = (row) => encoder.encode(`${row.key} ${row.id} ${row.kind}`);

  async function rowOf(mine, kind, name, value) {
    const row = { id: await idOf(mine, name), key: mine.id, kind, iv: crypto.getRandomValues(new Uint8Array(12)) };
    const words = encoder.encode(JSON.stringify({ ...value, name, kind: undefined, iv: undefined }));
    row.box = await crypto.subtle.encrypt({ name: "AES-GCM", iv: row.iv, additionalData: place(row) }, mine.box, words);
    return row;
  }

  async function unsealed(mine, row) {
    const words = await crypto.subtle.decrypt({ name: "AES-GCM", iv: row.iv, additionalData: place(row) }, mine.box, row.box);
    return { ...JSON.parse(new TextDecoder().decode(words)), kind: row.kind, iv: row.iv };
  }

  // Seals a value under a name; what stood there is written over. False where there is no key.
  async function put(kind, name, value) {
    const mine = await key();
    if (!mine) return false;
    const row = await rowOf(mine, kind, name, value);
    await within("readwrite", (store) => store.put(row));
    return true;
  }

  // The same name with another kind or value, unless it was written over since it was read.
  async function replace(read, kind, value) {
    const mine = await key();
    if (!mine) return;
    const row = await rowOf(mine, kind, read.name, value);
    await within("readwrite", (store) => {
      const asked = store.get(row.id);
      asked.onsuccess = () => { if (asked.result && same(asked.result.iv, read.iv)) store.put(row); };
    });
  }

  async function rows() {
    return (isPossible && (await within("readonly", (store) => store.getAll()))) || [];
  }

  async function all(kind) {
    const mine = await key();
    if (!mine) return [];
    const found = (await rows()).filter((row) => row.key === mine.id && row.kind === kind);
    // What does not open was not sealed here, and is no reason to lose the rest.
    const opened = await Promise.allSettled(found.map((row) => unsealed(mine, row)));
    return opened.filter((it) => it.status === "fulfilled").map((it) => it.value);
  }

  async function get(name) {
    const mine = await key();
    if (!mine) return null;
    const id = await idOf(mine, name);
    const row = await within("readonly", (store) => store.get(id));
    return row?.key === mine.id ? unsealed(mine, row) : null;
  }

  // Whether there is such a thing, without opening it.
  async function has(name) {
    const mine = await key();
    if (!mine) return false;
    const id = await idOf(mine, name);
    return (await within("readonly", (store) => store.count(id))) > 0;
  }

  // By its name; or, given as it was read, unless it was written over since.
  async function remove(what) {
    const mine = await key();
    if (!mine) return;
    const id = await idOf(mine, what.name ?? what);
    await within("readwrite", (store) => {
      const asked = store.get(id);
      asked.onsuccess = () => { if (asked.result && (!what.iv || same(asked.result.iv, what.iv))) store.delete(id); };
    });
  }

  // Everything of whoever holds the key, and no more: others may have answers that wait.
  async function wipe() {
    const mine = await key();
    if (!mine) return;
    const ids = (await rows()).filter((row) => row.key === mine.id).map((row) => row.id);
    if (ids.length === 0) return;
    await within("readwrite", (store) => { for (const id of ids) store.delete(id); });
  }

  return { isPossible, key, forgetKey, put, replace, rows, all, get, has, remove, wipe };
})();
