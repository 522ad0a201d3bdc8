/**
 * What tests of other packages make jobs of.
 *
 * @packageDocumentation
 */
export * from './rayJobRequest';
