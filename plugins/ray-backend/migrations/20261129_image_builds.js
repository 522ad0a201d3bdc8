// @ts-check

/**
 * Who started which build of an image through the portal: limits and cancels go by it.
 * How a build is, its builder knows.
 *
 * @param {import('knex').Knex} knex
 */
exports.up = async function up(knex) {
  await knex.schema.createTable('ray_image_builds', table => {
    table.string('id', 128).primary().comment('as the builder gave it out');
    table.string('requester', 255).notNullable();
    table.string('started_at', 30).notNullable().comment('ISO 8601');
    table.boolean('ended').notNullable().defaultTo(false);
    table.index(['requester', 'ended'], 'ray_image_builds_requester_idx');
    table.index(['started_at'], 'ray_image_builds_started_at_idx');
  });
};

/**
 * @param {import('knex').Knex} knex
 */
exports.down = async function down(knex) {
  await knex.schema.dropTable('ray_image_builds');
};
