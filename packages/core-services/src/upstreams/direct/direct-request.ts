/** What is demanded of a connection before a request is sent over it. */
export type Introduction =
  /** Nothing: the request may be sent again if nobody knows what has become of it. */
  | 'none'
  /** That the other side has answered on it before. It is asked whether it is there, and must say so soon. */
  | 'prompt'
  /** The same; but nobody else could be asked, so it may take as long for that as for the request itself. */
  | 'patient';

/** A request that is there as a whole. Nothing of it is checked: it comes from the parser of a server. */
export interface DirectRequest {
  readonly method: string;
  /** The target in origin form. */
  readonly path: string;
  /** Header lines, each with its end, without those that follow from the connection and the body. */
  readonly lines: string;
  readonly body: Buffer | null;
  /** Milliseconds for the head of the response; 0 for ever. */
  readonly headersTimeout: number;
  /** Until when anybody waits for the head of the response, by `performance.now()`; `Infinity` for ever. */
  readonly deadline: number;
  readonly introduction: Introduction;
}

/** A request under way. */
export interface SentRequest {
  /** Hangs up. */
  destroy(): void;
}

/** Why a request has come to nothing. */
export type DirectFailure =
  /** It was not sent: there was no connection, or nobody has answered on it. */
  | 'not-sent'
  /** It was not sent: the other side is there, but keeps no connection over which it may be sent. */
  | 'not-kept'
  /** It was not sent: the other side says that it takes no requests. */
  | 'unprocessed'
  /** The connection broke; nobody knows what the other side has done. */
  | 'broken'
  | 'too-slow'
  /** What came back is not HTTP. */
  | 'invalid-answer';

/** Is told how a request goes. */
export interface DirectReceiver {
  /** The request is about to be written. */
  onSent(): void;
  /**
   * @param headers - names and values in turn, as they came
   * @param resume - goes on after a chunk that was too much
   */
  onHead(status: number, headers: string[], resume: () => void): void;
  /** @returns `false` when it is too much for now. The chunk may be kept */
  onChunk(chunk: Buffer): boolean;
  onEnd(): void;
  /** Called once, and nothing after it. */
  onFailure(failure: DirectFailure, cause: Error): void;
}
