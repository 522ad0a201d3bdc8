import { EntityProvider } from '@backstage/plugin-catalog-react';
import {
  ENTITY_ANNOTATION_BUCKET,
  ENTITY_ANNOTATION_STORAGE,
} from '@ml-platform/rayjob';
import { screen, waitFor } from '@testing-library/react';
import { FakeRayApi } from '../__testUtils__/FakeRayApi';
import { renderRay } from '../__testUtils__/renderRay';
import { hasStorage } from '../entity/workloadOf';
import { StorageCard } from './StorageCard';

const ANNOTATIONS = {
  [ENTITY_ANNOTATION_STORAGE]: 'training/galaxies',
  [ENTITY_ANNOTATION_BUCKET]: 'gs://my-project-galaxies-1',
};
const OFFERED = { workloadStorage: { projectId: 'my-project' } };
const REF = { namespace: 'training', name: 'galaxies' };

const entity = (annotations: Record<string, string> = ANNOTATIONS) => ({
  apiVersion: 'backstage.io/v1alpha1',
  kind: 'Component',
  metadata: { name: 'galaxies', annotations },
});

function show(options: { annotations?: Record<string, string>; ray?: object }) {
  const api = new FakeRayApi();
  renderRay({
    api,
    ray: { ...(options.ray ?? OFFERED) },
    element: (
      <EntityProvider entity={entity(options.annotations)}>
        <p>page</p>
        <StorageCard />
      </EntityProvider>
    ),
  });
  return api;
}

async function showLive() {
  const api = show({});
  await waitFor(() => expect(api.storageStreams).toHaveLength(1));
  expect(api.storageStreams[0].request).toMatchObject(REF);
  return api;
}

describe('the card with the storage of a workload', () => {
  it('belongs to workloads that name a storage', () => {
    expect(hasStorage(entity())).toBe(true);
    expect(hasStorage(entity({}))).toBe(false);
  });

  it('says what is missing, then shows bucket and account', async () => {
    const api = await showLive();
    await api.sendStorage({
      ...REF,
      state: 'waiting',
      message: 'Waiting for the bucket.',
      storageClass: 'STANDARD',
    });
    expect(screen.getByText('Being created')).toBeInTheDocument();
    expect(screen.getByText('Waiting for the bucket.')).toBeInTheDocument();
    expect(screen.queryByRole('link')).toBeNull();

    await api.sendStorage({
      ...REF,
      state: 'ready',
      bucket: 'my-project-galaxies-1',
      account: 'ws-galaxies-1@my-project.iam.gserviceaccount.com',
      storageClass: 'NEARLINE',
      versioning: true,
      deleteAfterDays: 90,
      deletion: 'Keep',
    });
    expect(screen.getByText('Ready')).toBeInTheDocument();
    expect(screen.queryByText('Waiting for the bucket.')).toBeNull();
    expect(
      screen.getByRole('link', { name: /gs:\/\/my-project-galaxies-1/ }),
    ).toHaveAttribute(
      'href',
      'https://console.cloud.google.com/storage/browser/my-project-galaxies-1',
    );
    for (const text of [
      'ws-galaxies-1@my-project.iam.gserviceaccount.com',
      'training/galaxies',
      'Deleted after 90 days',
      'Kept for a time',
      'The bucket stays',
    ]) {
      expect(screen.getByText(text)).toBeInTheDocument();
    }
  });

  it('shows why it failed, as an alert', async () => {
    const api = await showLive();
    await api.sendStorage({ ...REF, state: 'failed', message: 'no quota' });
    expect(screen.getByRole('alert')).toHaveTextContent('no quota');
    expect(screen.getByText('Failed')).toBeInTheDocument();
  });

  it('says how to write a wrong annotation', async () => {
    show({ annotations: { [ENTITY_ANNOTATION_STORAGE]: 'galaxies' } });
    expect(await screen.findByRole('alert')).toHaveTextContent(
      'namespace/name',
    );
  });

  it('shows nothing where the portal offers no storage', async () => {
    const api = show({ ray: {} });
    expect(await screen.findByText('page')).toBeInTheDocument();
    expect(screen.queryByText('Storage in Google Cloud')).toBeNull();
    expect(api.storageStreams).toHaveLength(0);
  });
});
