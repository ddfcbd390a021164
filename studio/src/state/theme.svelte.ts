/** Dark or light: as the system has it, until someone chooses. */

export type ThemeChoice = "system" | "dark" | "light";

export class Theme {
  choice = $state<ThemeChoice>(first());
  #systemIsDark = $state(typeof matchMedia === "undefined" || matchMedia("(prefers-color-scheme: dark)").matches);

  get isDark(): boolean {
    return this.choice === "system" ? this.#systemIsDark : this.choice === "dark";
  }

  /** The other one; where that is what the system has, the system is followed again. */
  toggle(): void {
    const wanted = this.isDark ? "light" : "dark";
    this.choice = (wanted === "dark") === this.#systemIsDark ? "system" : wanted;
    if (this.choice === "system") localStorage.removeItem("motet.theme");
    else localStorage.setItem("motet.theme", this.choice);
    this.show();
  }

  show(): void {
    const root = document.documentElement;
    root.dataset.switching = "";
    root.dataset.theme = this.isDark ? "dark" : "light";
    requestAnimationFrame(() => requestAnimationFrame(() => delete root.dataset.switching));
    const colour = getComputedStyle(root).getPropertyValue("--bg").trim();
    document.querySelector("meta[name=theme-color]")?.setAttribute("content", colour);
  }

  /** Follow the system; returns what ends it. */
  follow(): () => void {
    const scheme = matchMedia("(prefers-color-scheme: dark)");
    const change = (): void => {
      this.#systemIsDark = scheme.matches;
      this.show();
    };
    scheme.addEventListener("change", change);
    this.show();
    return () => scheme.removeEventListener("change", change);
  }
}

function first(): ThemeChoice {
  const kept = typeof localStorage === "undefined" ? null : localStorage.getItem("motet.theme");
  return kept === "dark" || kept === "light" ? kept : "system";
}
