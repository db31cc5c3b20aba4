using System.Security.Cryptography;
using System.Text.Json.Nodes;
using FlinkDashboard.Sandbox;
using FlinkDashboard.Sandbox.Protocols.Aws;
using FlinkDashboard.Sandbox.World.Aws;
using FlinkDashboard.Sandbox.World.Flink;

namespace FlinkDashboard.Tests.Sandbox.Clients;

/// <summary>What one does with <c>aws s3</c> and <c>aws s3api</c>, done on the sandbox.</summary>
public class AwsCliS3Tests : IAsyncLifetime
{
    private const string Bucket = AwsAccount.Bucket;
    private SandboxCluster _cluster = null!;
    private AwsCli _aws = null!;

    public async Task InitializeAsync()
    {
        _cluster = await SandboxCluster.StartAsync(new SandboxOptions { World = "empty", Speed = 0 });
        _aws = new AwsCli(_cluster);
    }

    public async Task DisposeAsync()
    {
        _aws.Dispose();
        await _cluster.DisposeAsync();
    }

    [AwsCliFact]
    public async Task Copy_OfALargeFile_GoesThereAndBack()
    {
        var (there, back) = (_aws.PathOf("there"), _aws.PathOf("back"));
        await using (var file = File.Create(there))
        await using (var content = new GeneratedContent("large", 200_000_003, []))
            await content.CopyToAsync(file);
        Assert.Contains("upload:", await _aws.RunAsync("s3", "cp", there, $"s3://{Bucket}/jobs/large.jar", "--no-progress"), StringComparison.Ordinal);
        var head = JsonNode.Parse(await _aws.RunAsync("s3api", "head-object", "--bucket", Bucket, "--key", "jobs/large.jar"))!;
        Assert.Equal(200_000_003, (long)head["ContentLength"]!);
        Assert.EndsWith("-24\"", (string)head["ETag"]!, StringComparison.Ordinal);
        await _aws.RunAsync("s3", "cp", $"s3://{Bucket}/jobs/large.jar", back, "--no-progress");
        Assert.Equal(await HashAsync(there), await HashAsync(back));
        Assert.Contains("200000003 large.jar", await _aws.RunAsync("s3", "ls", $"s3://{Bucket}/jobs/"), StringComparison.Ordinal);
        Assert.Equal(200_000_003, _cluster.World.Buckets.Uploaded);
    }

    [AwsCliFact]
    public async Task Listing_OfFoldersAndPages_IsComplete()
    {
        for (var i = 0; i < 2_500; i++)
            _cluster.World.Buckets.Put(Bucket, new StoredObject($"logs/pod-{i:d4}/STDOUT.gz", 0, "d41d8cd98f00b204e9800998ecf8427e", _cluster.World.Now, () => Stream.Null));
        _cluster.World.Flink.Storage.Add("team", new StoredState($"s3://{Bucket}/a/orders/savepoints/savepoint-1", 5, true, 3_000_000, "job", _cluster.World.Now));
        Assert.Contains(Bucket, await _aws.RunAsync("s3", "ls"), StringComparison.Ordinal);
        Assert.Contains("PRE logs/", await _aws.RunAsync("s3", "ls", $"s3://{Bucket}"), StringComparison.Ordinal);
        Assert.Equal(2_501, (await _aws.RunAsync("s3", "ls", $"s3://{Bucket}/logs/", "--recursive")).Split('\n', StringSplitOptions.RemoveEmptyEntries).Length);
        Assert.Contains("Total Size: 3000000", await _aws.RunAsync("s3", "ls", $"s3://{Bucket}/a/", "--recursive", "--summarize"), StringComparison.Ordinal);
        var page = JsonNode.Parse(await _aws.RunAsync("s3api", "list-objects-v2", "--bucket", Bucket, "--prefix", "logs/", "--delimiter", "/", "--max-items", "3"))!;
        Assert.Equal("logs/pod-0001/", (string?)page["CommonPrefixes"]![1]!["Prefix"]);
        var next = JsonNode.Parse(await _aws.RunAsync("s3api", "list-objects-v2", "--bucket", Bucket, "--prefix", "logs/pod-24", "--page-size", "7", "--fetch-owner", "--start-after", "logs/pod-2450"))!;
        Assert.Equal("logs/pod-2450/STDOUT.gz", (string?)next["Contents"]![0]!["Key"]);
        Assert.Equal(50, next["Contents"]!.AsArray().Count);
        Assert.Contains(Bucket, await _aws.RunAsync("s3api", "list-buckets"), StringComparison.Ordinal);
        Assert.Contains("us-west-2", await _aws.RunAsync("s3api", "get-bucket-location", "--bucket", Bucket), StringComparison.Ordinal);
        await _aws.RunAsync("s3api", "head-bucket", "--bucket", Bucket);
        Assert.Equal(9, _aws.Invocations);
    }

