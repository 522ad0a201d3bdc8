import { stringifyEntityRef, type Entity } from '@backstage/catalog-model';
import { useApi } from '@backstage/frontend-plugin-api';
import { catalogApiRef } from '@backstage/plugin-catalog-react';
import type { FieldExtensionComponentProps } from '@backstage/plugin-scaffolder-react';
import { makeStyles } from '@material-ui/core/styles';
import TextField from '@material-ui/core/TextField';
import Autocomplete, {
  createFilterOptions,
} from '@material-ui/lab/Autocomplete';
import useAsync from 'react-use/esm/useAsync';
import { clearly } from '../api/clearError';
import { isWorkload } from '../entity/workloadOf';

const useStyles = makeStyles(theme => ({
  name: { color: theme.palette.text.secondary, marginLeft: theme.spacing(1) },
}));

function titleOf({ metadata }: Entity): string {
  return metadata.title ?? metadata.name;
}

/** Both are shown, so either may be typed. */
const byTitleOrName = createFilterOptions<Entity>({
  stringify: entity => `${titleOf(entity)} ${entity.metadata.name}`,
});

/** Selects a workload of the catalog by its title or name. The value is an entity reference. */
export const WorkloadField = (props: FieldExtensionComponentProps<string>) => {
  const classes = useStyles();
  const { onChange, formData, schema, required, disabled, idSchema } = props;
  const { rawErrors = [] } = props;
  const catalog = useApi(catalogApiRef);
  const { value, loading, error } = useAsync(async () => {
    const { items } = await clearly(
      catalog.getEntities({
        filter: { kind: 'Component', 'spec.type': 'training-workload' },
      }),
    );
    return items
      .filter(isWorkload)
      .sort((a, b) => titleOf(a).localeCompare(titleOf(b)));
  }, [catalog]);
  const workloads = value ?? [];
  const chosen = workloads.find(each => stringifyEntityRef(each) === formData);
  const unknown = formData && !chosen && value;
  const problem =
    (error && `Couldn't load the workloads: ${error.message}`) ||
    (unknown && `${formData} isn't in the catalog. Choose another workload.`);
  return (
    <Autocomplete
      id={idSchema?.$id}
      options={workloads}
      value={chosen ?? null}
      loading={loading}
      disabled={disabled}
      noOptionsText="No workload matches"
      getOptionLabel={titleOf}
      filterOptions={byTitleOrName}
      getOptionSelected={(a, b) =>
        stringifyEntityRef(a) === stringifyEntityRef(b)
      }
      onChange={(_, entity) =>
        onChange(entity ? stringifyEntityRef(entity) : undefined)
      }
      renderOption={entity => (
        <span>
          {titleOf(entity)}
          <span className={classes.name}>{entity.metadata.name}</span>
        </span>
      )}
      renderInput={params => (
        <TextField
          {...params}
          label={schema.title}
          margin="dense"
          variant="outlined"
          required={required}
          error={Boolean(problem) || rawErrors.length > 0}
          helperText={problem || schema.description}
        />
      )}
    />
  );
};
