import Tab from '@material-ui/core/Tab';
import Tabs from '@material-ui/core/Tabs';
import { makeStyles } from '@material-ui/core/styles';
import { Link, useLocation } from 'react-router-dom';

const TABS = [
  { path: '', label: 'Overview' },
  { path: 'logs', label: 'Logs' },
  { path: 'manifest', label: 'Manifest' },
  { path: 'events', label: 'Events' },
] as const;

const useStyles = makeStyles(theme => ({
  root: { borderBottom: `1px solid ${theme.palette.divider}` },
  tab: { minWidth: 88, textTransform: 'none', fontSize: 15 },
}));

/** Tabs of a job's page; each is a path below the job's. */
export const JobTabs = ({ base }: { readonly base: string }) => {
  const classes = useStyles();
  const { pathname } = useLocation();
  const last = pathname.replace(/\/$/, '').split('/').pop() ?? '';
  const current = TABS.find(({ path }) => path !== '' && path === last);
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
      {TABS.map(({ path, label }) => (
        <Tab
          key={label}
          className={classes.tab}
          value={path}
          label={label}
          component={Link}
          to={path ? `${base}/${path}` : base}
        />
      ))}
    </Tabs>
  );
};
