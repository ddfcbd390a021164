/** The words of the page's state. */

export const words = {
  changedElsewhere: [
    "The piece was changed in another window. Your last step could not be put on top of it; look at the piece and do it again.",
    "曲子已在另一个窗口中更改,您的上一步无法叠加。请查看曲子后重做。",
  ],
  gone: ["This piece is not here any more.", "这首曲子已不存在。"],
  unknown: ["Something in the page went wrong: {why}", "页面出错:{why}"],
  cancelled: ["Cancelled. Your music is as it was.", "已取消。您的音乐没有变化。"],
  back: ["The server is back. Everything is saved.", "服务器已恢复,所有内容均已保存。"],
} as const;
