import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { renderInTestApp } from '@backstage/frontend-test-utils';
import { Stepper } from '@backstage/plugin-scaffolder-react/alpha';
import { screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { parse } from 'yaml';
import { StorageField } from './StorageField';

const TEMPLATE = join(
  __dirname,
  '../../../../templates/create-workload/template.yaml',
);

/** The part of the form for a workload that is about storage. */
function show(ray: { workloadStorage?: { projectId: string } }) {
  const [{ properties }] = parse(readFileSync(TEMPLATE, 'utf8')).spec
    .parameters;
  const { name, storage } = properties;
  renderInTestApp(
    <Stepper
      manifest={{
        title: 'Create workload',
        steps: [
          { title: 'Workload', schema: { properties: { name, storage } } },
        ],
      }}
      extensions={[{ name: 'RayStorage', component: StorageField }]}
      onCreate={async () => {}}
    />,
    { config: { ray } },
  );
}

const offered = { workloadStorage: { projectId: 'my-project' } };

describe('StorageField', () => {
  it('offers a bucket, and asks for more once it is wanted', async () => {
    show(offered);
    const create = await screen.findByLabelText('Create a bucket');
    expect(create).not.toBeChecked();
    expect(screen.queryByLabelText(/Storage class/)).toBeNull();
    await userEvent.click(create);
    expect(await screen.findByLabelText(/Storage class/)).toBeInTheDocument();
    expect(screen.getByLabelText(/Namespace of the jobs/)).toHaveValue(
      'training',
    );
    expect(screen.getByLabelText(/Keep replaced and deleted/)).toBeChecked();
    expect(screen.getByLabelText(/Delete objects after/)).toHaveValue(null);
  });

  it('shows nothing where the portal offers no storage', async () => {
    show({});
    expect(await screen.findByLabelText(/Name/)).toBeInTheDocument();
    expect(screen.queryByText(/bucket/i)).toBeNull();
    expect(screen.queryByText(/Storage in Google Cloud/)).toBeNull();
  });
});
