import { isError } from '@backstage/errors';
import {
  fatal,
  getObservedComposedResources,
  getObservedCompositeResource,
  getRequiredResource,
  Ready,
  Resource,
  setDesiredComposedResources,
  setDesiredCompositeResource,
  Status,
  type ComposeFunction,
} from '@crossplane-org/function-sdk-typescript';
import {
  CONDITION_STORAGE,
  REASON_FAILED,
  REASON_READY,
  type WorkloadStorage,
} from '@ml-platform/workload-storage';
import { composeStorage, type Composed } from './composeStorage';

/** Name by which the Composition asks for the ConfigMap with the platform's facts. */
const FACTS = 'facts';

const readiness = (ready: boolean) =>
  ready ? Ready.READY_TRUE : Ready.READY_FALSE;

function compose(request: Parameters<ComposeFunction>[0]): Composed {
  const [facts] = getRequiredResource(request, FACTS)[0];
  const observed = Object.entries(getObservedComposedResources(request));
  return composeStorage({
    // The API server has checked it against the definition.
    storage: getObservedCompositeResource(request)?.resource as WorkloadStorage,
    observed: Object.fromEntries(
      observed.map(([part, { resource }]) => [part, resource ?? {}]),
    ),
    facts: facts?.resource?.data,
  });
}

/** Answers Crossplane: what there should be of one storage, and how it is. */
export const answer: ComposeFunction = (request, response, logger) => {
  let composed: Composed;
  try {
    composed = compose(request);
  } catch (error) {
    // What exists stays: Crossplane applies nothing after a fatal result.
    const message = isError(error) ? error.message : String(error);
    logger?.warn({ message }, 'storage refused');
    response.conditions.push({
      type: CONDITION_STORAGE,
      status: Status.STATUS_CONDITION_FALSE,
      reason: REASON_FAILED,
      message,
    });
    return fatal(response, message);
  }
  const { parts, ready, status, reason, message } = composed;
  const names = Object.keys(parts) as (keyof typeof parts)[];
  const whole = reason === REASON_READY;
  response.conditions.push({
    type: CONDITION_STORAGE,
    status: whole
      ? Status.STATUS_CONDITION_TRUE
      : Status.STATUS_CONDITION_FALSE,
    reason,
    message,
  });
  const desired = setDesiredComposedResources(
    response,
    Object.fromEntries(
      names.map(part => [
        part,
        Resource.fromPartial({
          resource: parts[part],
          ready: readiness(ready.has(part)),
        }),
      ]),
    ),
  );
  return setDesiredCompositeResource(
    desired,
    Resource.fromPartial({ resource: { status } }),
    readiness(whole),
  );
};
