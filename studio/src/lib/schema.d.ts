/** Replaced by `npm run api`. */
export type paths = Record<string, never>;
