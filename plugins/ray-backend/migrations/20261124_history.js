// @ts-check

/**
 * Jobs as they were last seen, their attempts, and what is kept of their logs.
 * Times are ISO 8601 in UTC, so that text order is time order in any database.
 *
 * @param {import('knex').Knex} knex
 */
exports.up = async function up(knex) {
  await knex.schema.createTable('ray_job_history', table => {
    table.string('id', 255).primary().comment('cluster/namespace/name');
    table.string('cluster', 255).notNullable();
    table.string('uid', 255).notNullable();
    table.string('resource_version', 64).notNullable();
    table.text('summary').notNullable().comment('JSON of the row');
    table.text('manifest').notNullable().comment('JSON of the RayJob');
    table.text('conditions').notNullable().comment('JSON');
    table.text('pods').nullable().comment('JSON, as they were last seen');
    table.string('gone_at', 32).nullable();
    table.index(['gone_at'], 'ray_job_history_gone_at_idx');
    table.index(['cluster', 'gone_at'], 'ray_job_history_cluster_idx');
  });
  await knex.schema.createTable('ray_job_attempts', table => {
    table.string('id', 255).notNullable();
    table.string('uid', 255).notNullable();
    table.integer('attempt').notNullable();
    table.text('summary').notNullable().comment('JSON of the attempt');
    table.primary(['id', 'uid', 'attempt']);
  });
  await knex.schema.createTable('ray_log_archives', table => {
    table.string('id', 255).notNullable();
    table.string('uid', 255).notNullable();
    table.integer('attempt').notNullable();
    table.string('state', 16).notNullable().comment('writing, done or empty');
    table.string('claimed_at', 32).notNullable();
    table.primary(['id', 'uid', 'attempt']);
    table.index(['claimed_at'], 'ray_log_archives_claimed_at_idx');
  });
};

/**
 * @param {import('knex').Knex} knex
 */
exports.down = async function down(knex) {
  await knex.schema.dropTable('ray_log_archives');
  await knex.schema.dropTable('ray_job_attempts');
  await knex.schema.dropTable('ray_job_history');
};