    [AwsCliFact]
    public async Task Objects_WithRangesAndConditions_AreServed()
    {
        var file = _aws.PathOf("small");
        await File.WriteAllTextAsync(file, "0123456789");
        var put = JsonNode.Parse(await _aws.RunAsync("s3api", "put-object", "--bucket", Bucket, "--key", "a b+ü.txt", "--body", file, "--checksum-algorithm", "SHA256", "--metadata", "team=a", "--content-type", "text/plain"))!;
        Assert.Equal("\"781e5e245d69b566979b86e28d23f2c7\"", (string?)put["ETag"]);
        var get = JsonNode.Parse(await _aws.RunAsync("s3api", "get-object", "--bucket", Bucket, "--key", "a b+ü.txt", "--range", "bytes=2-4", _aws.PathOf("part")))!;
        Assert.Equal(("bytes 2-4/10", "a", "text/plain"), ((string?)get["ContentRange"], (string?)get["Metadata"]!["team"], (string?)get["ContentType"]));
        Assert.Equal("234", await File.ReadAllTextAsync(_aws.PathOf("part")));
        Assert.Equal("0123456789", await _aws.RunAsync("s3", "cp", $"s3://{Bucket}/a b+ü.txt", "-"));
        Assert.Contains("(InvalidRange)", await _aws.FailAsync("s3api", "get-object", "--bucket", Bucket, "--key", "a b+ü.txt", "--range", "bytes=10-", _aws.PathOf("part")), StringComparison.Ordinal);
        Assert.Contains("(304)", await _aws.FailAsync("s3api", "get-object", "--bucket", Bucket, "--key", "a b+ü.txt", "--if-none-match", (string)put["ETag"]!, _aws.PathOf("part")), StringComparison.Ordinal);
        Assert.Contains("(PreconditionFailed)", await _aws.FailAsync("s3api", "get-object", "--bucket", Bucket, "--key", "a b+ü.txt", "--if-match", "other", _aws.PathOf("part")), StringComparison.Ordinal);
        Assert.Contains("(NoSuchKey)", await _aws.FailAsync("s3api", "get-object", "--bucket", Bucket, "--key", "none", _aws.PathOf("part")), StringComparison.Ordinal);
        Assert.Contains("(404)", await _aws.FailAsync("s3api", "head-object", "--bucket", Bucket, "--key", "none"), StringComparison.Ordinal);
        Assert.Contains("(NoSuchBucket)", await _aws.FailAsync("s3api", "list-objects-v2", "--bucket", "no-such-bucket"), StringComparison.Ordinal);
        Assert.Contains("move:", await _aws.RunAsync("s3", "mv", $"s3://{Bucket}/a b+ü.txt", $"s3://{Bucket}/moved/b.txt"), StringComparison.Ordinal);
        Assert.Equal(("a", null), (_cluster.World.Buckets.Find(Bucket, "moved/b.txt")!.Metadata["team"], _cluster.World.Buckets.Find(Bucket, "a b+ü.txt")));
        Assert.Contains("\"moved/b.txt\"", await _aws.RunAsync("s3api", "delete-objects", "--bucket", Bucket, "--delete", "Objects=[{Key=moved/b.txt},{Key=none}]"), StringComparison.Ordinal);
        Assert.Equal(0, _cluster.World.Buckets.Uploaded);
    }

