/**
 * What the tests of other packages use of this one.
 *
 * @packageDocumentation
 */
export * from './contexts';
export * from './FakeBuildService';
export * from './FakeRegistry';
export * from './putProgram';
