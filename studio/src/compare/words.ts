/** The words of the comparison of two versions. */

export const words = {
  title: ["Compare", "比较"],
  back: ["Back to history", "返回历史"],
  before: ["Version A", "版本 A"],
  after: ["Version B", "版本 B"],
  swap: ["Swap A and B", "交换 A 与 B"],
  now: ["now", "当前"],
  step: ["{n} · {what}", "{n} · {what}"],
  candidate: ["Candidate {n}", "候选 {n}"],
  loading: ["Comparing …", "正在比较……"],
  same: ["These two versions are the same, note for note.", "两个版本完全相同。"],
  listenA: ["Listen to A", "试听 A"],
  listenB: ["Listen to B", "试听 B"],
  sameplace: ["Both play from the same place.", "两者从同一位置播放。"],
  grid: ["Cells by what changed", "按变化显示的单元格"],
  cell: ["{part}, bar {bar}: {kind}", "{part},第 {bar} 小节:{kind}"],
  inWords: ["In words", "文字说明"],
  take: ["Take {n} cells from {side}", "从 {side} 取用 {n} 个单元格"],
  takeOne: ["Take 1 cell from {side}", "从 {side} 取用 1 个单元格"],
  takeHint: [
    "Select coloured cells, then take them into the current version.",
    "选择有颜色的单元格,即可取用到当前版本。",
  ],
  takeNot: [
    "To take cells, compare with the current version.",
    "要取用单元格,请与当前版本比较。",
  ],
  taken: ["Cells taken from version {version}", "从版本 {version} 取用的单元格"],
  all: ["Select all changes", "选择全部变化"],
  none: ["Select none", "取消选择"],
} as const;

/** What a cell may be beside the other version. */
export const kinds = {
  same: ["same", "相同"],
  touched: ["played otherwise", "奏法不同"],
  rhythm: ["new pitches", "音高不同"],
  pitch: ["new rhythm", "节奏不同"],
  changed: ["new notes", "音符不同"],
  new: ["added", "新增"],
  gone: ["gone", "删去"],
} as const;
