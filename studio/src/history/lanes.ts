/** The tree of versions laid out: a row for each step, the newest on top, and a lane for each branch. */

export interface Step {
  readonly id: string;
  readonly parent: string | null;
}

export interface Placed<T extends Step> {
  readonly step: T;
  /** From 0, the newest. */
  readonly row: number;
  /** 0 is the line that leads to where we are, and on from there. */
  readonly lane: number;
  /** On the way from the beginning to where we are. */
  readonly isOnWay: boolean;
}

export interface Edge {
  readonly from: { row: number; lane: number };
  readonly to: { row: number; lane: number };
  readonly isOnWay: boolean;
}

export interface Tree<T extends Step> {
  readonly rows: readonly Placed<T>[];
  readonly edges: readonly Edge[];
  readonly nLanes: number;
}

/** Lay out steps that are told in the order in which they were made. */
export function layTree<T extends Step>(steps: readonly T[], current: string): Tree<T> {
  const known = new Map(steps.map((step) => [step.id, step]));
  const children = new Map<string, T[]>();
  for (const step of steps) children.set(step.parent ?? "", [...(children.get(step.parent ?? "") ?? []), step]);
  const row = new Map(steps.map((step, k) => [step.id, steps.length - 1 - k]));

  const way = new Set<string>();
  for (let at = known.get(current); at && !way.has(at.id); at = known.get(at.parent ?? "")) way.add(at.id);
  const trunk = new Set(way);
  for (let next = children.get(current)?.at(-1); next; next = children.get(next.id)?.at(-1)) trunk.add(next.id);

  const lane = new Map<string, number>();
  for (const id of trunk) lane.set(id, 0);
  const taken: [lane: number, top: number, bottom: number][] = [];
  for (const step of steps) {
    if (lane.has(step.id)) continue;
    const line = [step];
    for (let next = children.get(step.id)?.at(-1); next; next = children.get(next.id)?.at(-1)) line.push(next);
    const top = row.get(line.at(-1)!.id)!;
    const bottom = row.get(step.parent ?? "") ?? row.get(step.id)!;
    let free = 1;
    while (taken.some(([used, first, last]) => used === free && first < bottom && top < last)) free += 1;
    taken.push([free, top, bottom]);
    for (const one of line) lane.set(one.id, free);
  }

  const place = (id: string) => ({ row: row.get(id)!, lane: lane.get(id)! });
  return {
    rows: steps
      .map((step) => ({ step, ...place(step.id), isOnWay: way.has(step.id) }))
      .reverse(),
    edges: steps
      .filter((step) => known.has(step.parent ?? ""))
      .map((step) => ({ from: place(step.id), to: place(step.parent!), isOnWay: way.has(step.id) })),
    nLanes: Math.max(0, ...lane.values()) + 1,
  };
}

/** The line of an edge as an SVG path: down its own lane, then into the lane of where it came from. */
export function pathOf(edge: Edge, width: number, height: number | ((row: number) => number)): string {
  const y = typeof height === "number" ? (row: number) => (row + 0.5) * height : height;
  const x = (lane: number): number => (lane + 0.5) * width;
  const [x1, y1, x2, y2] = [x(edge.from.lane), y(edge.from.row), x(edge.to.lane), y(edge.to.row)];
  if (x1 === x2) return `M${x1} ${y1}V${y2}`;
  const bend = Math.min(22, (y2 - y1) * 0.75);
  return `M${x1} ${y1}V${y2 - bend}C${x1} ${y2 - bend / 3} ${x2} ${y2 - (2 * bend) / 3} ${x2} ${y2}`;
}
