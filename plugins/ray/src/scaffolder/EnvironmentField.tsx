import type { FieldExtensionComponentProps } from '@backstage/plugin-scaffolder-react';
import Button from '@material-ui/core/Button';
import FormHelperText from '@material-ui/core/FormHelperText';
import FormLabel from '@material-ui/core/FormLabel';
import IconButton from '@material-ui/core/IconButton';
import { makeStyles } from '@material-ui/core/styles';
import TextField from '@material-ui/core/TextField';
import AddIcon from '@material-ui/icons/Add';
import DeleteIcon from '@material-ui/icons/DeleteOutline';
import { validateEnvName } from '@ml-platform/rayjob';
import type { ClipboardEvent } from 'react';
import { LeftOutVariables } from '../rerun/LeftOutVariables';
import { runOfForm } from '../rerun/rerunForm';
import { formOf } from './order/orderForm';
import { parseEnvironment, type EnvironmentVariable } from './environment';

const useStyles = makeStyles(theme => ({
  root: {
    border: 0,
    margin: theme.spacing(1, 0),
    padding: 0,
    minWidth: 0,
  },
  row: {
    display: 'flex',
    alignItems: 'flex-start',
    gap: theme.spacing(1),
    marginTop: theme.spacing(1),
  },
  name: { flex: '2 1 0', minWidth: 0 },
  value: { flex: '3 1 0', minWidth: 0 },
  add: { marginTop: theme.spacing(1) },
}));

/** Environment variables as rows with a name and a value. You can paste several. */
export const EnvironmentField = (
  props: FieldExtensionComponentProps<EnvironmentVariable[]>,
) => {
  const classes = useStyles();
  const { onChange, formData, schema, disabled } = props;
  const variables = Array.isArray(formData) ? formData : [];
  const form = formOf(props);
  const lastRun = runOfForm(form);
  const { variablesLeftOut = 0 } = form;
  const change = (index: number, part: Partial<EnvironmentVariable>) =>
    onChange(
      variables.map((each, i) => (i === index ? { ...each, ...part } : each)),
    );
  const paste = (index: number) => (event: ClipboardEvent) => {
    const pasted = parseEnvironment(event.clipboardData.getData('text'));
    if (pasted.length === 0) {
      // The text is a name or a part of one.
      return;
    }
    event.preventDefault();
    onChange([
      ...variables.slice(0, index),
      ...pasted,
      ...variables.slice(index + 1),
    ]);
  };
  return (
    <fieldset className={classes.root} disabled={disabled}>
      <FormLabel component="legend">{schema.title ?? 'Environment'}</FormLabel>
      <FormHelperText>
        {schema.description} To add several at once, paste the content of a .env
        file into a name.
      </FormHelperText>
      {lastRun && variablesLeftOut > 0 && variables.length === 0 && (
        <LeftOutVariables
          run={lastRun}
          count={variablesLeftOut}
          onLoad={environment => onChange([...environment])}
        />
      )}
      {variables.map((variable, index) => {
        const { name = '', value = '' } = variable ?? {};
        const problem = name ? validateEnvName(name) : undefined;
        return (
          // Names change while you type, so only the index can identify a row.
          <div key={index} className={classes.row}>
            <TextField
              className={classes.name}
              label="Name"
              size="small"
              variant="outlined"
              value={name}
              error={Boolean(problem)}
              helperText={problem}
              onPaste={paste(index)}
              onChange={event => change(index, { name: event.target.value })}
              inputProps={{
                'aria-label': `Name of variable ${index + 1}`,
                spellCheck: false,
              }}
            />
            <TextField
              className={classes.value}
              label="Value"
              // A value can have several lines.
              multiline
              maxRows={6}
              size="small"
              variant="outlined"
              value={value}
              onChange={event => change(index, { value: event.target.value })}
              inputProps={{
                'aria-label': `Value of variable ${index + 1}`,
                spellCheck: false,
              }}
            />
            <IconButton
              size="small"
              aria-label={`Remove ${name || `variable ${index + 1}`}`}
              onClick={() => onChange(variables.filter((_, i) => i !== index))}
            >
              <DeleteIcon />
            </IconButton>
          </div>
        );
      })}
      <Button
        className={classes.add}
        size="small"
        startIcon={<AddIcon />}
        onClick={() => onChange([...variables, { name: '', value: '' }])}
      >
        Add a variable
      </Button>
    </fieldset>
  );
};
