import { BulkheadError, ProblemsError, type Problem, type ProblemSource } from '@bulkhead/errors';
import { formatConfigPath, type ConfigPlace } from '@bulkhead/config';

// No message repeats a value: any value may be a secret, and a misplaced one often is.

const quoted = (names: readonly string[]): string => names.map((name) => `'${name}'`).join(', ');

function didYouMean(name: string | undefined): string | undefined {
  return name === undefined ? undefined : `Did you mean '${name}'?`;
}

/** All that is wrong with the configuration. */
export function invalidConfig(problems: readonly Problem[]): ProblemsError {
  const count = problems.length === 1 ? 'is 1 problem' : `are ${problems.length} problems`;
  return new ProblemsError('ERR_CONFIG_INVALID', `There ${count} with the configuration`, problems, {
    hint: "'bulkhead config check' repeats this check without starting anything.",
  });
}

// Command line

/** `--config` stands last, without a file. */
export function missingArgument(): Problem {
  return {
    code: 'ERR_CONFIG_ARGS',
    message: "'--config' is not followed by a file",
    hint: "Write '--config app-config.production.yaml'.",
  };
}

// Files

/** A file that must be there cannot be read: a configuration file, or one that is named in it. */
export function unreadableFile(file: string, reason: string, at?: ConfigPlace): Problem {
  return { code: 'ERR_CONFIG_FILE', message: `Cannot read ${file}: ${reason}`, ...at };
}

/** There is no app-config.yaml: most often the wrong folder. */
export function noConfigFile(dir: string): Problem {
  return {
    code: 'ERR_CONFIG_NO_FILE',
    message: `There is no app-config.yaml in ${dir}`,
    hint: 'Start from the folder that has it, or name files with --config. Without one, defaults apply.',
  };
}

/** `BULKHEAD_ENV` names an environment that no file belongs to. */
export function noEnvironmentFile(environment: string, nearest: string | undefined): Problem {
  return {
    code: 'ERR_CONFIG_NO_FILE',
    message: `There is no app-config.${environment}.yaml for the environment '${environment}'`,
    hint: didYouMean(nearest) ?? 'Check BULKHEAD_ENV, or add the file.',
  };
}

/** An environment's name would lead to another folder. */
export function badEnvironmentName(variable: string): Problem {
  return {
    code: 'ERR_CONFIG_ARGS',
    message: `${variable} does not name an environment`,
    hint: "Write letters, digits, '-', '_' and '.', with commas between several names.",
  };
}

/** The text is not YAML, or not of the kind that can be a configuration. */
export function badYaml(what: string, source: ProblemSource): Problem {
  return { code: 'ERR_CONFIG_YAML', message: `Bad YAML: ${what}`, source };
}

/** A key stands twice in one object; YAML has no rule for which one counts. */
export function duplicateKey(path: readonly string[], source: ProblemSource): Problem {
  const message = `Configuration key '${formatConfigPath(path)}' is there twice`;
  return { code: 'ERR_CONFIG_DUPLICATE_KEY', message, path, source, hint: 'Join the two, or remove one.' };
}

// Substitution and directives

/** A variable that is not set, and has no default. */
export function unsetVariable(variable: string, path: readonly string[], source: ProblemSource): Problem {
  return {
    code: 'ERR_CONFIG_ENV_MISSING',
    message: `Environment variable ${variable}, which '${formatConfigPath(path)}' needs, is not set`,
    hint: `Set ${variable}, or write \${${variable}:-default}; with nothing behind ':-' the key is left out.`,
    path,
    source,
  };
}

/** Something between `${` and `}` that is no variable. */
export function badSubstitution(path: readonly string[], source: ProblemSource): Problem {
  return {
    code: 'ERR_CONFIG_SUBSTITUTION',
    message: `The value of '${formatConfigPath(path)}' has a '\${' that is not the start of \${VARIABLE} or \${VARIABLE:-default}`,
    hint: "Write '$${' for the characters themselves.",
    path,
    source,
  };
}

