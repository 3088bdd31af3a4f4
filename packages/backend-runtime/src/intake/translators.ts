import type { FeatureProtocol, FeatureTranslator } from './feature-protocol.ts';

/** What translates features and names of other protocols: found by the mark, loaded with the first that is met. */
export class Translators {
  readonly #byFeature = new Map<string, FeatureProtocol>();
  readonly #byRef = new Map<string, FeatureProtocol>();
  readonly #loaded = new Map<FeatureProtocol, Promise<FeatureTranslator>>();

  constructor(protocols: readonly FeatureProtocol[]) {
    for (const protocol of protocols) {
      for (const mark of protocol.features) this.#byFeature.set(mark, protocol);
      for (const mark of protocol.refs) this.#byRef.set(mark, protocol);
    }
  }

  /** What translates features with a mark; `undefined` where no protocol has it. */
  ofFeature(mark: string): Promise<FeatureTranslator> | undefined {
    return this.#load(this.#byFeature.get(mark));
  }

  /** What translates names with a mark; `undefined` where no protocol has it, as for native ones. */
  ofRef(mark: string): Promise<FeatureTranslator> | undefined {
    return this.#load(this.#byRef.get(mark));
  }

  #load(protocol: FeatureProtocol | undefined): Promise<FeatureTranslator> | undefined {
    if (!protocol) return undefined;
    let loading = this.#loaded.get(protocol);
    if (!loading) this.#loaded.set(protocol, (loading = protocol.load()));
    return loading;
  }
}
