import Tab from '@material-ui/core/Tab';
import Tabs from '@material-ui/core/Tabs';
import { makeStyles } from '@material-ui/core/styles';
import { Link, useLocation } from 'react-router-dom';
import { SHORT_WINDOW } from '../layout/shortWindow';
import { TimeZoneSelect } from '../times/TimeZoneSelect';
import { useJobPath } from './useJobPath';

const TABS = [
  { path: '', label: 'Overview' },
  { path: 'logs', label: 'Logs' },
  { path: 'manifest', label: 'Manifest' },
  { path: 'events', label: 'Events' },
] as const;

const useStyles = makeStyles(theme => ({
  root: {
    display: 'flex',
    flexWrap: 'wrap',
    alignItems: 'center',
    justifyContent: 'space-between',
    gap: theme.spacing(0, 2),
    [SHORT_WINDOW]: { flexWrap: 'nowrap' },
    borderBottom: `1px solid ${theme.palette.divider}`,
  },
  tabs: { minWidth: 0, [SHORT_WINDOW]: { minHeight: 32 } },
  tab: {
    minWidth: 88,
    textTransform: 'none',
    fontSize: 15,
    [SHORT_WINDOW]: { minHeight: 32, padding: '2px 12px' },
  },
}));

/** Tabs of a job's page. Each has its own path below the path of the job. */
export const JobTabs = () => {
  const classes = useStyles();
  const path = useJobPath();
  const { pathname } = useLocation();
  const last = pathname.replace(/\/$/, '').split('/').pop() ?? '';
  const current = TABS.find(tab => tab.path !== '' && tab.path === last);
  return (
    <div className={classes.root}>
      <Tabs
        className={classes.tabs}
        value={current?.path ?? ''}
        indicatorColor="primary"
        textColor="primary"
        variant="scrollable"
        scrollButtons="auto"
        aria-label="Parts of this job"
      >
        {TABS.map(tab => (
          <Tab
            key={tab.label}
            className={classes.tab}
            value={tab.path}
            label={tab.label}
            component={Link}
            to={path(tab.path)}
          />
        ))}
      </Tabs>
      <TimeZoneSelect />
    </div>
  );
};
