/**
 * Marks refusals of the host itself: nothing has begun to process the request, so whoever sent it may send it to
 * another replica, whatever its method. In lower case.
 */
export const UNPROCESSED_HEADER = 'x-bulkhead-unprocessed';

/** The header as it is sent. */
export const UNPROCESSED: Readonly<Record<string, string>> = { 'X-Bulkhead-Unprocessed': 'true' };
