import Tab from '@material-ui/core/Tab';
import Tabs from '@material-ui/core/Tabs';
import { makeStyles } from '@material-ui/core/styles';
import { Link, useLocation } from 'react-router-dom';
import { useJobOnPage } from './JobContext';
import { useJobPath } from './useJobPath';

/** `kept` says which parts outlive the run in the history. */
const TABS = [
  { path: '', label: 'Overview', kept: true },
  { path: 'logs', label: 'Logs', kept: true },
  { path: 'manifest', label: 'Manifest', kept: false },
  { path: 'events', label: 'Events', kept: false },
] as const;

const useStyles = makeStyles(theme => ({
  root: { borderBottom: `1px solid ${theme.palette.divider}` },
  tab: { minWidth: 88, textTransform: 'none', fontSize: 15 },
}));

/** Tabs of a job's page; each is a path below the job's. */
export const JobTabs = () => {
  const classes = useStyles();
  const path = useJobPath();
  const { earlier } = useJobOnPage();
  const tabs = TABS.filter(tab => !earlier || tab.kept);
  const { pathname } = useLocation();
  const last = pathname.replace(/\/$/, '').split('/').pop() ?? '';
  const current = tabs.find(tab => tab.path !== '' && tab.path === last);
  return (
    <Tabs
      className={classes.root}
      value={current?.path ?? ''}
      indicatorColor="primary"
      textColor="primary"
      variant="scrollable"
      scrollButtons="auto"
      aria-label="Parts of this job"
    >
      {tabs.map(tab => (
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
  );
};
