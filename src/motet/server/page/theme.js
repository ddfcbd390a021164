// Sets the theme and the language before anything is painted, so that nothing flashes.
(() => {
  const kept = (name) => {
    try {
      return localStorage.getItem(name);
    } catch {
      return null;
    }
  };
  const root = document.documentElement;
  const theme = kept("motet.theme");
  const isDark = theme === "dark" || (theme !== "light" && matchMedia("(prefers-color-scheme: dark)").matches);
  root.dataset.theme = isDark ? "dark" : "light";
  const language = kept("motet.language") || navigator.language;
  root.lang = language.startsWith("zh") ? "zh-CN" : "en";
})();
