export const words = {
  noSound: [
    "There is no sound: {why}. Reload the page; if it stays so, try another browser.",
    "没有声音:{why}。请重新加载页面;若仍如此,请换一个浏览器。",
  ],
  noAudio: ["this browser has no Web Audio", "此浏览器不支持 Web Audio"],
} as const;
