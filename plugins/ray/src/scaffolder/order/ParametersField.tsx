import { Progress } from '@backstage/core-components';
import { useApi } from '@backstage/frontend-plugin-api';
import type { FieldExtensionComponentProps } from '@backstage/plugin-scaffolder-react';
import Button from '@material-ui/core/Button';
import FormHelperText from '@material-ui/core/FormHelperText';
import FormLabel from '@material-ui/core/FormLabel';
import { makeStyles } from '@material-ui/core/styles';
import {
  parameterProblems,
  type ParameterValue,
  type ParameterValues,
} from '@ml-platform/parameters';
import { useEffect } from 'react';
import useAsyncRetry from 'react-use/esm/useAsyncRetry';
import { orderApiRef } from '../../api/OrderApi';
import { formOf } from './orderForm';
import { ParameterInput } from './ParameterInput';

const useStyles = makeStyles(theme => ({
  root: { border: 0, margin: theme.spacing(1, 0), padding: 0, minWidth: 0 },
  list: {
    display: 'flex',
    flexDirection: 'column',
    gap: theme.spacing(2),
    marginTop: theme.spacing(2),
  },
}));

const NONE: ParameterValues = {};

/** The values without one, or with another value of it. */
function changed(
  values: ParameterValues,
  name: string,
  value: ParameterValue | undefined,
): ParameterValues {
  const { [name]: _, ...others } = values;
  return value === undefined ? others : { ...others, [name]: value };
}

/** The parameters of the chosen workload, as its `parameters.schema.json` has them. */
export const ParametersField = (
  props: FieldExtensionComponentProps<ParameterValues>,
) => {
  const classes = useStyles();
  const { onChange, formData = NONE, schema, disabled, idSchema } = props;
  const { workload } = formOf(props);
  const api = useApi(orderApiRef);
  const { value, loading, error, retry } = useAsyncRetry(
    async () => (workload ? api.getParameters(workload) : undefined),
    [api, workload],
  );
  const parameters = value?.parameters;
  const stale =
    value &&
    Object.keys(formData).filter(
      name => !Object.hasOwn(parameters?.properties ?? {}, name),
    );
  useEffect(() => {
    // What is left of another workload.
    if (stale && stale.length > 0) {
      onChange(
        Object.fromEntries(
          Object.entries(formData).filter(([name]) => !stale.includes(name)),
        ),
      );
    }
  }, [stale, formData, onChange]);
  if (loading) {
    return <Progress />;
  }
  if (error) {
    return (
      <FormHelperText error role="alert">
        Couldn't load the parameters: {error.message}{' '}
        <Button size="small" onClick={retry}>
          Try again
        </Button>
      </FormHelperText>
    );
  }
  const fields = Object.entries(parameters?.properties ?? {});
  if (!parameters || fields.length === 0) {
    return (
      <FormHelperText>
        {workload
          ? 'This workload takes no parameters.'
          : 'Choose a workload first.'}
      </FormHelperText>
    );
  }
  // What is missing, the form says once it is left.
  const problems = new Map(
    parameterProblems(parameters, formData)
      .filter(({ name }) => Object.hasOwn(formData, name))
      .map(({ name, message }) => [name, message]),
  );
  return (
    // Each field says itself what is wrong with it.
    <fieldset className={classes.root} disabled={disabled}>
      <FormLabel component="legend" error={false}>
        {schema.title ?? 'Parameters'}
      </FormLabel>
      <FormHelperText error={false}>
        {parameters.description ?? schema.description}
      </FormHelperText>
      <div className={classes.list}>
        {fields.map(([name, parameter]) => (
          <ParameterInput
            key={name}
            id={`${idSchema?.$id}_${name}`}
            name={name}
            parameter={parameter}
            required={parameters.required?.includes(name) ?? false}
            value={Object.hasOwn(formData, name) ? formData[name] : undefined}
            problem={problems.get(name)}
            onChange={next => onChange(changed(formData, name, next))}
          />
        ))}
      </div>
    </fieldset>
  );
};
