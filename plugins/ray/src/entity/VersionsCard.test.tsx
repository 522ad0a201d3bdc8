import { EntityProvider } from '@backstage/plugin-catalog-react';
import { ENTITY_ANNOTATION_WORKLOAD } from '@ml-platform/rayjob';
import { screen } from '@testing-library/react';
import { FakeRayApi } from '../__testUtils__/FakeRayApi';
import { renderRay } from '../__testUtils__/renderRay';
import { VersionsCard } from './VersionsCard';

const entity = {
  apiVersion: 'backstage.io/v1alpha1',
  kind: 'Component',
  metadata: {
    name: 'hello',
    annotations: { [ENTITY_ANNOTATION_WORKLOAD]: 'hello-ray' },
  },
};

const version = (name: string) => ({
  version: name,
  reference: `r.example.com/hello-ray:${name}`,
  digest: 'sha256:abc',
  createdAt: '2026-11-28T10:00:00Z',
  size: 3 * 1024 * 1024,
  revision: 'a'.repeat(40),
});

describe('the versions on the catalog page of a workload', () => {
  const show = (api: FakeRayApi) =>
    renderRay({
      api,
      element: (
        <EntityProvider entity={entity}>
          <VersionsCard />
        </EntityProvider>
      ),
    });

  it('are listed with size, age and commit', async () => {
    const api = new FakeRayApi();
    const items = Array.from({ length: 12 }, (_, i) => version(`1.0.${i}`));
    api.versions = { items, others: 5, next: '1.0.12' };
    show(api);
    expect(await screen.findByText('1.0.0')).toBeInTheDocument();
    expect(screen.getAllByText('3 MiB · aaaaaaaaaaaa')).toHaveLength(10);
    expect(screen.getByText('7 more versions')).toBeInTheDocument();
    expect(
      screen.getByRole('button', {
        name: 'Copy the image of version 1.0.0 with its digest',
      }),
    ).toBeInTheDocument();
  });

  it('say what to do while there is none', async () => {
    show(new FakeRayApi());
    expect(
      await screen.findByText(/Create a training job to build one/),
    ).toBeInTheDocument();
  });

  it('say why they are not known', async () => {
    const api = new FakeRayApi();
    api.failure = new Error('the registry is down');
    show(api);
    expect(
      await screen.findByText(
        "Couldn't load the versions: the registry is down",
      ),
    ).toBeInTheDocument();
  });
});
