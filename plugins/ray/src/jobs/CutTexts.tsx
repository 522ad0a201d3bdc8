import Paper from '@material-ui/core/Paper';
import Popper from '@material-ui/core/Popper';
import { makeStyles } from '@material-ui/core/styles';
import {
  useEffect,
  useState,
  type FocusEvent,
  type MouseEvent,
  type ReactNode,
} from 'react';

const useStyles = makeStyles(theme => ({
  popper: { zIndex: theme.zIndex.tooltip, pointerEvents: 'none' },
  text: {
    maxWidth: 'min(560px, 90vw)',
    padding: theme.spacing(1, 1.5),
    fontSize: 13,
    lineHeight: '18px',
    overflowWrap: 'anywhere',
    whiteSpace: 'pre-wrap',
    border: `1px solid ${theme.palette.divider}`,
  },
}));

/** Marks an element whose text is shown whole on hover and focus where it is cut. */
export const CUT_TEXT = { 'data-cut': '' } as const;

const isCut = (element: HTMLElement) =>
  element.scrollWidth > element.clientWidth ||
  element.scrollHeight > element.clientHeight + 1;

const contains = (
  { left, right, top, bottom }: DOMRect,
  x: number,
  y: number,
) => x >= left && x <= right && y >= top && y <= bottom;

interface Tip {
  readonly anchor: HTMLElement;
  readonly text: string;
}

function tipOf(
  anchor: HTMLElement,
  elements: readonly HTMLElement[],
): Tip | undefined {
  const text = elements
    .filter(isCut)
    .map(({ textContent }) => textContent)
    .join('\n');
  return text ? { anchor, text } : undefined;
}

/**
 * Shows texts whole that had to be cut: the one under the pointer, or those of the row
 * that has the focus. They are in the page as they are, so a copy has them whole too.
 */
export const CutTexts = ({ children }: { readonly children: ReactNode }) => {
  const classes = useStyles();
  const [tip, setTip] = useState<Tip>();

  useEffect(() => {
    if (!tip) {
      return undefined;
    }
    const close = () => setTip(undefined);
    const onKey = ({ key }: KeyboardEvent) => key === 'Escape' && close();
    window.addEventListener('keydown', onKey);
    window.addEventListener('scroll', close, { capture: true, passive: true });
    return () => {
      window.removeEventListener('keydown', onKey);
      window.removeEventListener('scroll', close, { capture: true });
    };
  }, [tip]);

  const onMouseMove = ({ target, clientX, clientY }: MouseEvent) => {
    const row = target instanceof Element ? target.closest('tr') : null;
    const texts = row?.querySelectorAll<HTMLElement>('[data-cut]') ?? [];
    // The link of a row covers its texts. The innermost of those under it is meant.
    const under = [...texts]
      .reverse()
      .find(text => contains(text.getBoundingClientRect(), clientX, clientY));
    setTip(before =>
      before?.anchor === under ? before : under && tipOf(under, [under]),
    );
  };
  const onFocus = ({ target }: FocusEvent<HTMLElement>) => {
    const row = target.closest('tr');
    const texts = row?.querySelectorAll<HTMLElement>('[data-cut]') ?? [];
    setTip(
      target.matches(':focus-visible') ? tipOf(target, [...texts]) : undefined,
    );
  };
  return (
    // Only listens to what happens to the rows.
    // eslint-disable-next-line jsx-a11y/no-static-element-interactions
    <div
      onMouseMove={onMouseMove}
      onMouseLeave={() => setTip(undefined)}
      onFocus={onFocus}
      onBlur={() => setTip(undefined)}
    >
      {children}
      <Popper
        open={tip !== undefined}
        anchorEl={tip?.anchor}
        placement="bottom-start"
        className={classes.popper}
        aria-hidden
      >
        <Paper elevation={4} className={classes.text}>
          {tip?.text}
        </Paper>
      </Popper>
    </div>
  );
};
