// @ts-check

/**
 * How each run ended, for the figures of its workload: one narrow row a run, found by
 * workload and time.
 *
 * @param {import('knex').Knex} knex
 */
exports.up = async function up(knex) {
  await knex.schema.createTable('ray_run_results', table => {
    table.string('id', 255).notNullable().comment('cluster/namespace/name');
    table.string('uid', 255).notNullable();
    table.string('workload', 255).notNullable();
    table.string('owner', 255).nullable().comment('entity reference');
    table.string('version', 255).nullable();
    table.string('state', 16).notNullable().comment('as the list showed it');
    table.string('reason', 255).nullable();
    table.text('message').nullable();
    table.string('ended_at', 32).notNullable().comment('ISO 8601 in UTC');
    table.bigInteger('wait_ms').nullable().comment('until it ran first');
    table.bigInteger('run_ms').nullable();
    table.primary(['id', 'uid']);
    table.index(['workload', 'ended_at'], 'ray_run_results_workload_idx');
    table.index(['ended_at'], 'ray_run_results_ended_at_idx');
  });
};

/**
 * @param {import('knex').Knex} knex
 */
exports.down = async function down(knex) {
  await knex.schema.dropTable('ray_run_results');
};
