import {
  anything,
  boolean,
  int32,
  int64,
  object,
  openObject,
  string,
} from './build';
import { CONDITIONS } from './core';
import { LABEL_SELECTOR, OBJECT_META } from './objectMeta';
import { POD_TEMPLATE } from './podSpec';
import { Schema } from './Schema';

const STATUS: Schema = openObject({ conditions: CONDITIONS });

const JOB_SPEC: Schema = openObject({
  activeDeadlineSeconds: int64,
  backoffLimit: int32,
  completionMode: string,
  completions: int32,
  manualSelector: boolean,
  parallelism: int32,
  selector: LABEL_SELECTOR,
  suspend: boolean,
  template: POD_TEMPLATE,
  ttlSecondsAfterFinished: int32,
});

export const JOB: Schema = object({ spec: JOB_SPEC, status: STATUS });

export const CRON_JOB: Schema = object({
  spec: openObject({
    concurrencyPolicy: string,
    jobTemplate: object({ metadata: OBJECT_META, spec: JOB_SPEC }),
    schedule: string,
    suspend: boolean,
    timeZone: string,
  }),
  status: openObject({}),
});

/** Deployments, ReplicaSets, StatefulSets and DaemonSets, as far as they are alike. */
export const WORKLOAD: Schema = object({
  spec: openObject({
    minReadySeconds: int32,
    replicas: int32,
    revisionHistoryLimit: int32,
    selector: LABEL_SELECTOR,
    serviceName: string,
    strategy: anything,
    template: POD_TEMPLATE,
  }),
  status: STATUS,
});

/** Kinds with a spec and conditions, of which we read nothing else. */
export const WITH_CONDITIONS: Schema = openObject({
  spec: anything,
  status: STATUS,
});

export const ENDPOINT_SLICE: Schema = object({
  addressType: string,
  endpoints: {
    type: 'array',
    items: anything,
    'x-kubernetes-list-type': 'atomic',
  },
  ports: {
    type: 'array',
    items: object({
      appProtocol: string,
      name: string,
      port: int32,
      protocol: string,
    }),
    'x-kubernetes-list-type': 'atomic',
  },
});

export const LEASE: Schema = object({
  spec: openObject({ holderIdentity: string, leaseDurationSeconds: int32 }),
});
