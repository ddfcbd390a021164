/** The words of humming. */

export const words = {
  hum: ["Hum a melody", "哼一段旋律"],
  how: [
    "Hum, sing or whistle one melody at a steady pace, up to a minute. It becomes notes, and a band can join in.",
    "以平稳的速度哼、唱或吹一段旋律,最长一分钟。它会变成音符,还可以加入乐队伴奏。",
  ],
  start: ["Start recording", "开始录音"],
  stop: ["Stop", "停止"],
  asking: ["Please allow the microphone…", "请允许使用麦克风……"],
  recording: ["Recording, {left} seconds left", "正在录音,还剩 {left} 秒"],
  listening: ["I hear {name}", "听到 {name}"],
  quiet: ["I hear nothing yet. Hum a little louder, or move closer.", "还没有听到声音,请大声一点或靠近麦克风。"],
  again: ["Record again", "重新录音"],
  take: ["Your recording, {seconds} s", "你的录音,{seconds} 秒"],
  band: ["Let a band join in", "加入乐队伴奏"],
  style: ["Style", "风格"],
  go: ["Make music of it", "变成音乐"],
  working: ["Listening…", "正在听……"],
  none: ["This browser gives no microphone. Drop a recording (WAV) on the page instead.", "此浏览器无法使用麦克风。请将录音文件 (WAV) 拖到页面上。"],
  missing: ["No microphone was found. Plug one in and try again.", "没有找到麦克风。请接上后重试。"],
  refused: ["The microphone was not allowed. Allow it in the address bar of the browser, then try again.", "麦克风未被允许。请在浏览器地址栏中允许后重试。"],
  busy: ["The microphone is in use by another program. Close that and try again.", "麦克风被其他程序占用。请关闭后重试。"],
  short: ["That was too short. Hum at least two seconds.", "太短了,请至少哼两秒钟。"],
  trace: ["The pitch of your voice", "你的音高"],
  title: ["Hummed melody", "哼唱的旋律"],
  player: ["Listen to your recording", "试听录音"],
} as const;
