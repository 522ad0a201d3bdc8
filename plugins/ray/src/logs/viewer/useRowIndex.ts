import { useMemo } from 'react';
import type { LogPlaces } from '../file/LogPlaces';
import { RowIndex } from '../file/RowIndex';
import type { JsonLinesView } from './useJsonLines';

export interface RowIndexOptions {
  readonly places: LogPlaces;
  /** Columns after which lines wrap. Infinite if they don't wrap. */
  readonly columns: number;
  /** Folds that are open. */
  readonly unfolded: ReadonlySet<number>;
  readonly json: JsonLinesView;
}

/** The positions of a log's entries; computed again when wrapping, folds or texts change. */
export function useRowIndex(options: RowIndexOptions): RowIndex {
  const { places, columns, unfolded, json } = options;
  const { opened, textsOf } = json;
  return useMemo(
    () => new RowIndex({ places, columns, unfolded, opened, textsOf }),
    [places, columns, unfolded, opened, textsOf],
  );
}
