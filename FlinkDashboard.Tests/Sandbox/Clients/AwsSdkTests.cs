using System.Diagnostics;
using System.Text.Json.Nodes;
using FlinkDashboard.Sandbox;
using FlinkDashboard.Sandbox.Protocols.Aws;
using FlinkDashboard.Sandbox.World.Aws;
using FlinkDashboard.Tests.Sandbox.Aws;

namespace FlinkDashboard.Tests.Sandbox.Clients;

/// <summary>A fact about the AWS SDK for JavaScript; skipped where it is not installed.</summary>
public sealed class AwsSdkFactAttribute : FactAttribute
{
    public AwsSdkFactAttribute() => Skip = !Directory.Exists(Path.Combine(ClientNodeFactAttribute.Folder, "node_modules", "@aws-sdk"))
        ? "The AWS SDK for JavaScript is not installed: npm ci --prefix FlinkDashboard.Tests/Sandbox/Clients." : null;
}

/// <summary>What a program does with the AWS SDK for JavaScript, done on the sandbox.</summary>
public class AwsSdkTests : IAsyncLifetime
{
    private SandboxCluster _cluster = null!;
    private string _pod = "";

    public async Task InitializeAsync()
    {
        _cluster = await SandboxCluster.StartAsync(new SandboxOptions { World = "empty", Speed = 0 });
        _cluster.LogsQuotas.AreCounted = false;
        _pod = MonitoredPod.Add(_cluster.World, "orders", "orders-1", null);
        MonitoredPod.Write(_cluster.World, _pod, string.Join('\n', Enumerable.Range(0, 9_000).Select(i => $"{(i % 1000 == 0 ? "ERROR" : "INFO")} line {i:d5}")));
        MonitoredPod.Write(_cluster.World, MonitoredPod.Add(_cluster.World, "orders", "orders-taskmanager-1-1", null), "WARN slow");
    }

    public async Task DisposeAsync() => await _cluster.DisposeAsync();

    [AwsSdkFact]
    public async Task LiveTail_IsReadForSeconds_AndEndsAsTheServiceEndsIt()
    {
        using var client = Start("tail");
        var start = (await LineAsync(client))["sessionStart"]!;
        Assert.Equal("orders/", (string?)start["logStreamNamePrefixes"]![0]);
        var (updates, found) = (0, new List<string>());
        while (updates < 5 || found.Count < 5)
        {
            if (updates < 5)
                MonitoredPod.Write(_cluster.World, _pod, $"INFO {updates}\nERROR {updates}");
            var update = (await LineAsync(client))["sessionUpdate"]!;
            Assert.False((bool)update["sessionMetadata"]!["sampled"]!);
            found.AddRange(update["sessionResults"]!.AsArray().Select(e => (string)e!["message"]!));
            updates++;
        }
        Assert.Equal(["ERROR 0", "ERROR 1", "ERROR 2", "ERROR 3", "ERROR 4"], found);
        Assert.Equal(1, _cluster.LiveTailFaults.Open);
        _cluster.LiveTailFaults.ExpireSessions();
        var last = await LineAsync(client);
        while (last["sessionUpdate"] is not null)
            last = await LineAsync(client);
        Assert.Contains("SessionTimeoutException", last.ToJsonString(), StringComparison.Ordinal);
        await client.WaitForExitAsync();
    }

    [AwsSdkFact]
    public async Task LiveTail_WithABrokenChecksum_IsNotBelieved()
    {
        using var client = Start("tail");
        await LineAsync(client);
        _cluster.LiveTailFaults.CorruptNext(1);
        var last = await LineAsync(client);
        while (last["sessionUpdate"] is not null)
            last = await LineAsync(client);
        Assert.Contains("checksum", (string?)last["message"], StringComparison.OrdinalIgnoreCase);
    }

    [AwsSdkFact]
    public async Task Insights_QueriesAreRunAndTold()
    {
        using var client = Start("insights");
        var results = await LineAsync(client);
        Assert.Equal("Complete", (string?)results["seen"]!.AsArray()[^1]);
        Assert.Contains("Running", results["seen"]!.AsArray().Select(s => (string?)s));
        Assert.Equal(("ERROR", "08000", "07000"), ((string?)results["rows"]![0]![2], (string?)results["rows"]![0]![3], (string?)results["rows"]![1]![3]));
        Assert.Equal((9.0, 9_001.0), ((double)results["statistics"]!["recordsMatched"]!, (double)results["statistics"]!["recordsScanned"]!));
        Assert.Equal("ERROR line 08000", (string?)(await LineAsync(client))["logRecord"]!["@message"]);
        Assert.Single((await LineAsync(client))["queries"]!.AsArray());
        Assert.Equal("400 InvalidParameterException", Failure(await LineAsync(client)));
        Assert.Contains((await LineAsync(client))["logGroupFields"]!.AsArray(), f => (string?)f!["name"] == "@message" && (int)f["percent"]! == 100);
        var malformed = await LineAsync(client);
        Assert.Equal(("400 MalformedQueryException", 20), (Failure(malformed), (int)malformed["queryCompileError"]!["location"]!["startCharOffset"]!));
    }

