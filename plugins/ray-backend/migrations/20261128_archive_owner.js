// @ts-check

/**
 * Names the backend that writes a log, and when it last gave a sign of life, so that
 * another takes over within seconds. Unlike the other changes, this one doesn't
 * suit backends of the version before that still run: stop them first.
 *
 * @param {import('knex').Knex} knex
 */
exports.up = async function up(knex) {
  await knex.schema.alterTable('ray_log_archives', table => {
    table.dropIndex(['claimed_at'], 'ray_log_archives_claimed_at_idx');
    table.renameColumn('claimed_at', 'renewed_at');
    table
      .string('owner', 36)
      .notNullable()
      .defaultTo('')
      .comment('the backend that writes');
  });
  await knex.schema.alterTable('ray_log_archives', table => {
    table.index(['renewed_at'], 'ray_log_archives_renewed_at_idx');
  });
};

/**
 * @param {import('knex').Knex} knex
 */
exports.down = async function down(knex) {
  await knex.schema.alterTable('ray_log_archives', table => {
    table.dropIndex(['renewed_at'], 'ray_log_archives_renewed_at_idx');
    table.dropColumn('owner');
    table.renameColumn('renewed_at', 'claimed_at');
  });
  await knex.schema.alterTable('ray_log_archives', table => {
    table.index(['claimed_at'], 'ray_log_archives_claimed_at_idx');
  });
};
