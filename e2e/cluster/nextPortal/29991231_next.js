// @ts-check

/**
 * What a later version may bring: it only adds.
 *
 * @param {import('knex').Knex} knex
 */
exports.up = async function up(knex) {
  await knex.schema.alterTable('ray_job_history', table => {
    table.string('priority', 64).nullable();
  });
};

/**
 * @param {import('knex').Knex} knex
 */
exports.down = async function down(knex) {
  await knex.schema.alterTable('ray_job_history', table => {
    table.dropColumn('priority');
  });
};
