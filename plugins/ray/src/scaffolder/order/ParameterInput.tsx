import Checkbox from '@material-ui/core/Checkbox';
import FormControl from '@material-ui/core/FormControl';
import FormControlLabel from '@material-ui/core/FormControlLabel';
import FormHelperText from '@material-ui/core/FormHelperText';
import MenuItem from '@material-ui/core/MenuItem';
import TextField from '@material-ui/core/TextField';
import type { Parameter, ParameterValue } from '@ml-platform/parameters';

/** The help of a parameter: what it is, its default, and the option that it becomes. */
function helpOf(name: string, parameter: Parameter): string {
  const { description = '', default: initial } = parameter;
  const parts = [
    description,
    initial === undefined || initial === '' ? '' : `Default: ${initial}.`,
    `Option: --${name}`,
  ];
  return parts.filter(Boolean).join(' ');
}

/**
 * One parameter of a form. It shows the default while nothing is set, and a value that
 * is the default counts as not set: the program has it in its image.
 */
export const ParameterInput = (props: {
  readonly id: string;
  readonly name: string;
  readonly parameter: Parameter;
  readonly required: boolean;
  readonly value?: ParameterValue;
  readonly problem?: string;
  readonly onChange: (value: ParameterValue | undefined) => void;
}) => {
  const { id, name, parameter, required, value, problem, onChange } = props;
  const { type, title = name, default: initial, enum: choices } = parameter;
  const help = helpOf(name, parameter);
  if (type === 'boolean') {
    const checked = (value ?? initial ?? false) === true;
    return (
      <FormControl error={Boolean(problem)}>
        <FormControlLabel
          label={title}
          control={
            <Checkbox
              id={id}
              color="primary"
              checked={checked}
              inputProps={{
                'aria-describedby': `${id}-help`,
              }}
              onChange={({ target }) =>
                onChange(
                  target.checked === initial ? undefined : target.checked,
                )
              }
            />
          }
        />
        <FormHelperText id={`${id}-help`}>{problem ?? help}</FormHelperText>
      </FormControl>
    );
  }
  const shown = String(value ?? initial ?? '');
  const change = (text: string) => {
    const isUnset =
      text === String(initial ?? '') && (initial !== undefined || !required);
    onChange(isUnset ? undefined : text);
  };
  const text = {
    id,
    fullWidth: true,
    label: title,
    required: required && initial === undefined,
    error: Boolean(problem),
    helperText: problem ?? help,
    value: shown,
    InputLabelProps: { shrink: true },
    onChange: ({ target }: { readonly target: { readonly value: string } }) =>
      change(target.value),
  };
  if (choices) {
    return (
      <TextField select {...text}>
        {initial === undefined && !required && (
          <MenuItem value="">Not set</MenuItem>
        )}
        {choices.map(choice => (
          <MenuItem key={String(choice)} value={String(choice)}>
            {String(choice)}
          </MenuItem>
        ))}
      </TextField>
    );
  }
  const isNumber = type !== 'string';
  return (
    <TextField
      {...text}
      inputProps={{
        spellCheck: false,
        ...(isNumber ? { inputMode: 'decimal' } : {}),
      }}
    />
  );
};
