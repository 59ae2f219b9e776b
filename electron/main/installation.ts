import path from 'node:path';

/** Where the parts of the program lie, in the checkout and in the installed package. */
export interface Installation {
  renderer: string;
  preload: string;
  /** The bundled Node 24 that runs service and devices (design.md §2: never Electron's own). */
  node: string;
  serviceEntry: string;
  devicesEntry: string;
}

export interface InstallationSource {
  packaged: boolean;
  /** Electron's `app.getAppPath()`: the checkout, or `app.asar`. */
  appPath: string;
  /** Electron's `process.resourcesPath`. */
  resourcesPath: string;
  platform: string;
  arch: string;
  env: NodeJS.ProcessEnv;
}

/** A packaged program ignores the variables that tests use to put other parts in. */
export function locate(source: InstallationSource): Installation {
  const { packaged, appPath, resourcesPath, platform, arch } = source;
  const override = packaged ? {} : source.env;
  const nodeBinary = platform === 'win32' ? 'node.exe' : 'node';
  const nodePackage = `node-${platform === 'win32' ? 'win' : platform}-${arch}`;
  // A plain Node cannot read app.asar, so what it runs lies beside it.
  const nodeSide = packaged ? path.join(resourcesPath, 'node-side') : path.join(appPath, 'out', 'node');
  return {
    renderer: override.YICHUANG_RENDERER_DIR ?? path.join(appPath, 'out', 'renderer'),
    preload: path.join(appPath, 'out', 'preload', 'index.cjs'),
    node: packaged
      ? path.join(resourcesPath, 'node', nodeBinary)
      : path.join(appPath, 'node_modules', nodePackage, 'bin', nodeBinary),
    serviceEntry: override.YICHUANG_SERVICE_ENTRY ?? path.join(nodeSide, 'service.mjs'),
    devicesEntry: path.join(nodeSide, 'devices.mjs'),
  };
}
