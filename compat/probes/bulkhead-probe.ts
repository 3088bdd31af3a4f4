import { createProbePlugin } from './probe-plugin.ts';

export default createProbePlugin('bulkhead-probe');
