export interface FoldButtonProps {
  readonly className: string;
  /** Name of the fold that ends with this line, if one does. */
  readonly fold?: number;
  /** Lines that the fold holds. */
  readonly folded: number;
  /** True while they are shown. */
  readonly open: boolean;
  readonly onFold: (fold: number) => void;
}

/** Shows and hides the earlier states of a progress bar, which are lines like others. */
export const FoldButton = (props: FoldButtonProps) => {
  const { className, fold, folded, open, onFold } = props;
  if (fold === undefined || folded === 0) {
    return null;
  }
  const lines = folded === 1 ? '1 line' : `${folded.toLocaleString()} lines`;
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
