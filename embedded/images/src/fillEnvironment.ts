import { join } from 'node:path';
import { runProcess } from '@ml-platform/images';
import type { EnvironmentEvent, EnvironmentRecipe } from './environment';
import { installFailure } from './installFailure';
import type { Python } from './Pythons';
import { parsePipConfig, uvEnvironment } from './uvSettings';
import type { UvTool } from './UvTool';

export interface FillOptions {
  /** Folder to make; it must not be there. */
  readonly dir: string;
  readonly recipe: EnvironmentRecipe;
  readonly python: Python;
  readonly uv: UvTool;
  /** Where uv keeps what it downloaded. */
  readonly cacheDir: string;
  /** The user's environment variables. */
  readonly env: NodeJS.ProcessEnv;
  readonly emit: (event: EnvironmentEvent) => void;
  readonly signal: AbortSignal;
}

async function pipConfig(python: Python, env: NodeJS.ProcessEnv) {
  const lines: string[] = [];
  const { code } = await runProcess(
    python.path,
    ['-m', 'pip', 'config', 'list'],
    { env, onLine: line => lines.push(line) },
  );
  // No pip, no settings of pip's.
  return code === 0 ? parsePipConfig(lines.join('\n')) : {};
}

/** An environment with nothing in it needs neither uv nor the network. */
async function makeEmpty({ dir, python, env, signal }: FillOptions) {
  const args = ['-m', 'venv', '--without-pip', dir];
  const { code, output } = await runProcess(python.path, args, { env, signal });
  if (code !== 0) throw installFailure(args, output);
}

/**
 * Makes the environment of a recipe, which can be moved to another folder.
 * @throws {InputError} when the requirements can't be met
 * @throws {ServiceUnavailableError} when the machine or the network is the cause
 */
export async function fillEnvironment(options: FillOptions): Promise<void> {
  const { dir, recipe, python, cacheDir, emit, signal } = options;
  if (recipe.installs.length === 0) {
    await makeEmpty(options);
    return;
  }
  const uv = await options.uv.path(python, message =>
    emit({ type: 'message', message }),
  );
  const env = uvEnvironment(
    options.env,
    await pipConfig(python, options.env),
    cacheDir,
  );
  const run = async (
    args: readonly string[],
    onLine?: (line: string) => void,
  ) => {
    const { code, output } = await runProcess(uv, args, {
      cwd: recipe.cwd,
      env,
      onLine,
      signal,
    });
    if (code !== 0) throw installFailure(args, output);
  };
  // With pip, as Ray's runtime environments and notebooks expect it.
  await run([
    ...['venv', '--quiet', '--no-project', '--relocatable', '--seed'],
    ...['--python', python.path, dir],
  ]);
  for (const [index, args] of recipe.installs.entries()) {
    emit({ type: 'install-started', index });
    await run(
      ['pip', 'install', '--python', join(dir, 'bin', 'python'), ...args],
      line => {
        // Names the folder before it moves to its place.
        if (!line.startsWith('Using Python '))
          emit({ type: 'install-output', index, line });
      },
    );
    emit({ type: 'install-done', index });
  }
}
