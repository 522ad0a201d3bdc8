/**
 * The parameters of a workload: what its `parameters.schema.json` may hold, and the
 * checks of values by it.
 *
 * @packageDocumentation
 */
export * from './checkParameters';
export * from './describeParameter';
export * from './ParameterSchema';
export * from './readParameterSchema';
export { closestName } from './closestName';
