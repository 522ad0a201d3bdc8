import { TestApiProvider } from '@backstage/frontend-test-utils';
import { catalogApiRef } from '@backstage/plugin-catalog-react';
import { catalogApiMock } from '@backstage/plugin-catalog-react/testUtils';
import { ENTITY_ANNOTATION_WORKLOAD } from '@ml-platform/rayjob';
import { render, screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { useState } from 'react';
import type { FieldExtensionComponentProps } from '@backstage/plugin-scaffolder-react';
import type { EnvironmentVariable } from './environment';
import type { QuantityKind } from './quantity';
import { EnvironmentField } from './EnvironmentField';
import { QuantityField, type QuantityOptions } from './QuantityField';
import { WorkloadField } from './WorkloadField';

interface RenderFieldOptions<T> {
  readonly title: string;
  readonly value: T;
  readonly kind?: QuantityKind;
}

/** A form with one field, which gets its properties as from the scaffolder. */
function renderField<T>(
  Field: (
    props: FieldExtensionComponentProps<T, QuantityOptions>,
  ) => JSX.Element,
  { title, value: initial, kind }: RenderFieldOptions<T>,
) {
  let current = initial;
  const Form = () => {
    const [value, setValue] = useState<T>(initial);
    current = value;
    const props: Partial<FieldExtensionComponentProps<T, QuantityOptions>> = {
      schema: { title },
      uiSchema: { 'ui:options': { kind } },
      formData: value,
      rawErrors: [],
      idSchema: { $id: 'field' } as FieldExtensionComponentProps<T>['idSchema'],
      onChange: next => next !== undefined && setValue(() => next),
    };
    // The scaffolder passes more properties, but the fields don't read them.
    return (
      <Field {...(props as FieldExtensionComponentProps<T, QuantityOptions>)} />
    );
  };
  render(<Form />);
  return () => current;
}

describe('RayQuantity', () => {
  it('combines a number and a unit into a quantity', async () => {
    const value = renderField(QuantityField, {
      title: 'Memory',
      value: '2Gi',
      kind: 'memory',
    });
    const field = screen.getByRole('textbox', { name: 'Memory' });
    expect(field).toHaveValue('2');
    await userEvent.clear(field);
    await userEvent.type(field, '16');
    expect(value()).toBe('16Gi');
    await userEvent.click(screen.getByRole('button', { name: /Unit/ }));
    await userEvent.click(screen.getByRole('option', { name: 'MiB' }));
    expect(value()).toBe('16Mi');
  });

  it('says what is wrong', async () => {
    renderField(QuantityField, {
      title: 'CPU',
      value: '1',
      kind: 'cpu',
    });
    await userEvent.type(screen.getByRole('textbox', { name: 'CPU' }), 'x');
    expect(screen.getByText(/is not a quantity/)).toBeInTheDocument();
    expect(screen.getByRole('textbox', { name: 'CPU' })).toBeInvalid();
  });
});

describe('RayWorkload', () => {
  const workload = (name: string, title?: string) => ({
    apiVersion: 'backstage.io/v1alpha1',
    kind: 'Component',
    metadata: {
      name,
      title,
      annotations: { [ENTITY_ANNOTATION_WORKLOAD]: name },
    },
    spec: { type: 'training-workload' },
  });
  const catalog = catalogApiMock({
    entities: [workload('hello-ray', 'Hello Ray'), workload('untitled')],
  });
  const show = (value: string) =>
    renderField(
      props => (
        <TestApiProvider apis={[[catalogApiRef, catalog]]}>
          <WorkloadField {...props} />
        </TestApiProvider>
      ),
      { title: 'Workload', value },
    );
  const field = () => screen.getByRole('textbox', { name: 'Workload' });

  it('shows the title of the workload that its value refers to', async () => {
    show('component:default/hello-ray');
    await waitFor(() => expect(field()).toHaveValue('Hello Ray'));
  });

  it('offers workloads by their titles and gives their references', async () => {
    const value = show('');
    await userEvent.click(field());
    expect(
      (await screen.findAllByRole('option')).map(option => option.textContent),
    ).toEqual(['Hello Rayhello-ray', 'untitleduntitled']);
    await userEvent.click(screen.getByRole('option', { name: /Hello Ray/ }));
    expect(value()).toBe('component:default/hello-ray');
    expect(field()).toHaveValue('Hello Ray');
  });

  it('finds a workload by its name too', async () => {
    show('');
    await userEvent.type(field(), 'hello-r');
    expect(
      await screen.findByRole('option', { name: /Hello Ray/ }),
    ).toBeVisible();
    expect(screen.getAllByRole('option')).toHaveLength(1);
  });

  it('says so when a workload is not in the catalog', async () => {
    show('component:default/gone');
    expect(
      await screen.findByText(/component:default\/gone isn't in the catalog/),
    ).toBeInTheDocument();
  });
});

describe('RayEnvironment', () => {
  it('adds, names and removes variables', async () => {
    const value = renderField(EnvironmentField, {
      title: 'Environment',
      value: [] as EnvironmentVariable[],
    });
    await userEvent.click(
      screen.getByRole('button', { name: 'Add a variable' }),
    );
    await userEvent.type(
      screen.getByRole('textbox', { name: 'Name of variable 1' }),
      'SEED',
    );
    await userEvent.type(
      screen.getByRole('textbox', { name: 'Value of variable 1' }),
      '42',
    );
    expect(value()).toEqual([{ name: 'SEED', value: '42' }]);
    await userEvent.click(screen.getByRole('button', { name: 'Remove SEED' }));
    expect(value()).toEqual([]);
  });

  it('accepts pasted lines', async () => {
    const value = renderField(EnvironmentField, {
      title: 'Environment',
      value: [{ name: '', value: '' }],
    });
    await userEvent.click(
      screen.getByRole('textbox', { name: 'Name of variable 1' }),
    );
    await userEvent.paste('A=1\nB=2');
    expect(value()).toEqual([
      { name: 'A', value: '1' },
      { name: 'B', value: '2' },
    ]);
  });

  it('keeps the lines of a value while it is edited', async () => {
    const value = renderField(EnvironmentField, {
      title: 'Environment',
      value: [{ name: '', value: '' }],
    });
    await userEvent.click(
      screen.getByRole('textbox', { name: 'Name of variable 1' }),
    );
    await userEvent.paste('KEY="first\nsecond=2"');
    const field = screen.getByRole('textbox', { name: 'Value of variable 1' });
    expect(field).toHaveValue('first\nsecond=2');
    await userEvent.type(field, '!');
    expect(value()).toEqual([{ name: 'KEY', value: 'first\nsecond=2!' }]);
  });

  it('accepts a pasted name', async () => {
    const value = renderField(EnvironmentField, {
      title: 'Environment',
      value: [{ name: '', value: '' }],
    });
    await userEvent.click(
      screen.getByRole('textbox', { name: 'Name of variable 1' }),
    );
    await userEvent.paste('SEED');
    expect(value()).toEqual([{ name: 'SEED', value: '' }]);
  });

  it('says what is wrong with a name', async () => {
    renderField(EnvironmentField, {
      title: 'Environment',
      value: [{ name: '2X', value: '' }],
    });
    expect(
      screen.getByText(/can't name an environment variable/),
    ).toBeInTheDocument();
  });
});
