/** The menus; asked for again while the server is still starting. */
import { api } from "../lib/api";
import type { Meta } from "../lib/types";
import { isPassing } from "./queue.svelte";

const LEAST_MS = 500;
const MOST_MS = 8000;

export async function fetchMeta(): Promise<Meta> {
  for (let wait = LEAST_MS; ; wait = Math.min(MOST_MS, wait * 2)) {
    try {
      return await api.get<Meta>("/api/meta");
    } catch (error) {
      if (!isPassing(error)) throw error;
      await new Promise((resolve) => setTimeout(resolve, wait));
    }
  }
}
