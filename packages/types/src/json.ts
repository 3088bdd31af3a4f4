/** A JSON value that holds no other. */
export type JsonPrimitive = string | number | boolean | null;

/** A JSON object. Values may be `undefined`, which serialising drops. */
export type JsonObject = { [key in string]?: JsonValue };

/** A JSON array. */
export type JsonArray = JsonValue[];

/** Anything that survives `JSON.parse(JSON.stringify(value))`. */
export type JsonValue = JsonObject | JsonArray | JsonPrimitive;
