import type { ImageVersionsAnswer } from '@ml-platform/backstage-plugin-ray-common';
import { CopyTextButton, InfoCard } from '@backstage/core-components';
import { useEntity } from '@backstage/plugin-catalog-react';
import { makeStyles } from '@material-ui/core/styles';
import Typography from '@material-ui/core/Typography';
import Skeleton from '@material-ui/lab/Skeleton';
import { foreignText } from '../foreign/foreignText';
import { useImageVersions } from '../images/useImageVersions';
import { versionFacts } from '../images/versionFacts';
import { TimeAgo } from '../times/TimeAgo';
import { workloadOf } from './workloadOf';

/** Versions that the card lists. */
const SHOWN = 10;

const useStyles = makeStyles(theme => ({
  list: { listStyle: 'none', margin: 0, padding: 0 },
  item: {
    display: 'grid',
    gridTemplateColumns: 'minmax(0, 1fr) auto auto',
    gap: theme.spacing(0, 1),
    alignItems: 'center',
    padding: theme.spacing(0.5, 0),
    borderTop: `1px solid ${theme.palette.divider}`,
    '&:first-child': { borderTop: 0 },
  },
  name: { overflowWrap: 'anywhere', fontWeight: 600 },
  sub: {
    fontSize: 13,
    color: theme.palette.text.secondary,
    overflowWrap: 'anywhere',
  },
}));

type Version = ImageVersionsAnswer['items'][number];

const VersionItem = ({ version }: { readonly version: Version }) => {
  const classes = useStyles();
  const { reference, digest, createdAt } = version;
  return (
    <li className={classes.item}>
      <span>
        <span className={classes.name}>{foreignText(version.version)}</span>
        <br />
        <span className={classes.sub}>{versionFacts(version)}</span>
      </span>
      <span className={classes.sub}>
        <TimeAgo at={createdAt} />
      </span>
      <CopyTextButton
        text={`${reference}@${digest}`}
        tooltipText="Copied the image with its digest"
        aria-label={`Copy the image of version ${version.version} with its digest`}
      />
    </li>
  );
};

/** The versions of a workload's image on its catalog page. */
export const VersionsCard = () => {
  const classes = useStyles();
  const { entity } = useEntity();
  const { value, loading, error } = useImageVersions(workloadOf(entity));
  const versions = value?.items ?? [];
  const more = Math.max(versions.length - SHOWN, 0) + (value?.others ?? 0);
  return (
    <InfoCard title="Versions">
      {loading && <Skeleton height={80} />}
      {error && (
        <Typography color="error">
          Couldn&apos;t load the versions: {foreignText(error.message)}
        </Typography>
      )}
      {value && versions.length === 0 && (
        <Typography>
          No version of this workload has been built yet. Create a training job
          to build one.
        </Typography>
      )}
      <ul className={classes.list}>
        {versions.slice(0, SHOWN).map(version => (
          <VersionItem key={version.version} version={version} />
        ))}
      </ul>
      {more > 0 && (
        <Typography className={classes.sub}>
          {more === 1 ? 'One more version' : `${more} more versions`}
        </Typography>
      )}
    </InfoCard>
  );
};
