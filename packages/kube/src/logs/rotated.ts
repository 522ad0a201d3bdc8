/** Reason of the gap where a reader who comes again finds an earlier line gone. */
export const ROTATED =
  'The node rotated the log away while the connection was down; lines may be missing';

/** Reason of the gap where the node went on with a later file of the log. */
export const SKIPPED =
  'The node rotated the log away before it was read; lines may be missing';
