/**
 * The command line as a function, for tests and for programs that embed it.
 *
 * @packageDocumentation
 */
export { EXIT, EXIT_MEANINGS, type ExitCode } from './exitCodes';
export { run } from './program';
export type { Io, Output } from './terminal/Io';
