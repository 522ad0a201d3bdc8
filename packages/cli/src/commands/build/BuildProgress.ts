import type { BuildStep, BuilderType } from '@ml-platform/sdk';
import { duration } from '../../output/time';
import type { Io } from '../../terminal/Io';
import { LiveLine } from '../../terminal/LiveLine';
import { plain } from '../../terminal/plain';
import { painter } from '../../terminal/style';
import type { BuildCommandOptions } from './command';
import { TITLES } from './titles';

/** How a build is shown while it runs. */
export interface BuildProgress {
  begin(build: { readonly image: string; readonly builder: BuilderType }): void;
  line(text: string): void;
  step(step: BuildStep): void;
  end(): void;
}

/** Milliseconds between two drawings: the time ticks. */
const TICK = 1_000;

/** `#7 12.34 ` before a line of BuildKit, which counts by itself. */
const PREFIX = /^#\d+ \d+\.\d+ /;

/** Where a step of BuildKit begins or ends, which is said otherwise here. */
const MARK = /^#\d+ /;

/** Where an image comes from; podman and buildah count each label as a step. */
const OWN_LABEL = /^LABEL "?(?:org\.opencontainers\.image|dev\.ml-platform)\./;

/** The whole log, line by line. */
function plainProgress({ stderr }: Io): BuildProgress {
  const line = (text: string) => {
    stderr.write(`${plain(text)}\n`);
  };
  return {
    begin: () => undefined,
    line,
    step: () => undefined,
    end: () => undefined,
  };
}

/** A line for each step, and below it how long it takes and what it said last. */
class LiveProgress implements BuildProgress {
  readonly #io: Io;
  readonly #live: LiveLine;
  readonly #paint: ReturnType<typeof painter>;
  readonly #tick: NodeJS.Timeout;
  #since: number;
  #doing = '';

  constructor(io: Io) {
    this.#io = io;
    this.#live = new LiveLine(io.stderr);
    this.#paint = painter(io.stderr, io.env);
    this.#since = io.now().getTime();
    this.#tick = setInterval(() => this.#draw(), TICK).unref();
  }

  begin({ image, builder }: Parameters<BuildProgress['begin']>[0]): void {
    this.#live.print(
      `Building ${plain(image)} with ${TITLES[builder] ?? builder}`,
    );
  }

  line(text: string): void {
    const said = plain(text.replace(PREFIX, '')).trim();
    if (said && !MARK.test(said)) {
      this.#doing = said;
      this.#draw();
    }
  }

  step({ number, total, text }: BuildStep): void {
    this.#since = this.#io.now().getTime();
    this.#doing = plain(text);
    if (number !== undefined && !OWN_LABEL.test(text)) {
      const count = total === undefined ? `${number}` : `${number}/${total}`;
      this.#live.print(`[${count}] ${plain(text)}`, line =>
        line.replace(/^\S+/, mark => this.#paint('blue', mark)),
      );
      this.#doing = '';
    }
    this.#draw();
  }

  end(): void {
    clearInterval(this.#tick);
    this.#live.end();
  }

  #draw(): void {
    const time = duration(this.#io.now().getTime() - this.#since);
    this.#live.show(`  ${time}  ${this.#doing}`, text =>
      this.#paint('dim', text),
    );
  }
}

/** Live where a person watches, unless they ask for the whole log. */
export function createProgress(
  io: Io,
  { progress }: Pick<BuildCommandOptions, 'progress'>,
): BuildProgress {
  return io.stderr.isTTY && progress === 'auto'
    ? new LiveProgress(io)
    : plainProgress(io);
}
