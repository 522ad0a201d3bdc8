import type { FieldExtensionComponentProps } from '@backstage/plugin-scaffolder-react';
import MenuItem from '@material-ui/core/MenuItem';
import TextField from '@material-ui/core/TextField';
import { useEffect } from 'react';

/** One of the values that a field can have. */
export interface Choice {
  readonly value: string;
  readonly title: string;
  /** More about it, beside the title. */
  readonly detail?: string;
}

/** A select of a form whose choices come from the backend. */
export const ChoiceField = (props: {
  readonly field: FieldExtensionComponentProps<string>;
  /** Absent until they are loaded. */
  readonly choices?: readonly Choice[];
  /** Title of no choice; absent where one has to be made. */
  readonly none?: string;
  /** Said where there is no choice at all. */
  readonly empty: string;
  readonly problem?: string;
}) => {
  const { field, choices, none, empty, problem } = props;
  const { onChange, formData, schema, required, disabled, idSchema } = field;
  const { rawErrors = [] } = field;
  const known = choices?.some(({ value }) => value === formData);
  const first = choices?.[0]?.value;
  useEffect(() => {
    // A choice of another cluster, for example, is none here.
    if (choices && !known && (formData || none === undefined)) {
      const next = none === undefined ? first : undefined;
      if (next !== formData) {
        onChange(next);
      }
    }
  }, [choices, known, formData, first, none, onChange]);
  const shown = problem ?? (choices?.length === 0 ? empty : undefined);
  const describe = ({ title, detail }: Choice) =>
    detail ? `${title} (${detail})` : title;
  return (
    <TextField
      select
      fullWidth
      id={idSchema?.$id}
      label={schema.title}
      required={required}
      disabled={disabled || !choices}
      value={known ? formData : ''}
      error={Boolean(shown) || rawErrors.length > 0}
      helperText={shown ?? schema.description}
      InputLabelProps={{ shrink: true }}
      SelectProps={{ displayEmpty: true }}
      onChange={({ target }) => onChange(target.value || undefined)}
    >
      {none !== undefined && <MenuItem value="">{none}</MenuItem>}
      {(choices ?? []).map(choice => (
        <MenuItem key={choice.value} value={choice.value}>
          {describe(choice)}
        </MenuItem>
      ))}
    </TextField>
  );
};
