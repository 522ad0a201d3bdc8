import ButtonBase from '@material-ui/core/ButtonBase';
import { makeStyles, useTheme } from '@material-ui/core/styles';
import type { JobState } from '@ml-platform/rayjob';
import { formatCount } from '../states/formatCount';
import { toneColor } from '../states/tones';
import { STATE_GROUPS } from './stateGroups';

const useStyles = makeStyles(theme => ({
  root: {
    display: 'grid',
    gridTemplateColumns: 'repeat(6, 1fr)',
    gap: theme.spacing(1.5),
    [theme.breakpoints.down('sm')]: { gridTemplateColumns: 'repeat(3, 1fr)' },
  },
  tile: {
    display: 'flex',
    flexDirection: 'column',
    alignItems: 'flex-start',
    padding: theme.spacing(1.25, 1.75),
    borderRadius: 8,
    border: `1px solid ${theme.palette.divider}`,
    background: theme.palette.background.paper,
    textAlign: 'left',
    '&:hover, &:focus-visible': { borderColor: theme.palette.text.secondary },
  },
  count: {
    fontSize: 24,
    lineHeight: '30px',
    fontWeight: 700,
    fontVariantNumeric: 'tabular-nums',
  },
  title: { fontSize: 13, color: theme.palette.text.secondary },
  bar: {
    display: 'flex',
    gap: 2,
    height: 6,
    borderRadius: 3,
    overflow: 'hidden',
    marginTop: theme.spacing(1.5),
    background: theme.palette.action.disabledBackground,
    '& > span': { minWidth: 3, transition: 'flex-grow 300ms' },
  },
  selected: {
    borderColor: 'currentColor !important',
    boxShadow: 'inset 0 0 0 1px currentColor',
  },
}));

export interface StateSummaryProps {
  /** Number of jobs in each state that has any. Undefined if not known yet. */
  readonly counts?: Readonly<Partial<Record<JobState, number>>>;
  readonly selected: readonly JobState[];
  readonly onSelect: (states: readonly JobState[]) => void;
}

/** The number of jobs in each group of states. Each number filters the list. */
export const StateSummary = ({
  counts: byState,
  selected,
  onSelect,
}: StateSummaryProps) => {
  const classes = useStyles();
  const theme = useTheme();
  const counts = STATE_GROUPS.map(
    ({ states }) =>
      byState && states.reduce((sum, state) => sum + (byState[state] ?? 0), 0),
  );
  const total = counts.reduce<number>((sum, count) => sum + (count ?? 0), 0);
  return (
    <section aria-label="Jobs by state">
      <div className={classes.root}>
        {STATE_GROUPS.map((group, index) => {
          const on =
            selected.length === group.states.length &&
            group.states.every(state => selected.includes(state));
          const count = counts[index];
          const text = count === undefined ? undefined : formatCount(count);
          return (
            <ButtonBase
              key={group.title}
              focusRipple
              aria-pressed={on}
              aria-busy={text === undefined}
              className={
                on ? `${classes.tile} ${classes.selected}` : classes.tile
              }
              style={{ color: toneColor(theme, group.tone) }}
              onClick={() => onSelect(on ? [] : group.states)}
            >
              <span className={classes.count}>{text ?? '–'}</span>{' '}
              <span className={classes.title}>{group.title}</span>
            </ButtonBase>
          );
        })}
      </div>
      {total > 0 && (
        <div className={classes.bar} aria-hidden>
          {STATE_GROUPS.map((group, index) =>
            counts[index] ? (
              <span
                key={group.title}
                style={{
                  flexGrow: counts[index],
                  background: toneColor(theme, group.tone),
                }}
              />
            ) : null,
          )}
        </div>
      )}
    </section>
  );
};
