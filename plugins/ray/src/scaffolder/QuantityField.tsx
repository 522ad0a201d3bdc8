import type { FieldExtensionComponentProps } from '@backstage/plugin-scaffolder-react';
import FormHelperText from '@material-ui/core/FormHelperText';
import MenuItem from '@material-ui/core/MenuItem';
import { makeStyles } from '@material-ui/core/styles';
import TextField from '@material-ui/core/TextField';
import { useState } from 'react';
import {
  joinQuantity,
  quantityProblem,
  splitQuantity,
  UNITS,
  type QuantityKind,
} from './quantity';

const useStyles = makeStyles(theme => ({
  root: { display: 'flex', gap: theme.spacing(1) },
  number: { flex: '1 1 120px' },
  unit: { flex: '0 1 190px' },
}));

/** Options of the field in a template's `ui:options`. */
export interface QuantityOptions {
  readonly kind?: QuantityKind;
}

/** CPU or memory as a number and a unit. The value is a Kubernetes quantity. */
export const QuantityField = (
  props: FieldExtensionComponentProps<string, QuantityOptions>,
) => {
  const classes = useStyles();
  const { onChange, formData = '', schema, uiSchema, required } = props;
  const { rawErrors = [], disabled, idSchema } = props;
  const kind = uiSchema['ui:options']?.kind ?? 'cpu';
  const units = UNITS[kind];
  const parts = splitQuantity(formData, kind);
  // Keep the selected unit while the number is empty or has its own unit.
  const [unit, setUnit] = useState(
    parts.unit ?? units[kind === 'memory' ? 1 : 0].unit,
  );
  const shown = formData ? (parts.unit ?? unit) : unit;
  const problem = quantityProblem(formData, kind);
  return (
    <div>
      <div className={classes.root}>
        <TextField
          id={idSchema?.$id}
          className={classes.number}
          label={schema.title}
          required={required}
          disabled={disabled}
          value={parts.number}
          error={problem !== undefined || rawErrors.length > 0}
          inputProps={{ inputMode: 'decimal', spellCheck: false }}
          onChange={({ target }) =>
            onChange(joinQuantity({ number: target.value, unit: shown }))
          }
        />
        <TextField
          select
          className={classes.unit}
          label="Unit"
          disabled={disabled}
          value={shown}
          InputLabelProps={{ shrink: true }}
          SelectProps={{ displayEmpty: true }}
          inputProps={{ 'aria-label': `Unit of ${schema.title}` }}
          onChange={({ target }) => {
            setUnit(target.value);
            onChange(
              joinQuantity({ number: parts.number, unit: target.value }),
            );
          }}
        >
          {units.map(each => (
            <MenuItem key={each.unit} value={each.unit}>
              {each.title}
            </MenuItem>
          ))}
        </TextField>
      </div>
      {schema.description && (
        <FormHelperText>{schema.description}</FormHelperText>
      )}
      {problem && rawErrors.length === 0 && (
        <FormHelperText error>{problem}</FormHelperText>
      )}
    </div>
  );
};
