// One step of the schema: its number, its name and the SQL that takes the store there; there is no way back.
export type Migration = {
  /** Counts from 1 without gaps; kept in the database as `user_version`. */
  readonly number: number;
  readonly name: string;
  readonly sql: string;
};
