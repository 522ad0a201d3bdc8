import { usePermission } from '@backstage/plugin-permission-react';
import { makeStyles } from '@material-ui/core/styles';
import Typography from '@material-ui/core/Typography';
import Alert from '@material-ui/lab/Alert';
import {
  rayClusterScalePermission,
  type ClusterDetail,
} from '@ml-platform/backstage-plugin-ray-common';
import { foreignText } from '../foreign/foreignText';
import { formatResources } from '../states/formatResources';
import { TimeAgo } from '../times/TimeAgo';
import { ScaleForm } from './ScaleForm';

type RayCluster = ClusterDetail['rayClusters'][number];

const useStyles = makeStyles(theme => ({
  item: {
    '& + &': {
      marginTop: theme.spacing(2),
      paddingTop: theme.spacing(2),
      borderTop: `1px solid ${theme.palette.divider}`,
    },
    '& h3': { margin: 0, fontSize: 15, overflowWrap: 'anywhere' },
  },
  sub: { color: theme.palette.text.secondary, overflowWrap: 'anywhere' },
}));

/** Why nobody scales a Ray cluster here. */
function refusal({ autoscaling, application }: RayCluster): string | undefined {
  if (autoscaling) {
    return "Ray's autoscaler decides about the workers; change minReplicas and maxReplicas of the group instead";
  }
  return application === undefined
    ? undefined
    : `Argo CD's Application ${foreignText(application)} sets the workers; change the number in git`;
}

const Item = ({
  rayCluster,
  mayScale,
}: {
  readonly rayCluster: RayCluster;
  readonly mayScale: boolean;
}) => {
  const classes = useStyles();
  const { namespace, name, state, reason, rayVersion, createdAt } = rayCluster;
  const { workers, groups, resources } = rayCluster;
  const why = refusal(rayCluster);
  return (
    <div className={classes.item}>
      <h3>{foreignText(name)}</h3>
      <div className={classes.sub}>
        {[
          `in ${foreignText(namespace)}`,
          foreignText(state ?? 'not seen by KubeRay yet'),
          foreignText(reason),
          rayVersion && `Ray ${foreignText(rayVersion)}`,
          formatResources(resources),
          `${workers.ready} of ${workers.desired} workers ready`,
        ]
          .filter(Boolean)
          .join(' · ')}{' '}
        · <TimeAgo at={createdAt} />
      </div>
      {groups.map(group => (
        <ScaleForm
          // What is typed gives way when the number changes.
          key={`${group.name} ${group.replicas}`}
          rayCluster={rayCluster}
          group={group}
          allowed={mayScale && why === undefined}
        />
      ))}
      {why && (
        <Typography variant="body2" className={classes.sub}>
          {why}.
        </Typography>
      )}
    </div>
  );
};

/** The Ray clusters that outlive jobs, with their workers. */
export const RayClusterList = ({
  cluster,
}: {
  readonly cluster: ClusterDetail;
}) => {
  const { allowed } = usePermission({ permission: rayClusterScalePermission });
  const { rayClusters, rayClustersError } = cluster;
  return (
    <>
      {rayClustersError && (
        <Alert severity="warning" variant="outlined">
          {foreignText(rayClustersError)}
        </Alert>
      )}
      {rayClusters.length === 0 && !rayClustersError && (
        <Typography>
          No Ray cluster here outlives its job. Those of jobs are on the pages
          of the jobs.
        </Typography>
      )}
      {rayClusters.map(each => (
        <Item key={each.uid} rayCluster={each} mayScale={allowed} />
      ))}
    </>
  );
};
