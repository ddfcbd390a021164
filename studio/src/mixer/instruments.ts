/** Instruments by family, and those that a search finds. */
import type { Meta } from "../lib/types";

export interface Choice {
  readonly program: number;
  readonly en: string;
  readonly zh: string;
}

export interface Group {
  readonly name: string;
  readonly en: string;
  readonly zh: string;
  readonly choices: readonly Choice[];
}

/** The kits for drums, else the programs by family. */
export function groupsOf(meta: Meta, isDrums: boolean): Group[] {
  if (isDrums) return [{ name: "kits", en: "Drum kits", zh: "鼓组", choices: meta.drum_kits }];
  return meta.families.map(({ name, en, zh }) => ({
    name, en, zh, choices: meta.instruments.filter(({ family }) => family === name),
  }));
}

/** Groups with what matches in either language; a family's own name brings all of it. */
export function search(groups: readonly Group[], wish: string): Group[] {
  const asked = wish.trim().toLowerCase();
  if (!asked) return [...groups];
  const fits = ({ en, zh }: { en: string; zh: string }): boolean => en.toLowerCase().includes(asked) || zh.includes(asked);
  return groups
    .map((group) => (fits(group) ? group : { ...group, choices: group.choices.filter(fits) }))
    .filter(({ choices }) => choices.length > 0);
}
