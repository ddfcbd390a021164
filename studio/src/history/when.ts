/** When something was, in the words of the page's language. */

const STEPS: readonly [Intl.RelativeTimeFormatUnit, number][] = [
  ["day", 86_400],
  ["hour", 3_600],
  ["minute", 60],
];

/** How long ago a time was ("2 hours ago"); a date from a week on; empty within the last minute. */
export function tellWhen(time: string, language: string, now: number = Date.now()): string {
  const then = Date.parse(time);
  if (Number.isNaN(then)) return time;
  const past = (now - then) / 1000;
  const locale = language === "zh" ? "zh-CN" : "en-GB";
  if (past > 7 * 86_400) return new Intl.DateTimeFormat(locale, { dateStyle: "medium" }).format(then);
  for (const [unit, length] of STEPS) {
    if (past >= length) {
      return new Intl.RelativeTimeFormat(locale, { numeric: "auto" }).format(-Math.floor(past / length), unit);
    }
  }
  return "";
}
