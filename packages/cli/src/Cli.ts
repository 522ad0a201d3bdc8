import type { OpenedPlatform, PlatformSettings } from '@ml-platform/sdk';
import type { Command } from 'commander';
import type { Io } from './terminal/Io';

/** Options that every command takes. */
export interface GlobalOptions {
  readonly context?: string;
  readonly kubeconfig?: string;
  readonly namespace?: string;
  readonly portal?: string;
  readonly project?: string;
}

/** What a command's run is given. */
export interface Cli {
  readonly io: Io;
  readonly globals: GlobalOptions;
  /** The settings that the options give. */
  readonly given: PlatformSettings;
  /** Opens the platform that options and settings lead to, once. */
  open(): Promise<OpenedPlatform>;
  /** The same by way of the portal; `undefined` where no other portal is known. */
  openPortal(): Promise<Cli | undefined>;
  /** Says something to the person: a line to stderr. */
  say(line: string): void;
  /** Sets what Ctrl-C says, for example what continues without the command. */
  onInterrupt(sentence: string): void;
  /** Sets how the process ends, where that is no error. */
  exit(code: number): void;
}

/** What a command does, with its options and its arguments. */
export type RunCommand<Options> = (
  cli: Cli,
  options: Options,
  ...args: string[]
) => Promise<void>;

/** Makes the action of a command out of its run. */
export type StartCommand = <Options extends object>(
  run: RunCommand<Options>,
) => (...args: unknown[]) => Promise<void>;

/** Adds one command to the program; loads what it needs when it is run. */
export type AddCommand = (program: Command, start: StartCommand) => void;

/** The end of a command's help: what one can type. */
export function examples(
  ...lines: readonly (readonly [string, string])[]
): string {
  const width = Math.max(...lines.map(([command]) => command.length));
  return [
    '',
    'Examples:',
    ...lines.map(([command, what]) => `  ${command.padEnd(width)}  # ${what}`),
  ].join('\n');
}
