import type { AddCommand } from '../Cli';
import { addList } from './list/command';

/** All commands, in the order of the help. */
export const COMMANDS: readonly AddCommand[] = [addList];
