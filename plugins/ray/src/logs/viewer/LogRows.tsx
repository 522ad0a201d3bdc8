import type { Scrollback } from '../scrollback/Scrollback';
import { LogRow } from './LogRow';
import type { LineRange } from './useLineSelection';
import type { LogRowClasses } from './useRowStyles';

export interface LogRowsProps {
  readonly buffer: Scrollback;
  /** Sequence numbers, the second not included. */
  readonly from: number;
  readonly to: number;
  readonly classes: LogRowClasses;
  readonly query: string;
  readonly current?: number;
  readonly timestamps: boolean;
  readonly digits: number;
  readonly range?: LineRange;
  readonly onNumber: (number: number, extend: boolean) => void;
}

/** The rows that are in view. */
export const LogRows = (props: LogRowsProps) => {
  const { buffer, from, to, range, current, ...rest } = props;
  const rows = [];
  for (let seq = from; seq < to; seq += 1) {
    const entry = buffer.at(seq);
    if (entry) {
      const selected =
        entry.kind === 'line' &&
        range !== undefined &&
        entry.number >= range.from &&
        entry.number <= range.to;
      rows.push(
        <LogRow
          key={seq}
          entry={entry}
          selected={selected}
          current={seq === current}
          {...rest}
        />,
      );
    }
  }
  return <>{rows}</>;
};
