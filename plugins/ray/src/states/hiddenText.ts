import type { CSSProperties } from 'react';

/** For text that only screen readers read. */
export const HIDDEN_TEXT: CSSProperties = {
  position: 'absolute',
  width: 1,
  height: 1,
  overflow: 'hidden',
  clip: 'rect(0 0 0 0)',
  whiteSpace: 'nowrap',
};
