/** A user who has proved who they are. */
export interface SignedInUser {
  /** For example `user:default/alice`. */
  readonly userEntityRef: string;
  /** Through whom the user owns things: the user and groups, as entity refs. */
  readonly ownershipEntityRefs: readonly string[];
}

/** One way of finding out who somebody is. What is issued then does not depend on it. */
export interface SignInStrategy<TRequest> {
  /** What it is called in paths and in the configuration. */
  readonly id: string;
  /**
   * Says who makes a request.
   *
   * @throws AuthenticationError or NotAllowedError when that is not clear enough
   */
  signIn(request: TRequest): Promise<SignedInUser>;
}
