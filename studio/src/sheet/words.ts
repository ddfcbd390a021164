/** The words of the score view. */

export const words = {
  score: ["Score", "乐谱"],
  layout: ["Layout", "版式"],
  lead: ["Lead sheet", "主旋律谱"],
  full: ["Full score", "总谱"],
  jianpu: ["Numbers", "简谱"],
  jianpuTitle: ["Numbered notation (jianpu) of the melody", "旋律的简谱"],
  melody: ["Melody from", "旋律取自"],
  zoomIn: ["Larger", "放大"],
  zoomOut: ["Smaller", "缩小"],
  zoomReset: ["Page width", "适合页宽"],
  follow: ["Follow", "跟随播放"],
  followTitle: ["Scroll with the music", "随音乐滚动"],
  page: ["Page {n} of {total}", "第 {n} 页,共 {total} 页"],
  loading: ["Engraving the score…", "正在排版乐谱……"],
  failed: ["The score could not be drawn: {why}", "无法绘制乐谱:{why}"],
  again: ["Try again", "重试"],
  empty: ["There are no notes yet. Draw some in the piano roll.", "还没有音符,请先在钢琴卷帘中绘制。"],
  emptyMelody: ["{part} has no notes to write in numbers.", "{part}没有可写成简谱的音符。"],
  note: ["Bar {bar}, {part}: {name}", "第 {bar} 小节,{part}:{name}"],
  numbered: ["Numbered notation of {part}", "{part}的简谱"],
  barOf: ["Bar {bar}", "第 {bar} 小节"],
  about: [
    "Click a note to pick it and to go there. With the keyboard: left and right go from note to note.",
    "点击音符即可选中并跳到该处。键盘:左右键逐个音符移动。",
  ],
} as const;
