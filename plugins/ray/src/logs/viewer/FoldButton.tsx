import { countLines } from './countLines';

export interface FoldButtonProps {
  readonly className: string;
  /** The fold that ends with this line, if any. */
  readonly fold?: number;
  /** Number of lines in the fold. */
  readonly folded: number;
  /** True while the lines are shown. */
  readonly open: boolean;
  readonly onFold: (fold: number) => void;
}

/** Shows and hides the lines with earlier states of a progress bar. */
export const FoldButton = (props: FoldButtonProps) => {
  const { className, fold, folded, open, onFold } = props;
  if (fold === undefined || folded === 0) {
    return null;
  }
  const lines = countLines(folded);
  return (
    <button
      type="button"
      className={className}
      aria-expanded={open}
      title="Earlier states of this progress bar"
      onClick={() => onFold(fold)}
    >
      {open ? `▾ Fold ${lines}` : `▸ ${lines} folded`}
    </button>
  );
};
