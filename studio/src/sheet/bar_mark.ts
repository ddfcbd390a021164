/** A soft band behind the bar that sounds. */

const SVG = "http://www.w3.org/2000/svg";

export class BarMark {
  #band: SVGRectElement | null = null;

  /** Lay the band behind a bar of the page; nothing takes it away. */
  show(measure: Element | null): void {
    if (measure && this.#band?.parentNode === measure) return;
    this.#band?.remove();
    this.#band = null;
    if (!(measure instanceof SVGGraphicsElement)) return;
    const { x, y, width, height } = measure.getBBox();
    const band = document.createElementNS(SVG, "rect");
    const around = { x, y, width, height, rx: Math.min(height, width) / 40, class: "now", stroke: "none" };
    for (const [name, value] of Object.entries(around)) band.setAttribute(name, String(value));
    measure.insertBefore(band, measure.firstChild);
    this.#band = band;
  }
}
