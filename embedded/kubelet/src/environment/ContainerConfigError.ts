import { CustomErrorBase } from '@backstage/errors';

/**
 * The container can't be made as it is asked for, as where a ConfigMap is
 * missing. Kubernetes' `CreateContainerConfigError`: tried again, as what is
 * missing may come.
 */
export class ContainerConfigError extends CustomErrorBase {
  name = 'ContainerConfigError' as const;
}
