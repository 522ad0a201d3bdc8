import { setFlagsFromString } from 'node:v8';

/** Milliseconds between two looks at the heap. */
const LOOK = 20;
/** Bytes of heap that short work never has. */
const LARGE = 16 * 1024 * 1024;

/**
 * Waits for work that makes much and keeps little, as reading ten thousand jobs. V8
 * would double its room for new objects again and again for it, up to a third of all
 * memory of the process, and be no faster.
 */
export async function inSmallHeap<T>(work: Promise<T>): Promise<T> {
  let small = false;
  const timer = setInterval(() => {
    if (process.memoryUsage().heapTotal > LARGE) {
      small = true;
      setFlagsFromString('--semi-space-growth-factor=1');
      clearInterval(timer);
    }
  }, LOOK);
  try {
    return await work;
  } finally {
    clearInterval(timer);
    if (small) {
      // V8's own; what it compiles from here on is kept for processes that have it.
      setFlagsFromString('--semi-space-growth-factor=2');
    }
  }
}
