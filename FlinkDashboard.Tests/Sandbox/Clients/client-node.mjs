// What a Node.js program does with a cluster, told line by line on standard output. Used by ClientNodeTests.
//   node client-node.mjs informer   follows FlinkDeployments; after an error it waits for a line on standard input, then goes on
//   node client-node.mjs calls      list, patches, log follow, exec
import { createInterface } from 'node:readline';
import { PassThrough } from 'node:stream';
import { CoreV1Api, CustomObjectsApi, Exec, KubeConfig, Log, PatchStrategy, makeInformer, setHeaderOptions } from '@kubernetes/client-node';

const say = (...words) => console.log(words.join(' '));
const config = new KubeConfig();
config.loadFromFile(process.env.KUBECONFIG);
const custom = config.makeApiClient(CustomObjectsApi);
const kind = { group: 'flink.apache.org', version: 'v1beta1', namespace: 'default', plural: 'flinkdeployments' };

async function informer() {
  const path = `/apis/${kind.group}/${kind.version}/namespaces/${kind.namespace}/${kind.plural}`;
  const deployments = makeInformer(config, path, () => custom.listNamespacedCustomObject(kind));
  for (const event of ['add', 'update', 'delete'])
    deployments.on(event, (item) => say(event, item.metadata.name));
  deployments.on('connect', () => say('connect'));
  deployments.on('error', (error) => say('error', error.statusCode ?? error.code ?? error.message));
  const commands = createInterface(process.stdin);
  commands.on('line', () => deployments.start());
  commands.on('close', () => process.exit(0));
  await deployments.start();
}

async function patched(strategy, body) {
  try {
    const answer = await custom.patchNamespacedCustomObject({ ...kind, name: 'orders', body }, setHeaderOptions('Content-Type', strategy));
    return `${answer.spec.job.state} ${answer.metadata.generation}`;
  } catch (error) {
    return `refused ${error.code} ${JSON.parse(error.body).reason}`;
  }
}

async function calls() {
  const list = await custom.listNamespacedCustomObject(kind);
  say('list', list.kind, list.items.map((item) => item.metadata.name));
  say('pods', (await config.makeApiClient(CoreV1Api).listNamespacedPod({ namespace: 'default' })).items.map((pod) => pod.metadata.name));
  say('merge', await patched(PatchStrategy.MergePatch, { spec: { job: { state: 'suspended' } } }));
  say('json', await patched(PatchStrategy.JsonPatch, [{ op: 'replace', path: '/spec/job/state', value: 'running' }]));
  say('strategic', await patched(PatchStrategy.StrategicMergePatch, {}));
  const lines = new PassThrough();
  createInterface(lines).on('line', (line) => say('log', line));
  const ended = new Promise((resolve) => lines.on('end', resolve));
  await new Log(config).log('default', 'orders-0', 'main', lines, { follow: true, tailLines: 2 });
  await ended;
  const nowhere = new PassThrough();
  await new Exec(config).exec('default', 'orders-0', 'main', ['ls'], nowhere, nowhere, null, false).then(
    () => say('exec', 'accepted'),
    (error) => say('exec', error.message ?? error.error?.message ?? String(error)),
  );
  process.exit(0);
}

await (process.argv[2] === 'informer' ? informer() : calls());
