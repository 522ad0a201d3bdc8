import { parseArgs } from 'node:util';
import { Problem } from './problem.mjs';

/** The options of the command line; a wrong one is answered with the help. */
export function readOptions(options, help) {
  try {
    return parseArgs({ options }).values;
  } catch (error) {
    throw new Problem(`${error.message}\n\n${help}`);
  }
}
