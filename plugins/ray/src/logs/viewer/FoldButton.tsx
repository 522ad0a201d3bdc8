import { countLines } from './countLines';

export interface FoldButtonProps {
  readonly className: string;
  /** The fold that begins or ends with this line, if any. */
  readonly fold?: number;
  /** Number of lines in the fold, without this one. */
  readonly folded: number;
  /** How often this line is there, where the fold has lines that are equal to it; else 0. */
  readonly repeats: number;
  /** True while the lines are shown. */
  readonly open: boolean;
  /** True for the line whose parts can be reached with Tab. */
  readonly tabbable: boolean;
  readonly onFold: (fold: number) => void;
}

const REPEATS = 'Lines that are equal to this one, apart from their time';
const STATES = 'Earlier states of this progress bar';

/** Shows and hides lines that are repeated, or that show earlier states of a progress bar. */
export const FoldButton = (props: FoldButtonProps) => {
  const { className, fold, folded, repeats, open, onFold } = props;
  if (fold === undefined || folded === 0) {
    return null;
  }
  const lines = countLines(folded);
  const states = open ? `▾ Fold ${lines}` : `▸ ${lines} folded`;
  const times = `${open ? '▾' : '▸'} × ${repeats.toLocaleString()}`;
  return (
    <button
      type="button"
      className={className}
      tabIndex={props.tabbable ? 0 : -1}
      aria-expanded={open}
      title={repeats > 0 ? REPEATS : STATES}
      onClick={() => onFold(fold)}
    >
      {repeats > 0 ? times : states}
    </button>
  );
};
