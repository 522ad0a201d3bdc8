import type { FieldExtensionComponentProps } from '@backstage/plugin-scaffolder-react';
import TextField from '@material-ui/core/TextField';
import Autocomplete from '@material-ui/lab/Autocomplete';
import { useEffect, useMemo } from 'react';
import { ChoiceField } from './ChoiceField';
import { formOf } from './orderForm';
import { useJobOptions } from './useJobOptions';

/** Clusters on which the user may create jobs. */
export const ClusterField = (props: FieldExtensionComponentProps<string>) => {
  const { options, problem } = useJobOptions();
  const choices = useMemo(
    () => options?.clusters.map(({ name, title }) => ({ value: name, title })),
    [options],
  );
  return (
    <ChoiceField
      field={props}
      choices={choices}
      problem={problem}
      empty="No cluster holds jobs. Ask whoever runs the platform."
    />
  );
};

/** Namespaces of the cluster in which the user may create jobs. */
export const NamespaceField = (props: FieldExtensionComponentProps<string>) => {
  const { onChange, formData, schema, required, disabled, idSchema } = props;
  const { rawErrors = [] } = props;
  const { options, problem } = useJobOptions();
  const { cluster } = formOf(props);
  const found = options?.clusters.find(({ name }) => name === cluster);
  const namespaces = useMemo(
    () => found?.namespaces.map(name => ({ value: name, title: name })),
    [found],
  );
  const open = found?.anyNamespace ?? false;
  const first = found?.namespaces[0];
  useEffect(() => {
    if (open && formData === undefined && first !== undefined) {
      onChange(first);
    }
  }, [open, formData, first, onChange]);
  if (!open) {
    return (
      <ChoiceField
        field={props}
        choices={namespaces}
        problem={problem}
        empty={`You may create jobs in no namespace of ${cluster}. Ask whoever runs the platform.`}
      />
    );
  }
  return (
    <Autocomplete
      freeSolo
      id={idSchema?.$id}
      options={[...(found?.namespaces ?? [])]}
      // Without a value of its own it empties a field that was filled before.
      value={formData ?? ''}
      inputValue={formData ?? ''}
      disabled={disabled}
      onInputChange={(_, text) => onChange(text)}
      renderInput={params => (
        <TextField
          {...params}
          label={schema.title}
          required={required}
          error={rawErrors.length > 0}
          helperText={schema.description}
        />
      )}
    />
  );
};
