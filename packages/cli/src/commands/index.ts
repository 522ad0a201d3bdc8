import type { AddCommand } from '../Cli';
import { addBuild } from './build/command';
import { addCompletion } from './completion/command';
import { addCreateWorkload } from './create-workload/command';
import { addDelete } from './delete/command';
import { addDescribe } from './describe/command';
import { addDoctor } from './doctor/command';
import { addGet } from './get/command';
import { addInit } from './init/command';
import { addList } from './list/command';
import { addLogin } from './login/command';
import { addLogs } from './logs/command';
import { addOpen } from './open/command';
import { addPortForward } from './port-forward/command';
import { addRetry } from './retry/command';
import { addScale } from './scale/command';
import { addStatus } from './status/command';
import { addStop } from './stop/command';
import { addSubmit } from './submit/command';
import { addVersions } from './versions/command';
import { addWorkloads } from './workloads/command';

/** All commands by their names, in the order of the help. */
export const COMMANDS: ReadonlyMap<string, AddCommand> = new Map([
  ['submit', addSubmit],
  ['list', addList],
  ['get', addGet],
  ['describe', addDescribe],
  ['logs', addLogs],
  ['stop', addStop],
  ['retry', addRetry],
  ['delete', addDelete],
  ['open', addOpen],
  ['build', addBuild],
  ['workloads', addWorkloads],
  ['create-workload', addCreateWorkload],
  ['versions', addVersions],
  ['status', addStatus],
  ['scale', addScale],
  ['port-forward', addPortForward],
  ['init', addInit],
  ['doctor', addDoctor],
  ['login', addLogin],
  ['completion', addCompletion],
]);
