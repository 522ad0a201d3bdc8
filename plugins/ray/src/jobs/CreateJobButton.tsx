import { LinkButton } from '@backstage/core-components';
import { useRouteRef } from '@backstage/frontend-plugin-api';
import AddIcon from '@material-ui/icons/Add';
import { templateRouteRef } from '../routes';

/** The template that creates a training job. */
export const CREATE_JOB_TEMPLATE = {
  namespace: 'default',
  templateName: 'create-training-job',
};

export interface CreateJobButtonProps {
  /** Reference to the workload's entity, to fill in the form. */
  readonly workload?: string;
}

/** Opens the form that starts a run. Hidden in a portal without templates. */
export const CreateJobButton = ({ workload }: CreateJobButtonProps) => {
  const form = useRouteRef(templateRouteRef)?.(CREATE_JOB_TEMPLATE);
  if (!form) {
    return null;
  }
  const filled = workload
    ? `?formData=${encodeURIComponent(JSON.stringify({ workload }))}`
    : '';
  return (
    <LinkButton
      to={`${form}${filled}`}
      variant="contained"
      color="primary"
      startIcon={<AddIcon />}
    >
      Create training job
    </LinkButton>
  );
};
