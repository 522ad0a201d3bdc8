import { Content } from '@backstage/core-components';
import { makeStyles } from '@material-ui/core/styles';
import { JobsView } from './JobsView';

const useStyles = makeStyles({ root: { paddingTop: 0 } });

/** All training jobs of all clusters. */
export const JobsPage = () => {
  const classes = useStyles();
  return (
    <Content className={classes.root}>
      <JobsView />
    </Content>
  );
};
