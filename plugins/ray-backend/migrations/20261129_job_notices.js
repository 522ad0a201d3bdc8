// @ts-check

/**
 * What the people who asked for jobs are told of them, and since when they are. A row
 * comes before its notice is sent, and stays after it, so that none is lost or sent twice.
 *
 * @param {import('knex').Knex} knex
 */
exports.up = async function up(knex) {
  await knex.schema.createTable('ray_job_notices', table => {
    table.string('id', 255).notNullable().comment('cluster/namespace/name');
    table.string('uid', 255).notNullable();
    table
      .string('subject', 16)
      .notNullable()
      .comment('end, or what it waits for');
    table.text('job').notNullable().comment('JSON of the row as it was then');
    table.string('happened_at', 32).notNullable().comment('ISO 8601');
    table.boolean('sent').notNullable().defaultTo(false);
    table.integer('tries').notNullable().defaultTo(0);
    table
      .string('due_at', 32)
      .notNullable()
      .comment('ISO 8601; later while a backend is at work on it');
    table.primary(['id', 'uid', 'subject']);
    table.index(['sent', 'due_at'], 'ray_job_notices_due_idx');
    table.index(['happened_at'], 'ray_job_notices_happened_at_idx');
  });
  await knex.schema.createTable('ray_job_notices_begin', table => {
    table.string('id', 16).primary().comment('jobs');
    table.string('since', 32).notNullable().comment('ISO 8601');
  });
};

/**
 * @param {import('knex').Knex} knex
 */
exports.down = async function down(knex) {
  await knex.schema.dropTable('ray_job_notices_begin');
  await knex.schema.dropTable('ray_job_notices');
};
