import { version as released } from '../package.json';

/** Version of this command line. */
export const version: string = released;
