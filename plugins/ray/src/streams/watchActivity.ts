/**
 * The same answer, watched: `onSilence` is called when its body brings no byte
 * for `ms` milliseconds. A laptop that slept, or a proxy that forgot the
 * connection, leaves a stream that never errors and never speaks again.
 */
export function watchActivity(
  response: Response,
  ms: number,
  onSilence: () => void,
): Response {
  if (!response.body) {
    return response;
  }
  const reader = response.body.getReader();
  let timer = setTimeout(onSilence, ms);
  const body = new ReadableStream<Uint8Array>({
    async pull(controller) {
      try {
        const { done, value } = await reader.read();
        clearTimeout(timer);
        if (done) {
          controller.close();
          return;
        }
        timer = setTimeout(onSilence, ms);
        controller.enqueue(value);
      } catch (error) {
        clearTimeout(timer);
        controller.error(error);
      }
    },
    cancel(reason) {
      clearTimeout(timer);
      return reader.cancel(reason);
    },
  });
  return new Response(body, {
    status: response.status,
    statusText: response.statusText,
    headers: response.headers,
  });
}
