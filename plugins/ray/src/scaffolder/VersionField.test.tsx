import type { FieldExtensionComponentProps } from '@backstage/plugin-scaffolder-react';
import { TestApiProvider, mockApis } from '@backstage/frontend-test-utils';
import { catalogApiRef } from '@backstage/plugin-catalog-react';
import { catalogApiMock } from '@backstage/plugin-catalog-react/testUtils';
import { ENTITY_ANNOTATION_WORKLOAD } from '@ml-platform/rayjob';
import { render, screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { useState } from 'react';
import { FakeRayApi } from '../__testUtils__/FakeRayApi';
import { rayApiRef } from '../api/RayApi';
import { StoredTimeZones, timeZonesApiRef } from '../times/TimeZones';
import { versionAdvice } from './versionAdvice';
import { VersionField } from './VersionField';

const VERSIONS = {
  items: [
    {
      version: '1.0.1',
      reference: 'r/hello-ray:1.0.1',
      digest: 'sha256:b',
      size: 1024,
      revision: 'b'.repeat(40),
    },
    {
      version: '1.0.0',
      reference: 'r/hello-ray:1.0.0',
      digest: 'sha256:a',
      size: 1024,
    },
  ],
  next: '1.0.2',
};

describe('RayVersion', () => {
  function show(image: string) {
    const api = new FakeRayApi();
    api.versions = VERSIONS;
    const timeZones = new StoredTimeZones({
      storageApi: mockApis.storage(),
      local: 'Europe/Berlin',
    });
    const entity = {
      apiVersion: 'backstage.io/v1alpha1',
      kind: 'Component',
      metadata: {
        name: 'hello',
        annotations: { [ENTITY_ANNOTATION_WORKLOAD]: 'hello-ray' },
      },
    };
    let current: string | undefined;
    const Form = () => {
      const [value, setValue] = useState<string | undefined>('1.0.0');
      current = value;
      const props: Partial<FieldExtensionComponentProps<string>> = {
        schema: { title: 'Version', description: 'Of the image.' },
        formData: value,
        formContext: {
          formData: { workload: 'component:default/hello', image },
        },
        onChange: next => setValue(() => next),
      };
      // The scaffolder passes more properties, but the field doesn't read them.
      return (
        <VersionField {...(props as FieldExtensionComponentProps<string>)} />
      );
    };
    render(
      <TestApiProvider
        apis={[
          [rayApiRef, api],
          [timeZonesApiRef, timeZones],
          [catalogApiRef, catalogApiMock({ entities: [entity] })],
        ]}
      >
        <Form />
      </TestApiProvider>,
    );
    return () => current;
  }

  it('takes a new version, and names one that is free', async () => {
    const value = show('build');
    expect(
      await screen.findByText(/The next free version is 1.0.2/),
    ).toBeInTheDocument();
    const field = screen.getByRole('textbox', { name: 'Version' });
    await userEvent.clear(field);
    await userEvent.type(field, '1.0.2');
    expect(value()).toBe('1.0.2');
    expect(screen.getByText('Of the image.')).toBeInTheDocument();
    // The list would cover the form's buttons.
    expect(screen.queryByRole('option')).not.toBeInTheDocument();
  });

  it('lists the versions that begin as the typed one, and all for a look', async () => {
    show('build');
    await screen.findByText(/The next free version is 1.0.2/);
    const field = screen.getByRole('textbox', { name: 'Version' });
    await userEvent.clear(field);
    await userEvent.type(field, '1.0.1');
    expect(await screen.findAllByRole('option')).toHaveLength(1);
    await userEvent.keyboard('{Escape}{ArrowDown}');
    expect(await screen.findAllByRole('option')).toHaveLength(2);
  });

  it('selects a version that exists', async () => {
    const value = show('existing');
    await screen.findByText('The job uses this version as it is');
    const field = screen.getByRole('textbox', { name: 'Version' });
    await userEvent.click(field);
    await userEvent.keyboard('{ArrowDown}');
    await userEvent.click(
      await screen.findByRole('option', { name: /1\.0\.1.*bbbbbbbbbbbb/ }),
    );
    expect(value()).toBe('1.0.1');
    await userEvent.clear(field);
    await userEvent.type(field, '7');
    expect(screen.getByText(/7 doesn't exist/)).toBeInTheDocument();
    expect(field).toBeInvalid();
  });
});

describe('the advice on a version', () => {
  const none = { items: [], next: '1.0.0' };
  it.each([
    ['1.0.0', true, undefined, undefined, {}],
    [
      '1.0.0',
      true,
      undefined,
      'down',
      { advice: "Couldn't load the versions that exist: down" },
    ],
    ['2', true, VERSIONS, undefined, {}],
    ['', false, VERSIONS, undefined, {}],
    [
      '2',
      false,
      { ...VERSIONS, others: 1 },
      undefined,
      {
        advice:
          "2 isn't among the versions with the highest numbers. If it doesn't exist, the task fails",
      },
    ],
    [
      '2',
      false,
      none,
      undefined,
      {
        problem: "No version exists yet. Choose 'Build the newest code' above",
      },
    ],
  ])('for %j, building %j', (version, builds, versions, error, advice) => {
    expect(versionAdvice({ version, builds, versions, error })).toEqual(advice);
  });
});
