import { stringifyEntityRef, type Entity } from '@backstage/catalog-model';
import { InfoCard } from '@backstage/core-components';
import { isError } from '@backstage/errors';
import { useEntity } from '@backstage/plugin-catalog-react';
import Alert from '@material-ui/lab/Alert';
import Skeleton from '@material-ui/lab/Skeleton';
import {
  readStorageAnnotations,
  type EntityStorage,
} from '@ml-platform/rayjob';
import { SectionBoundary } from '../foreign/SectionBoundary';
import { foreignText } from '../foreign/foreignText';
import { LookChip } from '../states/LookChip';
import { StreamNotice } from '../streams/StreamNotice';
import { StorageFacts } from './StorageFacts';
import { storageLook } from './storageLook';
import { useStorage } from './useStorage';
import { useStorageProject } from './useStorageProject';

const TITLE = 'Storage in Google Cloud';

const LiveStorageCard = ({ place }: { readonly place: EntityStorage }) => {
  const { storage, stream, retry } = useStorage(place);
  const message = foreignText(storage?.message);
  return (
    <InfoCard
      title={TITLE}
      action={storage && <LookChip {...storageLook(storage.state)} />}
    >
      <StreamNotice state={stream} what="the storage" onRetry={retry} />
      {!storage && stream.kind !== 'failed' && <Skeleton height={120} />}
      {storage && message && (
        <Alert
          severity={storage.state === 'failed' ? 'error' : 'info'}
          variant="outlined"
        >
          {message}
        </Alert>
      )}
      {storage && (
        <SectionBoundary what="the storage" data={storage}>
          <StorageFacts place={place} storage={storage} />
        </SectionBoundary>
      )}
    </InfoCard>
  );
};

/** What the entity says of its storage, or what is wrong with that. */
function placeOf({ metadata }: Entity): EntityStorage | string | undefined {
  try {
    return readStorageAnnotations(metadata.annotations ?? {});
  } catch (error) {
    return isError(error) ? error.message : String(error);
  }
}

/** Bucket and account of the workload on a catalog page, and whether they are there. */
export const StorageCard = () => {
  const { entity } = useEntity();
  const offered = useStorageProject() !== undefined;
  const place = placeOf(entity);
  if (!offered || place === undefined) {
    return null;
  }
  return typeof place === 'string' ? (
    <InfoCard title={TITLE}>
      <Alert severity="error" variant="outlined">
        {foreignText(place)}
      </Alert>
    </InfoCard>
  ) : (
    <LiveStorageCard key={stringifyEntityRef(entity)} place={place} />
  );
};
