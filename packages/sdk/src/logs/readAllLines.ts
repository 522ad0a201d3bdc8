import { followPodLog, type PodLogOptions } from '@ml-platform/kube';
import { ReadLines } from './ReadLines';

/** All that a container has written, as far as its node still has it. */
export async function readAllLines(options: PodLogOptions): Promise<ReadLines> {
  const read = new ReadLines();
  for await (const event of followPodLog(options)) {
    if (event.type === 'lines') {
      read.push(event.lines);
    }
  }
  return read;
}