    [AwsCliFact]
    public async Task MultipartUpload_ByHand_CanBeListedCompletedAndAborted()
    {
        var (first, second) = (_aws.PathOf("first"), _aws.PathOf("second"));
        await File.WriteAllBytesAsync(first, new byte[5 << 20]);
        await File.WriteAllTextAsync(second, "end");
        string[] target = ["--bucket", Bucket, "--key", "jobs/parts.jar"];
        var id = (string)JsonNode.Parse(await _aws.RunAsync(["s3api", "create-multipart-upload", .. target]))!["UploadId"]!;
        string[] upload = [.. target, "--upload-id", id];
        var one = (string)JsonNode.Parse(await _aws.RunAsync(["s3api", "upload-part", .. upload, "--part-number", "1", "--body", first]))!["ETag"]!;
        var two = (string)JsonNode.Parse(await _aws.RunAsync(["s3api", "upload-part", .. upload, "--part-number", "2", "--body", second]))!["ETag"]!;
        Assert.Equal(2, JsonNode.Parse(await _aws.RunAsync(["s3api", "list-parts", .. upload]))!["Parts"]!.AsArray().Count);
        Assert.Contains(id, await _aws.RunAsync("s3api", "list-multipart-uploads", "--bucket", Bucket), StringComparison.Ordinal);
        string Parts(params (int Number, string Tag)[] parts) => new JsonObject { ["Parts"] = new JsonArray([.. parts.Select(p => (JsonNode)new JsonObject { ["PartNumber"] = p.Number, ["ETag"] = p.Tag })]) }.ToJsonString();
        Assert.Contains("(InvalidPart)", await _aws.FailAsync(["s3api", "complete-multipart-upload", .. upload, "--multipart-upload", Parts((1, one), (2, one))]), StringComparison.Ordinal);
        Assert.Contains("-2", await _aws.RunAsync(["s3api", "complete-multipart-upload", .. upload, "--multipart-upload", Parts((1, one), (2, two))]), StringComparison.Ordinal);
        Assert.Equal((5 << 20) + 3, _cluster.World.Buckets.Find(Bucket, "jobs/parts.jar")!.Size);
        var other = (string)JsonNode.Parse(await _aws.RunAsync(["s3api", "create-multipart-upload", .. target]))!["UploadId"]!;
        await _aws.RunAsync(["s3api", "upload-part", .. target, "--upload-id", other, "--part-number", "1", "--body", second]);
        await _aws.RunAsync(["s3api", "abort-multipart-upload", .. target, "--upload-id", other]);
        Assert.Contains("(NoSuchUpload)", await _aws.FailAsync(["s3api", "list-parts", .. target, "--upload-id", other]), StringComparison.Ordinal);
        Assert.Equal((5 << 20) + 3, _cluster.World.Buckets.Uploaded);
    }

    [AwsCliFact]
    public async Task Credentials_Wrong_AreRefused()
    {
        string[] list = ["s3api", "list-objects-v2", "--bucket", Bucket];
        _aws.Region = "us-east-1";
        Assert.Contains("logs/", await _aws.RunAsync(list), StringComparison.Ordinal); // told the right region, it asks again there
        _aws.Region = AwsAccount.Region;
        _aws.Key = AwsKey.Outsider;
        Assert.Contains("(AccessDenied)", await _aws.FailAsync(list), StringComparison.Ordinal);
        _aws.Key = AwsKey.Admin with { Secret = "wrong" };
        Assert.Contains("(SignatureDoesNotMatch)", await _aws.FailAsync(list), StringComparison.Ordinal);
        _aws.Key = AwsKey.Admin with { Id = "AKIANOBODY" };
        Assert.Contains("(InvalidAccessKeyId)", await _aws.FailAsync(list), StringComparison.Ordinal);
        _aws.Key = AwsKey.Admin;
        _cluster.S3Faults.ThrottleNext(1);
        Assert.Contains("logs/", await _aws.RunAsync(list), StringComparison.Ordinal); // tries again
        _cluster.S3Faults.ThrottleNext(9);
        Assert.Contains("(SlowDown)", await _aws.FailAsync(list), StringComparison.Ordinal);
    }

    private static async Task<string> HashAsync(string path)
    {
        await using var file = File.OpenRead(path);
        return Convert.ToHexString(await SHA256.HashDataAsync(file));
    }
}
