// @ts-check

/**
 * Jobs whose name another job has by now: `ray_job_history` holds the last of
 * each name. A backend of the version before knows nothing of this table, and
 * both can run at the same time.
 *
 * @param {import('knex').Knex} knex
 */
exports.up = async function up(knex) {
  await knex.schema.createTable('ray_job_earlier_runs', table => {
    table.string('id', 255).notNullable().comment('cluster/namespace/name');
    table.string('uid', 255).notNullable();
    table.text('summary').notNullable().comment('JSON of the row');
    table.text('manifest').notNullable().comment('JSON of the RayJob');
    table.text('conditions').notNullable().comment('JSON');
    table.text('pods').nullable().comment('JSON, as they were last seen');
    table.string('gone_at', 32).notNullable();
    table.primary(['id', 'uid']);
    table.index(['gone_at'], 'ray_job_earlier_runs_gone_at_idx');
  });
};

/**
 * @param {import('knex').Knex} knex
 */
exports.down = async function down(knex) {
  await knex.schema.dropTable('ray_job_earlier_runs');
};
