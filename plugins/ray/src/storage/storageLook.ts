import type { StorageDetail } from '@ml-platform/backstage-plugin-ray-common';
import CheckCircleIcon from '@material-ui/icons/CheckCircle';
import DeleteIcon from '@material-ui/icons/DeleteOutline';
import ErrorIcon from '@material-ui/icons/Error';
import HelpIcon from '@material-ui/icons/HelpOutline';
import HourglassIcon from '@material-ui/icons/HourglassEmpty';
import SyncIcon from '@material-ui/icons/Sync';
import type { StateLook } from '../states/stateLook';

type StorageState = StorageDetail['state'];

const LOOKS: Readonly<Record<StorageState, StateLook>> = {
  ready: { label: 'Ready', icon: CheckCircleIcon, tone: 'good' },
  waiting: { label: 'Being created', icon: HourglassIcon, tone: 'waiting' },
  failed: { label: 'Failed', icon: ErrorIcon, tone: 'bad' },
  deleting: { label: 'Being deleted', icon: DeleteIcon, tone: 'waiting' },
  missing: { label: 'Awaiting sync', icon: SyncIcon, tone: 'git' },
  unknown: { label: 'Unknown', icon: HelpIcon, tone: 'idle' },
};

/** The look of a state. A state that a newer backend sends looks like `unknown`. */
export function storageLook(state: StorageState): StateLook {
  return Object.hasOwn(LOOKS, state) ? LOOKS[state] : LOOKS.unknown;
}
