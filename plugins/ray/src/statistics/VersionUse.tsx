import { makeStyles } from '@material-ui/core/styles';
import type { WorkloadStatistics } from '@ml-platform/backstage-plugin-ray-common';
import { foreignText } from '../foreign/foreignText';
import { Owner } from '../foreign/Owner';
import { TimeAgo } from '../times/TimeAgo';
import { successRate } from './weekCharts';

const useStyles = makeStyles(theme => ({
  list: { margin: 0, padding: 0, listStyle: 'none' },
  item: {
    padding: theme.spacing(1, 0),
    overflowWrap: 'anywhere',
    borderTop: `1px solid ${theme.palette.divider}`,
    '&:first-child': { borderTop: 0 },
  },
  sub: { fontSize: 13, color: theme.palette.text.secondary },
}));

/** The versions that ran, and who ran them. */
export const VersionUse = ({
  versions,
}: Pick<WorkloadStatistics, 'versions'>) => {
  const classes = useStyles();
  return (
    <ul className={classes.list}>
      {versions.map(each => (
        <li key={each.version} className={classes.item}>
          <strong>{foreignText(each.version)}</strong>{' '}
          <span className={classes.sub}>
            {each.runs === 1 ? '1 run' : `${each.runs} runs`}, success{' '}
            {successRate(each)}, last <TimeAgo at={each.lastEndedAt} />
          </span>
          <div>
            {each.owners.map(({ owner, runs }, place) => (
              <span key={owner}>
                {place > 0 && ', '}
                <Owner owner={owner} />{' '}
                <span className={classes.sub}>({runs})</span>
              </span>
            ))}
          </div>
        </li>
      ))}
    </ul>
  );
};
