import type { StorageDetail } from '@ml-platform/backstage-plugin-ray-common';
import { type EntityStorage } from '@ml-platform/rayjob';
import { FactList } from '../states/FactList';
import { foreignText } from '../foreign/foreignText';
import { WebLink } from '../foreign/WebLink';

const CONSOLE = 'https://console.cloud.google.com/storage/browser';

/** What the storage consists of. */
export const StorageFacts = ({
  place,
  storage,
}: {
  readonly place: EntityStorage;
  readonly storage: StorageDetail;
}) => {
  const { bucket, account, storageClass, deletion, versioning } = storage;
  const { deleteAfterDays: days } = storage;
  return (
    <FactList
      facts={[
        {
          title: 'Bucket',
          value: bucket && (
            <WebLink url={`${CONSOLE}/${encodeURIComponent(bucket)}`}>
              {`gs://${bucket}`}
            </WebLink>
          ),
        },
        {
          title: 'Google account',
          value: account && <code>{foreignText(account)}</code>,
        },
        {
          title: 'Service account',
          value: <code>{`${place.namespace}/${place.name}`}</code>,
        },
        { title: 'Storage class', value: foreignText(storageClass) },
        {
          title: 'Objects',
          value:
            storageClass &&
            (days
              ? `Deleted after ${days} days`
              : 'Kept until you delete them'),
        },
        {
          title: 'Old versions',
          value: storageClass && (versioning ? 'Kept for a time' : 'Not kept'),
        },
        {
          title: 'When removed from git',
          value:
            deletion &&
            (deletion === 'Delete'
              ? 'The bucket and its objects are deleted'
              : 'The bucket stays'),
        },
      ]}
    />
  );
};
