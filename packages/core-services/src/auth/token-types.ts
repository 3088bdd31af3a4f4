/** What kind of token a JSON Web Token is: the `typ` of its header. The names are those of Backstage. */
export const TOKEN_TYPES = {
  plugin: 'vnd.backstage.plugin',
  user: 'vnd.backstage.user',
  limitedUser: 'vnd.backstage.limited-user',
} as const;

/** The audience of users' tokens: all plugins. */
export const USER_AUDIENCE = 'backstage';
