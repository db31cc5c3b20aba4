// What a Node.js program does with the AWS SDK, told as one JSON document per line on standard output. Used by AwsSdkTests.
//   node aws-sdk.mjs MODE   with ENDPOINT, GROUP, BUCKET, REGION, KEY_ID and SECRET in the environment
import { createInterface } from 'node:readline';
import * as logs from '@aws-sdk/client-cloudwatch-logs';
import * as s3 from '@aws-sdk/client-s3';

const { ENDPOINT: endpoint, GROUP: logGroupName, BUCKET: Bucket, REGION: region, KEY_ID: accessKeyId, SECRET: secretAccessKey } = process.env;
const settings = (more) => ({ endpoint, region, credentials: { accessKeyId, secretAccessKey }, maxAttempts: 3, ...more });
const say = (document) => console.log(JSON.stringify(document));
const arn = `arn:aws:logs:us-west-2:111122223333:log-group:${logGroupName}`;

async function attempt(client, command) {
  try {
    const { $metadata, ...answer } = await client.send(command);
    return { ...answer, attempts: $metadata.attempts };
  } catch (error) {
    return { error: error.name, status: error.$metadata?.httpStatusCode, attempts: error.$metadata?.attempts, message: error.message, queryCompileError: error.queryCompileError };
  }
}

async function tail(client) {
  const input = { logGroupIdentifiers: [arn], logStreamNamePrefixes: ['orders/'], logEventFilterPattern: '?ERROR ?WARN' };
  const { responseStream } = await client.send(new logs.StartLiveTailCommand(input));
  const commands = createInterface(process.stdin);
  commands.on('close', () => process.exit(0));
  try {
    for await (const event of responseStream)
      say(event);
  } catch (error) {
    say({ error: error.name, message: error.message });
  }
  say({ end: true });
  process.exit(0);
}

async function insights(client) {
  const now = Math.floor(Date.now() / 1000);
  const times = { logGroupName, startTime: now - 3600, endTime: now + 3600 };
  const { queryId } = await client.send(new logs.StartQueryCommand({ ...times, queryString: "filter @message like 'ERROR' | parse @message '* line *' as level, number | sort number desc | limit 2" }));
  const seen = [];
  let results;
  do {
    results = await client.send(new logs.GetQueryResultsCommand({ queryId }));
    seen.push(results.status);
  } while (results.status === 'Scheduled' || results.status === 'Running');
  say({ seen: [...new Set(seen)], rows: results.results.map((row) => row.filter((c) => c.field !== '@ptr').map((c) => c.value)), statistics: results.statistics });
  const pointer = results.results[0].find((c) => c.field === '@ptr').value;
  say(await attempt(client, new logs.GetLogRecordCommand({ logRecordPointer: pointer })));
  say(await attempt(client, new logs.DescribeQueriesCommand({ status: 'Complete' })));
  say(await attempt(client, new logs.StopQueryCommand({ queryId })));
  say(await attempt(client, new logs.GetLogGroupFieldsCommand({ logGroupName })));
  say(await attempt(client, new logs.StartQueryCommand({ ...times, queryString: 'fields @timestamp | filtr a' })));
}

async function pages(client) {
  const [found, counts] = [[], { pages: 0, empty: 0 }];
  for await (const page of logs.paginateFilterLogEvents({ client }, { logGroupName, filterPattern: '"line 05000"' })) {
    counts.pages++;
    counts.empty += page.events.length === 0 ? 1 : 0;
    found.push(...page.events.map((e) => e.message));
  }
  say({ found, ...counts });
  const groups = [];
  for await (const page of logs.paginateDescribeLogGroups({ client, pageSize: 1 }, {}))
    groups.push(...page.logGroups.map((g) => g.logGroupName));
  say({ groups });
  const streams = [];
  for await (const page of logs.paginateDescribeLogStreams({ client, pageSize: 1 }, { logGroupName }))
    streams.push(...page.logStreams.map((s) => s.logStreamName));
  say({ streams });
  const read = await client.send(new logs.GetLogEventsCommand({ logGroupName, logStreamName: streams[0], startFromHead: true, limit: 2 }));
  say({ read: read.events.map((e) => e.message) });
}

async function filter(client) {
  say(await attempt(client, new logs.FilterLogEventsCommand({ logGroupName, filterPattern: 'ERROR' })));
}

async function objects(client) {
  say(await attempt(client, new s3.PutObjectCommand({ Bucket, Key: 'sdk/a b+ü.txt', Body: 'content', ContentType: 'text/plain' })));
  const { Body, ContentType } = await client.send(new s3.GetObjectCommand({ Bucket, Key: 'sdk/a b+ü.txt' }));
  say({ text: await Body.transformToString(), ContentType });
  const { UploadId } = await client.send(new s3.CreateMultipartUploadCommand({ Bucket, Key: 'sdk/parts' }));
  const Parts = [];
  for (const [i, part] of [Buffer.alloc(5 << 20, 'x'), Buffer.from('end')].entries()) {
    const { ETag } = await client.send(new s3.UploadPartCommand({ Bucket, Key: 'sdk/parts', UploadId, PartNumber: i + 1, Body: part }));
    Parts.push({ PartNumber: i + 1, ETag });
  }
  say(await attempt(client, new s3.CompleteMultipartUploadCommand({ Bucket, Key: 'sdk/parts', UploadId, MultipartUpload: { Parts } })));
  say(await attempt(client, new s3.HeadObjectCommand({ Bucket, Key: 'sdk/parts' })));
  const keys = [];
  for await (const page of s3.paginateListObjectsV2({ client, pageSize: 1 }, { Bucket, Prefix: 'sdk/' }))
    keys.push(...page.Contents.map((o) => `${o.Key} ${o.Size}`));
  say({ keys });
  say(await attempt(client, new s3.GetObjectCommand({ Bucket, Key: 'sdk/none' })));
  say(await attempt(client, new s3.CopyObjectCommand({ Bucket, Key: 'sdk/copy', CopySource: `${Bucket}/${encodeURIComponent('sdk/a b+ü.txt')}` })));
  say(await attempt(client, new s3.PutObjectCommand({ Bucket, Key: 'sdk/copy', Body: 'x', IfNoneMatch: '*' })));
  say(await attempt(client, new s3.DeleteObjectsCommand({ Bucket, Delete: { Objects: [{ Key: 'sdk/copy' }, { Key: 'sdk/parts' }] } })));
}

const modes = { tail, insights, pages, filter, objects };
const mode = process.argv[2];
await modes[mode](mode === 'objects' ? new s3.S3Client(settings({ forcePathStyle: true })) : new logs.CloudWatchLogsClient(settings({ disableHostPrefix: true })));
