const inSeconds = time => Math.floor(Date.parse(time) / 1_000);

/**
 * In the event of a push, GitHub has the repository's times in seconds since 1970. emulate
 * has them as text, which makes readers with types, as Argo CD's, refuse the event.
 */
export function countPushTimes(webhooks) {
  const dispatch = webhooks.dispatch.bind(webhooks);
  webhooks.dispatch = (event, action, payload, ...rest) => {
    if (event !== 'push') return dispatch(event, action, payload, ...rest);
    const { created_at: created, pushed_at: pushed } = payload.repository;
    const repository = {
      ...payload.repository,
      created_at: inSeconds(created),
      pushed_at: inSeconds(pushed ?? created),
    };
    return dispatch(event, action, { ...payload, repository }, ...rest);
  };
}
