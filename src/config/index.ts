export { Config, DEFAULT_DATABASE } from './config.js';
export { ConfigFault, loadConfig } from './load-config.js';
export { readSecret } from './secret.js';
export { type ServerAddress, serverAddress } from './server-address.js';
export { type SettingDoc, settingDocs } from './setting.js';
