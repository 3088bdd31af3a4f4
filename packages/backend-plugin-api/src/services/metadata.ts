/** What a plugin-scoped service learns about the plugin that it serves. */
export interface PluginMetadataService {
  /** The id under which the plugin is installed. */
  getId(): string;
}

/** A plugin of this process, with the modules that extend it. */
export interface InstalledPlugin {
  readonly pluginId: string;
  readonly modules: readonly { readonly moduleId: string }[];
}

/** What is installed in this process. Deeply frozen; modules without their plugin are left out. */
export interface RootInstanceMetadataService {
  getInstalledPlugins(): Promise<readonly InstalledPlugin[]>;
}

/** What is installed in the whole deployment, as far as the configuration tells. */
export interface RootSystemMetadataService {
  getInstalledPlugins(): Promise<readonly { readonly pluginId: string }[]>;
}
