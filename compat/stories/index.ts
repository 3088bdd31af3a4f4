import type { Story } from '../src/case.ts';
import { catalogStories } from './catalog.ts';
import { hostStories, shutdownStory } from './host.ts';
import { notificationStories } from './notifications.ts';

/** What takes several packages together, in the order in which it is told. */
export const stories: readonly Story[] = [...catalogStories, ...notificationStories, ...hostStories, shutdownStory];
