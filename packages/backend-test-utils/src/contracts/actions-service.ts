import { describe, expect, it } from '@jest/globals';
import type { ActionsService, Credentials } from '@bulkhead/backend-plugin-api';
import { subjectPerSuite, type ContractSubject, type CreateSubject } from './subject.ts';

/** A service that knows the action `todo:echo`, which returns its input as output. */
export interface ActionsServiceSubject extends ContractSubject<ActionsService> {
  /** Of a user who may invoke the action. */
  readonly user: Credentials;
}

/** Contract of {@link ActionsService}. */
export function describeActionsService(name: string, create: CreateSubject<ActionsServiceSubject>): void {
  describe(`${name} as an ActionsService`, () => {
    const subject = subjectPerSuite(create);

    it('lists actions', async () => {
      const { service, user } = subject();
      const { actions } = await service.list({ credentials: user });
      expect(actions.map(({ id, pluginId, name: own }) => [id, pluginId, own])).toEqual([
        ['todo:echo', 'todo', 'echo'],
      ]);
      expect(Object.keys(actions[0]!.attributes).sort()).toEqual(['destructive', 'idempotent', 'readOnly']);
    });

    it('invokes them', async () => {
      const { service, user } = subject();
      const input = { text: 'x' };
      expect(await service.invoke({ id: 'todo:echo', input, credentials: user })).toEqual({ output: input });
    });

    it('knows no others', async () => {
      const { service, user } = subject();
      const invoked = service.invoke({ id: 'todo:other', credentials: user });
      await expect(invoked).rejects.toMatchObject({ name: 'NotFoundError' });
    });
  });
}
