// @ts-check

/**
 * Kubernetes' events of each run, which Kubernetes itself keeps for an hour: one row for
 * each event, however often it is repeated.
 *
 * @param {import('knex').Knex} knex
 */
exports.up = async function up(knex) {
  await knex.schema.createTable('ray_job_events', table => {
    table.string('id', 255).notNullable().comment('cluster/namespace/name');
    table.string('uid', 255).notNullable().comment('of the run');
    table.string('event', 255).notNullable().comment('UID of the event');
    table.string('last_seen', 32).notNullable().comment('ISO 8601 in UTC');
    table.text('summary').notNullable().comment('JSON of the event');
    table.primary(['id', 'uid', 'event']);
    table.index(['id', 'uid', 'last_seen'], 'ray_job_events_last_seen_idx');
  });
};

/**
 * @param {import('knex').Knex} knex
 */
exports.down = async function down(knex) {
  await knex.schema.dropTable('ray_job_events');
};
