/**
 * Builds images: contexts, builders, their logs, and what registries have.
 *
 * @packageDocumentation
 */
export * from './BuildFailedError';
export * from './BuildServiceClient';
export * from './BuildSteps';
export * from './FollowedLog';
export * from './ImageBuilder';
export * from './ImageBuilders';
export * from './PublishedVersions';
export * from './buildSeconds';
export * from './context/packContext';
export * from './context/unpackContext';
export * from './context/withContext';
export * from './dockerfileLine';
export * from './engine/Engine';
export * from './engine/EngineBuilder';
export * from './engine/engines';
export * from './engine/findEngine';
export * from './engine/lastLines';
export * from './engine/runProcess';
export * from './followBuild';
export * from './imageLabels';
export * from './imageReference';
export * from './kubernetes/openKubernetesBuilder';
export * from './registry/RegistryClient';
export * from './registry/listVersions';
export * from './versionRules';
