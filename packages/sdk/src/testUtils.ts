/**
 * A Kubernetes API for tests of this package and of those that build on it.
 *
 * @packageDocumentation
 */
export * from './testing/FakeCollection';
export * from './testing/FakeGoogle';
export * from './testing/FakeKubeApi';
export * from './testing/FakePodLog';
export * from './testing/until';