/** `$env`, `$file` or `$include` in a form that means nothing. */
export function badDirective(what: string, path: readonly string[], source: ProblemSource): Problem {
  return {
    code: 'ERR_CONFIG_DIRECTIVE',
    message: `${what} at '${formatConfigPath(path)}'`,
    hint: "Write { $env: VARIABLE }, { $file: path } or { $include: 'file.yaml#key' }, as the only key of its object.",
    path,
    source,
  };
}

/** An include that leads back to itself. */
export function includeCycle(chain: readonly string[], at: ConfigPlace): Problem {
  return { code: 'ERR_CONFIG_INCLUDE_CYCLE', message: `$include goes round in circles: ${chain.join(' -> ')}`, ...at };
}

/** Files that include each other often. */
export function tooManyIncludes(limit: number, path: readonly string[], source: ProblemSource): Problem {
  return badDirective(`More than ${limit} includes`, path, source);
}

/** The included file has nothing under the key behind `#`. */
export function includeKeyMissing(file: string, key: string, at: ConfigPlace): Problem {
  return { code: 'ERR_CONFIG_INCLUDE_KEY', message: `${file} has no key '${key}' to include`, ...at };
}

/** An `APP_CONFIG_…` variable that names no key, or contradicts another one. */
export function badOverride(variable: string, what: string): Problem {
  return {
    code: 'ERR_CONFIG_ENV_OVERRIDE',
    message: `Environment variable ${variable} ${what}`,
    hint: 'APP_CONFIG_backend_listen_port=7008 sets backend.listen.port; the value is JSON or else a string.',
  };
}

// Checks against the schema

/** A key that the schema of its section does not have. */
export function unknownKey(at: ConfigPlace, nearest: string | undefined, known: readonly string[]): Problem {
  const hint = didYouMean(nearest) ?? (known.length > 0 ? `Known here: ${quoted(known)}.` : 'Nothing can stand here.');
  const message = `'${formatConfigPath(at.path)}' is not a configuration key`;
  return { code: 'ERR_CONFIG_UNKNOWN_KEY', message, hint, ...at };
}

/** A top-level key that belongs to no installed plugin and no part of the host. */
export function unknownSection(at: ConfigPlace, nearest: string | undefined): Problem {
  return {
    code: 'ERR_CONFIG_UNKNOWN_SECTION',
    message: `'${formatConfigPath(at.path)}' belongs to no installed plugin and to no part of the host`,
    hint: didYouMean(nearest) ?? 'Install the plugin, or remove the key.',
    ...at,
  };
}

/** A key that still works and will not for ever. */
export function deprecatedKey(at: ConfigPlace, advice: string | undefined): Problem {
  const message = `Configuration key '${formatConfigPath(at.path)}' is deprecated`;
  return { code: 'ERR_CONFIG_DEPRECATED', message, ...at, ...(advice !== undefined && { hint: advice }) };
}

// Packages and their schemas

/** A package.json that cannot be used. */
export function badManifest(file: string, reason: string): Problem {
  return { code: 'ERR_CONFIG_PACKAGE', message: `Cannot read ${file}: ${reason}` };
}

/** All that is wrong with the packages of a host and their schemas. */
export function invalidPackages(problems: readonly Problem[]): ProblemsError {
  return new ProblemsError('ERR_CONFIG_PACKAGES', 'The packages of the host cannot be used as they are', problems);
}

/** A schema has something in place of a limit that no value can be compared with. */
export function noLimit(keyword: string): BulkheadError {
  return new BulkheadError('ERR_CONFIG_SCHEMA', `'${keyword}' must be a number`, {
    hint: 'Correct the schema of the package.',
  });
}

/** A config.schema.json that is no JSON Schema. */
export function badSchema(file: string, reason: string): Problem {
  return { code: 'ERR_CONFIG_SCHEMA', message: `${file} cannot be used: ${reason}` };
}

/** Two packages say different things of one key. */
export function schemaConflict(key: string, keyword: string, packages: readonly string[]): Problem {
  return {
    code: 'ERR_CONFIG_SCHEMA_CONFLICT',
    message: `The schemas of ${packages.join(' and ')} disagree on '${keyword}' of the configuration key '${key}'`,
    hint: 'Let one of them describe the key.',
  };
}
