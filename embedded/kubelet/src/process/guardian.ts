import { spawn } from 'node:child_process';
import { NODE_MARKER } from './processTable';

/*
 * Waits for the end of its input, which comes when the node's process ends, in
 * whatever way, and then kills what carries the node's marker. Marked processes
 * may start others while it looks: it looks until it finds none.
 */
const SCRIPT = `
cat > /dev/null
marker="$1"
for round in 1 2 3 4 5 6 7 8 9 10; do
  if [ -d /proc/self ]; then
    pids=$(grep -lzsxF "$marker" /proc/[0-9]*/environ | cut -d/ -f3)
  else
    pids=$(ps eww -A -o pid=,command= | grep -F " $marker" | grep -v 'cat > /dev/null' | awk '{print $1}')
  fi
  left=
  for pid in $pids; do
    [ "$pid" = $$ ] || left="$left $pid"
  done
  [ -z "$left" ] && exit 0
  kill -9 $left 2>/dev/null
  sleep 0.1
done
`;

/**
 * Starts the process that ends all containers if this process is killed.
 * The returned function ends it when there is nothing left to guard.
 */
export function startGuardian(node: string): () => void {
  const guardian = spawn(
    '/bin/sh',
    ['-c', SCRIPT, 'ml-platform-guardian', `${NODE_MARKER}=${node}`],
    {
      detached: true,
      stdio: ['pipe', 'ignore', 'ignore'],
      env: { PATH: '/usr/local/bin:/usr/bin:/bin:/usr/sbin:/sbin' },
    },
  );
  guardian.unref();
  // Its end is no concern of this process, nor is a broken pipe to it.
  guardian.on('error', () => undefined);
  guardian.stdin.on('error', () => undefined);
  return () => {
    guardian.stdin.end();
  };
}
