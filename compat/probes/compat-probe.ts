import { createProbePlugin } from './probe-plugin.ts';

export default createProbePlugin('compat-probe');
