import { posix } from 'node:path';
import { InputError } from '@backstage/errors';
import {
  BaseImage,
  baseImage,
  parseImageReference,
} from '@ml-platform/embedded-images';
import { expandVariables } from './expandVariables';
import { pipInstall } from './pipInstall';
import type { PlannedStep } from './Plan';
import { planCopy } from './planCopy';
import type { Instruction } from './readDockerfile';
import { shellCommands } from './shellCommands';

const WITHOUT_MEANING: Readonly<Partial<Record<string, string>>> = {
  USER: 'no effect here: the job runs as the user who started the platform',
  EXPOSE: 'no effect here: a pod names its ports',
  LABEL: 'no effect here',
  MAINTAINER: 'no effect here',
  HEALTHCHECK: 'no effect here: a pod names its probes',
  STOPSIGNAL: 'no effect here: processes get SIGTERM',
  VOLUME: 'no effect here: a pod names its volumes',
  ONBUILD: 'no effect here',
  SHELL: 'no effect here: commands run with /bin/sh',
};

const NO_CONTAINER =
  'the embedded platform makes a Python environment, not a container';

/** Gathers what instruction after instruction comes to. */
export class Planner {
  readonly steps: PlannedStep[] = [];
  readonly installs: (readonly string[])[] = [];
  readonly env: Record<string, string> = {};
  readonly #arguments: Record<string, string> = {};
  readonly #globalArguments: Record<string, string> = {};
  workingDir = '/';
  entrypoint: readonly string[] | undefined;
  command: readonly string[] | undefined;

  constructor(globalArguments: readonly Instruction[]) {
    for (const { properties } of globalArguments) {
      for (const [name, value] of properties) {
        if (value !== undefined)
          this.#globalArguments[name] = expandVariables(
            value,
            this.#globalArguments,
          );
      }
    }
  }

  base(from: string): BaseImage {
    const ref = expandVariables(from, this.#globalArguments);
    const base = baseImage(parseImageReference(ref));
    if (!base) {
      throw new InputError(
        `FROM ${ref} can't be made on this machine. The embedded platform knows rayproject/ray:<release>, rayproject/ray-ml:<release> and python:3.x. Use one of them, or build real images with --registry.`,
      );
    }
    this.workingDir = base.workingDirInImage;
    const numbers = base.recipe.installs.map(args => this.#install(args));
    this.steps.push({
      kind: 'base',
      text: `FROM ${ref}`,
      installs: numbers,
      notRun: [],
    });
    return base;
  }

  add(instruction: Instruction) {
    const { keyword, text } = instruction;
    const written = `${keyword} ${text}`;
    switch (keyword) {
      case 'RUN':
        this.steps.push(this.#run(instruction, written));
        break;
      case 'COPY':
      case 'ADD':
        this.steps.push(
          planCopy(instruction, this.workingDir, word => this.#expand(word)),
        );
        break;
      default:
        this.steps.push({
          kind: 'setting',
          text: written,
          note: this.#setting(instruction),
          notRun: [],
        });
    }
  }

  #install(args: readonly string[]): number {
    return this.installs.push(args) - 1;
  }

  get #variables() {
    return { ...this.#arguments, ...this.env };
  }

  #expand(text: string): string {
    return expandVariables(text, this.#variables);
  }

  #setting(instruction: Instruction): string | undefined {
    const { keyword, text, properties, line } = instruction;
    switch (keyword) {
      case 'ARG':
        for (const [name, value] of properties) {
          this.#arguments[name] =
            value === undefined
              ? (this.#globalArguments[name] ?? '')
              : this.#expand(value);
        }
        return undefined;
      case 'ENV':
        return this.#setEnv(properties);
      case 'WORKDIR':
        this.workingDir = posix.resolve(this.workingDir, this.#expand(text));
        return undefined;
      case 'ENTRYPOINT':
        this.entrypoint = this.#commandOf(instruction);
        // As in Docker, the CMD of a base belongs to the base's entrypoint.
        this.command = undefined;
        return undefined;
      case 'CMD':
        this.command = this.#commandOf(instruction);
        return undefined;
      default: {
        const note = WITHOUT_MEANING[keyword];
        if (note) return note;
        throw new InputError(
          `Line ${line} of the Dockerfile: ${keyword} is not an instruction`,
        );
      }
    }
  }

  #setEnv(properties: Instruction['properties']): string | undefined {
    // All of one instruction see the values from before it.
    const values = properties.map(
      ([name, value]) => [name, this.#expand(value ?? '')] as const,
    );
    for (const [name, value] of values) {
      if (name !== 'PATH') this.env[name] = value;
    }
    return values.some(([name]) => name === 'PATH')
      ? "PATH is not taken: the environment's own programs come first, then this machine's"
      : undefined;
  }

  #commandOf({ list, text }: Instruction): readonly string[] {
    return list ?? ['/bin/sh', '-c', text];
  }

  #run(instruction: Instruction, text: string): PlannedStep {
    const { list, hereDocument } = instruction;
    const script = hereDocument
      ? instruction.text.replace(
          /^<<-?['"]?(\w+)['"]?\n([^]*)\n\s*\1\s*$/,
          '$2',
        )
      : instruction.text;
    const commands = list
      ? [{ text: list.join(' '), words: list }]
      : shellCommands(script, this.#variables);
    const installs: number[] = [];
    const notRun: { text: string; reason: string }[] = [];
    let { workingDir } = this;
    for (const command of commands) {
      const { words = [] } = command;
      const args = pipInstall(words, { workingDir });
      if (args) {
        installs.push(this.#install(args));
      } else if (words[0] === 'cd' && words[1]) {
        workingDir = posix.resolve(workingDir, words[1]);
      } else {
        notRun.push({ text: command.text, reason: NO_CONTAINER });
      }
    }
    return { kind: 'run', text, installs, notRun };
  }
}
