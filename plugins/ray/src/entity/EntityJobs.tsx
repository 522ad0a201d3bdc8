import { stringifyEntityRef } from '@backstage/catalog-model';
import { useEntity } from '@backstage/plugin-catalog-react';
import { makeStyles } from '@material-ui/core/styles';
import { useMemo } from 'react';
import { CreateJobButton } from '../jobs/CreateJobButton';
import { JobsView } from '../jobs/JobsView';
import { workloadOf } from './workloadOf';

const useStyles = makeStyles(theme => ({
  bar: {
    display: 'flex',
    justifyContent: 'flex-end',
    marginBottom: theme.spacing(2),
  },
}));

/** All runs of the workload on a catalog page. */
export const EntityJobs = () => {
  const classes = useStyles();
  const { entity } = useEntity();
  const workload = workloadOf(entity) ?? '';
  const fixed = useMemo(() => ({ workload: [workload] }), [workload]);
  const ref = stringifyEntityRef(entity);
  return (
    <>
      <div className={classes.bar}>
        <CreateJobButton workload={ref} />
      </div>
      <JobsView key={ref} fixed={fixed} workload={ref} />
    </>
  );
};
