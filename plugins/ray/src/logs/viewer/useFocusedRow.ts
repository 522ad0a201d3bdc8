import { useMemo, useState, type FocusEvent } from 'react';

export interface FocusedRow {
  /** Place of the row that has the focus, or a part of which has. */
  readonly focused?: number;
  /** To be given to the element that holds the rows. */
  readonly handlers: {
    readonly onFocus: (event: FocusEvent) => void;
    readonly onBlur: () => void;
  };
}

/** Which row of the log has the focus. */
export function useFocusedRow(): FocusedRow {
  const [focused, setFocused] = useState<number>();
  const handlers = useMemo(
    () => ({
      onFocus: ({ target }: FocusEvent) => {
        const row = target.closest<HTMLElement>('[data-place]');
        setFocused(row ? Number(row.dataset.place) : undefined);
      },
      onBlur: () => setFocused(undefined),
    }),
    [],
  );
  return { focused, handlers };
}