    [AwsSdkFact]
    public async Task Paginators_GoOnOverEmptyPages()
    {
        using var client = Start("pages");
        var found = await LineAsync(client);
        Assert.Equal("ERROR line 05000", (string?)found["found"]!.AsArray().Single());
        Assert.Equal((5, 4), ((int)found["pages"]!, (int)found["empty"]!));
        Assert.Equal([AwsAccount.LogGroup], (await LineAsync(client))["groups"]!.AsArray().Select(g => (string)g!));
        Assert.Equal(["orders/orders-1/STDOUT", "orders/orders-taskmanager-1-1/STDOUT"], (await LineAsync(client))["streams"]!.AsArray().Select(g => (string)g!));
        Assert.Equal(["ERROR line 00000", "INFO line 00001"], (await LineAsync(client))["read"]!.AsArray().Select(g => (string)g!));
    }

    [AwsSdkFact]
    public async Task Throttling_IsTriedAgain()
    {
        _cluster.LogsFaults.ThrottleNext(2);
        var answer = await FilterAsync(AwsKey.Admin, AwsAccount.Region);
        Assert.Equal(("ERROR line 00000", 3), ((string?)answer["events"]![0]!["message"], (int)answer["attempts"]!));
        Assert.False(_cluster.LogsFaults.TakeThrottle());
        _cluster.LogsFaults.ThrottleNext(9);
        var refused = await FilterAsync(AwsKey.Admin, AwsAccount.Region);
        Assert.Equal(("400 ThrottlingException", "Rate exceeded", 3), (Failure(refused), (string?)refused["message"], (int)refused["attempts"]!));
        Assert.Equal(6, Enumerable.Range(0, 9).Count(_ => _cluster.LogsFaults.TakeThrottle()));
    }

    [AwsSdkFact]
    public async Task Refusals_AreNamed()
    {
        Assert.Equal("403 InvalidSignatureException", Failure(await FilterAsync(AwsKey.Admin with { Secret = "wrong" }, AwsAccount.Region)));
        var elsewhere = await FilterAsync(AwsKey.Admin, "us-east-1");
        Assert.Equal("403 InvalidSignatureException", Failure(elsewhere));
        Assert.Contains("us-east-1", (string?)elsewhere["message"], StringComparison.Ordinal);
        Assert.Equal("403 UnrecognizedClientException", Failure(await FilterAsync(AwsKey.Admin with { Id = "AKIANOBODY" }, AwsAccount.Region)));
        Assert.Equal("400 AccessDeniedException", Failure(await FilterAsync(AwsKey.Outsider, AwsAccount.Region)));
        Assert.Equal("400 ResourceNotFoundException", Failure(await FilterAsync(AwsKey.Admin, AwsAccount.Region, "none")));
    }

    [AwsSdkFact]
    public async Task S3_ObjectsArePutReadListedAndUploadedInParts()
    {
        using var client = Start("objects");
        Assert.Equal("\"9a0364b9e99bb480dd25e1f0284c8555\"", (string?)(await LineAsync(client))["ETag"]);
        Assert.Equal("""{"text":"content","ContentType":"text/plain"}""", (await LineAsync(client)).ToJsonString());
        Assert.EndsWith("-2\"", (string?)(await LineAsync(client))["ETag"], StringComparison.Ordinal);
        Assert.Equal((5 << 20) + 3, (long)(await LineAsync(client))["ContentLength"]!);
        Assert.Equal(["sdk/a b+ü.txt 7", $"sdk/parts {(5 << 20) + 3}"], (await LineAsync(client))["keys"]!.AsArray().Select(k => (string)k!));
        Assert.Equal("404 NoSuchKey", Failure(await LineAsync(client)));
        Assert.Equal("\"9a0364b9e99bb480dd25e1f0284c8555\"", (string?)(await LineAsync(client))["CopyObjectResult"]!["ETag"]);
        Assert.Equal("412 PreconditionFailed", Failure(await LineAsync(client)));
        Assert.Equal(["sdk/copy", "sdk/parts"], (await LineAsync(client))["Deleted"]!.AsArray().Select(d => (string?)d!["Key"]));
        Assert.Equal(7, _cluster.World.Buckets.Uploaded);
    }

    private async Task<JsonNode> FilterAsync(AwsKey key, string region, string group = AwsAccount.LogGroup)
    {
        using var client = Start("filter", key, region, group);
        return await LineAsync(client);
    }

    private Process Start(string mode, AwsKey? key = null, string region = AwsAccount.Region, string group = AwsAccount.LogGroup)
    {
        var start = new ProcessStartInfo("node", ["aws-sdk.mjs", mode]) { WorkingDirectory = ClientNodeFactAttribute.Folder, RedirectStandardInput = true, RedirectStandardOutput = true };
        foreach (var name in start.Environment.Keys.Where(k => k.StartsWith("AWS_", StringComparison.Ordinal)).ToList())
            start.Environment.Remove(name);
        var address = mode == "objects" ? _cluster.S3Address : _cluster.LogsAddress;
        key ??= AwsKey.Admin;
        foreach (var (name, value) in new[] { ("ENDPOINT", address.ToString().TrimEnd('/')), ("GROUP", group), ("BUCKET", AwsAccount.Bucket), ("REGION", region), ("KEY_ID", key.Id), ("SECRET", key.Secret), ("NODE_NO_WARNINGS", "1") })
            start.Environment[name] = value;
        return Process.Start(start)!;
    }

    private static string Failure(JsonNode answer) => $"{answer["status"]} {answer["error"]}";

    private static async Task<JsonNode> LineAsync(Process client)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        return JsonNode.Parse(await client.StandardOutput.ReadLineAsync(patience.Token) ?? throw new EndOfStreamException("the client has ended"))!;
    }
}
