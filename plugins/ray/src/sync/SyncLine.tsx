import type { JobSync } from '@ml-platform/backstage-plugin-ray-common';
import { WebLink } from '../foreign/WebLink';
import { TimeAgo } from '../times/TimeAgo';
import { syncWord } from './syncStep';

/** State and time of the last sync, with a link to Argo CD where there is one. */
export const SyncLine = ({ sync }: { readonly sync: JobSync }) => {
  const { application, lastTriedAt, running } = sync;
  return (
    <span>
      {syncWord(sync)}
      {running && ' · a sync is running'}
      {!running && lastTriedAt && (
        <>
          {' · last sync '}
          <TimeAgo at={lastTriedAt} />
        </>
      )}
      {application && (
        <>
          {' · '}
          <WebLink url={application.url}>{application.name}</WebLink>
          {application.health && ` (${application.health})`}
        </>
      )}
    </span>
  );
};
