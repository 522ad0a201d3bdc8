/** Height up to which a window is short, in pixels: a zoom of 200 % leaves that little. */
export const SHORT_HEIGHT = 600;

/** Media query of a short window. */
export const SHORT_WINDOW = `@media (max-height: ${SHORT_HEIGHT}px)` as const;
