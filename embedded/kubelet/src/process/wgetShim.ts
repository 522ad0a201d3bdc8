import { access, chmod, mkdir, writeFile } from 'node:fs/promises';
import { constants } from 'node:fs';
import { join } from 'node:path';

/*
 * As much of wget as the health checks of Ray images use:
 * `wget [--tries N] [-T SECONDS] [-q] [-O FILE] URL`.
 */
const SOURCE = `#!/usr/bin/env python3
import sys, urllib.request
timeout, out, url, args = 10.0, None, None, sys.argv[1:]
while args:
    arg = args.pop(0)
    if arg in ("-T", "--timeout") and args:
        timeout = float(args.pop(0))
    elif arg.startswith("--timeout="):
        timeout = float(arg.split("=", 1)[1])
    elif arg in ("--tries", "-t") and args:
        args.pop(0)
    elif arg == "-O" and args:
        out = args.pop(0)
    elif arg.startswith("-") and "O" in arg and not arg.startswith("--"):
        out = arg.split("O", 1)[1] or (args.pop(0) if args else "-")
    elif not arg.startswith("-"):
        url = arg
if not url:
    sys.exit("wget: missing URL")
try:
    body = urllib.request.urlopen(url, timeout=timeout).read()
except Exception as error:
    sys.exit(f"wget: {url}: {error}")
if out in (None, "-"):
    sys.stdout.buffer.write(body)
else:
    open(out, "wb").write(body)
`;

/** Adds a `wget` to the folder where none of the others has one. */
export async function provideWget(
  dir: string,
  searched: readonly string[],
): Promise<void> {
  for (const folder of searched) {
    try {
      await access(join(folder, 'wget'), constants.X_OK);
      return;
    } catch {
      // Not in this one.
    }
  }
  await mkdir(dir, { recursive: true });
  const file = join(dir, 'wget');
  await writeFile(file, SOURCE);
  await chmod(file, 0o755);
}
