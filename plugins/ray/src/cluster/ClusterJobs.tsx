import { Link } from '@backstage/core-components';
import { useRouteRef } from '@backstage/frontend-plugin-api';
import { makeStyles, useTheme } from '@material-ui/core/styles';
import { useMemo } from 'react';
import { useJobList } from '../jobs/rows/useJobList';
import { STATE_GROUPS, type StateGroup } from '../jobs/stateGroups';
import { rootRouteRef } from '../routes';
import { formatCount } from '../states/formatCount';
import { toneColor } from '../states/tones';
import { StreamNotice } from '../streams/StreamNotice';

/** Groups of states that come before a job's end. */
const SHOWN = STATE_GROUPS.filter(({ title }) =>
  ['In git', 'Waiting', 'Running'].includes(title),
);

const useStyles = makeStyles(theme => ({
  root: {
    display: 'grid',
    gridTemplateColumns: 'repeat(auto-fit, minmax(120px, 1fr))',
    gap: theme.spacing(2),
    margin: 0,
    padding: 0,
    listStyle: 'none',
  },
  count: {
    display: 'block',
    fontSize: 24,
    lineHeight: '30px',
    fontWeight: 700,
    fontVariantNumeric: 'tabular-nums',
  },
}));

/** Numbers of a cluster's jobs that wait and run; each leads to the list of them. */
export const ClusterJobs = ({ cluster }: { readonly cluster: string }) => {
  const classes = useStyles();
  const theme = useTheme();
  const query = useMemo(() => ({ filter: { cluster: [cluster] } }), [cluster]);
  const { facts, stream, retry } = useJobList(query, 1);
  const list = useRouteRef(rootRouteRef)?.() ?? '/ray';
  const count = ({ states }: StateGroup) =>
    facts.states &&
    states.reduce((sum, state) => sum + (facts.states?.[state] ?? 0), 0);
  const addressOf = ({ states }: Pick<StateGroup, 'states'>) => {
    const params = new URLSearchParams({ cluster });
    states.forEach(state => params.append('state', state));
    return `${list}?${params}`;
  };
  return (
    <>
      <StreamNotice state={stream} what="the jobs" onRetry={retry} />
      <ul className={classes.root}>
        {SHOWN.map(group => {
          const jobs = count(group);
          return (
            <li key={group.title}>
              <Link to={addressOf(group)}>
                <span
                  className={classes.count}
                  style={{ color: toneColor(theme, group.tone) }}
                >
                  {jobs === undefined ? '–' : formatCount(jobs)}
                </span>
                {group.title}
              </Link>
            </li>
          );
        })}
        <li>
          <Link to={addressOf({ states: [] })}>
            <span className={classes.count}>
              {facts.loaded ? formatCount(facts.total) : '–'}
            </span>
            All, with those that ended
          </Link>
        </li>
      </ul>
    </>
  );
};
