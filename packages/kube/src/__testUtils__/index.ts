/**
 * A Kubernetes API for tests of this package and of those that build on it.
 *
 * @packageDocumentation
 */
export * from './FakeCollection';
export * from './FakeGoogle';
export * from './FakeKubeApi';
export * from './FakePodLog';
export * from './FakePodPorts';
export * from './freePort';
export * from './rayAnswer';
export * from './until';
