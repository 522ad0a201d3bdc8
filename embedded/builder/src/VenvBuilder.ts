import { cp, mkdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { InputError, isError } from '@backstage/errors';
import {
  EnvironmentEvent,
  EnvironmentRecipe,
  FileImageStore,
  PythonEnvironments,
} from '@ml-platform/embedded-images';
import { copyFiles } from './dockerfile/copyFiles';
import { installInputs } from './dockerfile/installInputs';
import type { BuildPlan, PlannedStep } from './dockerfile/Plan';
import { planBuild } from './dockerfile/planBuild';
import { readDockerfile } from './dockerfile/readDockerfile';
import type { BuildJob, ImageBuilder } from './ImageBuilder';
import { InstallLog } from './InstallLog';
import type { StepLog } from './StepLog';

/** Folder of an image's files, below the image's own. */
const ROOT = 'rootfs';

/**
 * Makes of a Dockerfile what the embedded node runs: a Python environment, and
 * the files that it copies. What it can't do is in the log, step by step.
 */
export class VenvBuilder implements ImageBuilder {
  readonly #images: Pick<FileImageStore, 'add' | 'digestOf'>;
  readonly #environments: Pick<PythonEnvironments, 'ensure'>;

  constructor(options: {
    readonly images: Pick<FileImageStore, 'add' | 'digestOf'>;
    readonly environments: Pick<PythonEnvironments, 'ensure'>;
  }) {
    this.#images = options.images;
    this.#environments = options.environments;
  }

  async publishedDigest(ref: string): Promise<string | undefined> {
    return this.#images.digestOf(ref);
  }

  async build(job: BuildJob, log: StepLog, signal: AbortSignal): Promise<void> {
    const plan = await this.#plan(job, log);
    const rootDir = join(job.workDir, ROOT);
    await mkdir(join(rootDir, plan.workingDir), { recursive: true });
    for (const step of plan.steps) {
      if (step.kind === 'copy')
        await copyFiles(step.copy, job.contextDir, rootDir);
    }

    const recipe: EnvironmentRecipe = {
      name: plan.base.recipe.name,
      python: plan.base.recipe.python,
      installs: plan.installs,
      inputs: await installInputs(rootDir, plan.installs, job.digest),
    };
    const installs = new InstallLog(plan, log);
    const environment = await this.#environments
      .ensure(
        { ...recipe, cwd: rootDir },
        { signal, onEvent: (event: EnvironmentEvent) => installs.on(event) },
      )
      .catch(error => {
        installs.failed(error);
        throw error;
      });
    installs.finish(environment);

    const step = log.step(`exporting to ${job.ref}`);
    await this.#images.add(
      job.ref,
      {
        digest: job.digest,
        environment: environment.key,
        recipe: {
          ...recipe,
          installs: recipe.installs.map(args => [...args]),
          cwd: ROOT,
        },
        workingDir: join(ROOT, plan.workingDir),
        workingDirInImage: plan.workingDir,
        env: { ...plan.env },
        entrypoint: plan.entrypoint && [...plan.entrypoint],
        command: plan.command && [...plan.command],
      },
      dir =>
        cp(rootDir, join(dir, ROOT), {
          recursive: true,
          verbatimSymlinks: true,
        }),
    );
    step.line(`environment ${environment.key}, Python ${environment.python}`);
    step.done();
    summarise(plan.steps, log);
  }

  async #plan(job: BuildJob, log: StepLog): Promise<BuildPlan> {
    const step = log.step(`[internal] load ${job.dockerfile}`);
    try {
      const content = await readFile(
        join(job.contextDir, job.dockerfile),
        'utf8',
      ).catch(error => {
        if (
          !['ENOENT', 'EISDIR'].includes(String(isError(error) && error.code))
        )
          throw error;
        throw new InputError(
          `The build context has no ${job.dockerfile}: add one to the workload's folder; workloads/hello-ray has an example`,
        );
      });
      const plan = planBuild(readDockerfile(content));
      step.line(`${plan.steps.length} instructions`);
      step.line(`base: ${plan.base.note}`);
      step.done();
      return plan;
    } catch (error) {
      step.failed(isError(error) ? error.message : String(error));
      throw error;
    }
  }
}

function summarise(steps: readonly PlannedStep[], log: StepLog) {
  const notRun = steps.flatMap(step => step.notRun);
  log.line('');
  if (notRun.length === 0) {
    log.line(`All ${steps.length} steps of the Dockerfile took effect.`);
    return;
  }
  log.line('These parts of the Dockerfile did not run:');
  notRun.forEach(({ text, reason }) => log.line(`  ${text} (${reason})`));
  log.line(
    'If the job needs what they provide, install it on this machine, or build real images with --registry.',
  );
}
