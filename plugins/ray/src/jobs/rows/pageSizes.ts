/** Rows to request at first. */
export const FIRST_PAGE = 100;
/** Rows of a page after the first. */
export const PAGE = 200;
/** The most rows that the backend puts into one answer. */
export const LARGEST_PAGE = 1_000;
