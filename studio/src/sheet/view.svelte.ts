/** How the score is looked at: layout, zoom, melody, following. Kept while the page is open. */

export type Layout = "lead" | "full" | "jianpu";
export const LAYOUTS: readonly Layout[] = ["lead", "full", "jianpu"];

class SheetView {
  layout = $state<Layout>("lead");
  zoom = $state(1);
  /** The part written in numbers; null for the melody as the score names it. */
  melody = $state<number | null>(null);
  isFollowing = $state(true);

  zoomBy(factor: number): void {
    this.zoom = Math.min(2.5, Math.max(0.4, Math.round(this.zoom * factor * 100) / 100));
  }
}

export const view = new SheetView();
