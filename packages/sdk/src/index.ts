/**
 * PlatformClient: training jobs from code.
 *
 * @packageDocumentation
 */
export * from './client/JobHandle';
export * from './client/jobErrors';
export * from './client/PlatformClient';
export * from './clusters/JobClusterDirectory';
export * from './clusters/readJobClusters';
export * from './doctor/runDoctor';
export type { Check } from './doctor/doctorTypes';
export * from './jobs/anotherRun';
export { argoApplication } from './jobs/argoApplication';
export * from './jobs/gitClaim';
export * from './jobs/jobAdmission';
export * from './jobs/jobChange';
export * from './jobs/JobChanges';
export * from './jobs/jobMetadata';
export * from './jobs/scaleRayCluster';
export * from './jobs/stopRayJob';
export { BuildFailedError, type BuildFailure } from '@ml-platform/images';
export * from './images/imageTypes';
export * from './images/openImages';
export type { WorkloadImages } from './images/WorkloadImages';
export * from './logs/ReadLines';
export * from './logs/comparePlaces';
export * from './logs/driverLog';
export { beginsAnew } from './logs/SubmitterLog';
export * from './logs/logCursor';
export * from './logs/mergedLog';
export type { SourcedLine } from './logs/logEvents';
export * from './platform/jobLog';
export * from './platform/jobViews';
export * from './platform/logSource';
export * from './platform/numberedLog';
export * from './platform/Platform';
export type * from './platform/platformStatus';
export * from './portal/auth/login';
export * from './portal/auth/portalCredentials';
export { PortalSessions } from './portal/auth/PortalSessions';
export * from './portal/PortalCredentials';
export * from './portal/environmentProxies';
export * from './portal/PortalBuilder';
export * from './portal/PortalPlatform';
export * from './portal/PortalTemplates';
export * from './portal/openTemplates';
export { listKubeContexts } from '@ml-platform/kube';
export * from './services/findPageService';
export * from './services/findRayService';
export * from './services/forwardService';
export {
  SERVICE_NAMES,
  type FoundService,
  type ServiceName,
} from './services/serviceTypes';
export * from './settings/loadSettings';
export * from './settings/openClusters';
export * from './settings/openPlatform';
export * from './settings/parseSettings';
export * from './settings/proposeSettings';
export * from './settings/requirePortal';
export type * from './platform/RayClusterRow';
export type * from './settings/PlatformSettings';
export { kubeRayStatus } from './status/kubeRayStatus';
export { probe } from './status/probe';
export * from './status/statusFaults';
export type { Run } from './logs/runName';
export * from './workloads/findWorkloads';
export * from './workloads/orderJob';
export type { Workload } from './workloads/Workload';
export * from './workloads/workloadParameters';
