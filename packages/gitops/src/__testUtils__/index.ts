/**
 * What the tests of other packages use of this one.
 *
 * @packageDocumentation
 */
export * from './FakeGitHub';
export * from './FakeRepository';
export * from './testRepository';
