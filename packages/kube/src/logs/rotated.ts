/** Reason of the gap where a reader who comes again finds an earlier line gone. */
export const ROTATED =
  'The node rotated the log away while the connection was down; lines may be missing';
