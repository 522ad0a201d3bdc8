import type { AddCommand } from '../Cli';
import { addBuild } from './build/command';
import { addCompletion } from './completion/command';
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

/** All commands, in the order of the help. */
export const COMMANDS: readonly AddCommand[] = [
  addSubmit,
  addList,
  addGet,
  addDescribe,
  addLogs,
  addStop,
  addRetry,
  addDelete,
  addOpen,
  addBuild,
  addWorkloads,
  addVersions,
  addStatus,
  addScale,
  addPortForward,
  addInit,
  addDoctor,
  addLogin,
  addCompletion,
];
