/** Where the page was: in its address (the project) and in the browser (view, panel, playhead). */

export interface Place {
  readonly mode?: string;
  readonly panel?: string;
  readonly focusPart?: number;
  readonly tick?: number;
  readonly chordNames?: string;
  readonly scale?: string | null;
}

const nameOf = (id: string): string => `motet.place.${id}`;

export function readPlace(id: string): Place {
  try {
    return JSON.parse(localStorage.getItem(nameOf(id)) ?? "{}") as Place;
  } catch (error) {
    if (error instanceof SyntaxError) return {};
    throw error;
  }
}

export function keepPlace(id: string, place: Place): void {
  localStorage.setItem(nameOf(id), JSON.stringify({ ...readPlace(id), ...place }));
}

/** The project that the address names. */
export function addressed(): string | null {
  return new URLSearchParams(location.search).get("project");
}

export function setAddress(id: string | null, { isNew = true } = {}): void {
  if (addressed() === id) return;
  const query = id ? `?project=${encodeURIComponent(id)}` : "";
  history[isNew ? "pushState" : "replaceState"](null, "", `${location.pathname}${query}`);
}
