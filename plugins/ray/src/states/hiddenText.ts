import type { CSSProperties } from 'react';

/** For text that only screen readers get. */
export const HIDDEN_TEXT: CSSProperties = {
  position: 'absolute',
  width: 1,
  height: 1,
  overflow: 'hidden',
  clip: 'rect(0 0 0 0)',
  whiteSpace: 'nowrap',
};
