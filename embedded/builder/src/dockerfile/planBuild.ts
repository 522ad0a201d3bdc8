import type { BuildPlan } from './Plan';
import { Planner } from './Planner';
import type { Dockerfile, Stage } from './readDockerfile';

/** The stages whose instructions make the last one: itself, and what it is FROM. */
function lineage(dockerfile: Dockerfile): readonly Stage[] {
  const result: Stage[] = [];
  let stage = dockerfile.stages.at(-1);
  while (stage) {
    result.unshift(stage);
    const { from } = stage;
    const before = dockerfile.stages.slice(0, dockerfile.stages.indexOf(stage));
    stage = before.findLast(({ name }) => name && name === from);
  }
  return result;
}

/**
 * Works out what a Dockerfile comes to on this machine.
 * @throws {InputError} when its base image can't be made here, or it isn't a Dockerfile
 */
export function planBuild(dockerfile: Dockerfile): BuildPlan {
  const [first, ...rest] = lineage(dockerfile);
  const planner = new Planner(dockerfile.globalArguments);
  const base = planner.base(first.from);
  for (const stage of [first, ...rest]) {
    stage.instructions.forEach(instruction => planner.add(instruction));
  }
  const { steps, installs, env, workingDir, entrypoint, command } = planner;
  return {
    base,
    steps,
    installs,
    env,
    workingDir,
    entrypoint,
    command: command ?? (entrypoint ? undefined : base.command),
  };
}
