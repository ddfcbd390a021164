/** The sound font: fetched once, then kept by the browser. */

const ADDRESS = "/api/soundfont";
const SHELF = "motet-sounds";

/** The bytes of the font; `tell` hears how much of it is there, 0 to 1. */
export async function loadFont(tell: (fraction: number) => void): Promise<ArrayBuffer> {
  const shelf = await openShelf();
  const kept = await shelf?.match(ADDRESS);
  if (kept) {
    const bytes = await kept.arrayBuffer();
    tell(1);
    return bytes;
  }
  const reply = await fetch(ADDRESS, { credentials: "same-origin" });
  if (!reply.ok || !reply.body) throw new Error(`${ADDRESS}: ${reply.status}`);
  const bytes = await read(reply.body, Number(reply.headers.get("Content-Length")) || 15_000_000, tell);
  // No room for it is no reason to be without sound.
  void shelf?.put(ADDRESS, new Response(bytes.slice(0))).catch(() => undefined);
  return bytes;
}

/** Where browsers keep files; null where they do not (no secure address, a private window). */
async function openShelf(): Promise<Cache | null> {
  try {
    return "caches" in globalThis ? await caches.open(SHELF) : null;
  } catch {
    return null;
  }
}

async function read(body: ReadableStream<Uint8Array>, total: number, tell: (fraction: number) => void): Promise<ArrayBuffer> {
  const pieces: Uint8Array[] = [];
  let n = 0;
  const reader = body.getReader();
  for (;;) {
    const { done, value } = await reader.read();
    if (done) break;
    pieces.push(value);
    n += value.length;
    tell(Math.min(1, n / total));
  }
  const bytes = new Uint8Array(n);
  let at = 0;
  for (const piece of pieces) {
    bytes.set(piece, at);
    at += piece.length;
  }
  return bytes.buffer;
}
