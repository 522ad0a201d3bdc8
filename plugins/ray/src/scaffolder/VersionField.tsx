import { useApi } from '@backstage/frontend-plugin-api';
import { catalogApiRef } from '@backstage/plugin-catalog-react';
import type { FieldExtensionComponentProps } from '@backstage/plugin-scaffolder-react';
import { makeStyles } from '@material-ui/core/styles';
import TextField from '@material-ui/core/TextField';
import Autocomplete from '@material-ui/lab/Autocomplete';
import { useState } from 'react';
import useAsync from 'react-use/esm/useAsync';
import { workloadOf } from '../entity/workloadOf';
import { useImageVersions } from '../images/useImageVersions';
import { versionFacts } from '../images/versionFacts';
import { TimeAgo } from '../times/TimeAgo';
import { versionAdvice } from './versionAdvice';

const useStyles = makeStyles(theme => ({
  option: { display: 'grid' },
  facts: { fontSize: 13, color: theme.palette.text.secondary },
}));

/** What the field reads of the other fields of the form. */
interface OtherFields {
  readonly workload?: unknown;
  readonly image?: unknown;
}

/**
 * Selects a version of the form's workload, or takes a new one. What the form's field
 * `image` says decides which of both is meant.
 */
export const VersionField = (props: FieldExtensionComponentProps<string>) => {
  const classes = useStyles();
  const { onChange, formData = '', schema, required, disabled } = props;
  const { rawErrors = [], idSchema, formContext } = props;
  const fields: OtherFields = formContext?.formData ?? {};
  const ref = typeof fields.workload === 'string' ? fields.workload : undefined;
  const builds = fields.image !== 'existing';
  const [typing, setTyping] = useState(false);

  const catalog = useApi(catalogApiRef);
  const workload = useAsync(async () => {
    const entity = ref && (await catalog.getEntityByRef(ref));
    return entity ? workloadOf(entity) : undefined;
  }, [catalog, ref]);
  const versions = useImageVersions(workload.value);
  const items = versions.value?.items ?? [];
  const { problem, advice } = versionAdvice({
    version: formData,
    builds,
    versions: versions.value,
    error: (workload.error ?? versions.error)?.message,
  });
  return (
    <Autocomplete
      id={idSchema?.$id}
      freeSolo
      options={items.map(({ version }) => version)}
      inputValue={formData}
      disabled={disabled}
      loading={workload.loading || versions.loading}
      // All of them to select from, but the list must not cover what is below the field
      // with versions that have nothing to do with the one that is typed.
      filterOptions={options =>
        typing
          ? options.filter(version => version.startsWith(formData))
          : options
      }
      onInputChange={(event, version, reason) => {
        // Without an event it is the list's own start, which would empty the field.
        if (!event) return;
        setTyping(reason === 'input');
        onChange(version || undefined);
      }}
      onClose={() => setTyping(false)}
      renderOption={option => {
        const item = items.find(({ version }) => version === option);
        return (
          <span className={classes.option}>
            {option}
            {item && (
              <span className={classes.facts}>
                <TimeAgo at={item.createdAt} /> · {versionFacts(item)}
              </span>
            )}
          </span>
        );
      }}
      renderInput={params => (
        <TextField
          {...params}
          label={schema.title}
          margin="dense"
          variant="outlined"
          required={required}
          error={Boolean(problem) || rawErrors.length > 0}
          helperText={problem ?? advice ?? schema.description}
        />
      )}
    />
  );
};
