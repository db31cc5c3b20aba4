using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Xml.Linq;
using FlinkDashboard.Sandbox;
using FlinkDashboard.Sandbox.Protocols.Aws;
using FlinkDashboard.Sandbox.World.Aws;
using FlinkDashboard.Sandbox.World.Flink;
using FlinkDashboard.Tests.Sandbox.Aws;

namespace FlinkDashboard.Tests.Sandbox.S3;

/// <summary>Copies, deletions, conditional writes and checksums of the sandbox's S3, on the wire.</summary>
public class S3ChangesTests : IAsyncLifetime
{
    private const string Bucket = "/" + AwsAccount.Bucket;
    private static readonly byte[] Digits = "123456789"u8.ToArray();
    private SandboxCluster _cluster = null!;
    private AwsClient _client = null!;

    public async Task InitializeAsync()
    {
        _cluster = await SandboxCluster.StartAsync(new SandboxOptions { World = "empty", Speed = 0 });
        _client = new AwsClient(_cluster.S3Address, "s3");
    }

    public async Task DisposeAsync()
    {
        _client.Dispose();
        await _cluster.DisposeAsync();
    }

    [Fact]
    public async Task Copy_TakesContentAndDescription_OrANewOne()
    {
        Assert.Equal("200", await SendAsync("PUT", "/a%20b", Digits, ("x-amz-meta-team", "a")));
        Assert.Equal("200", await SendAsync("PUT", "/copy", null, ("x-amz-copy-source", Bucket + "/a%20b")));
        Assert.Equal("200", await SendAsync("PUT", "/other", null, ("x-amz-copy-source", Bucket[1..] + "/a%20b"), ("x-amz-metadata-directive", "REPLACE"), ("x-amz-meta-team", "b")));
        var (copy, other) = (Found("copy"), Found("other"));
        Assert.Equal((Found("a b").ETag, "a", "b"), (copy.ETag, copy.Metadata["team"], other.Metadata["team"]));
        Assert.Equal(27, _cluster.World.Buckets.Uploaded);
        Assert.Equal("400 InvalidRequest", await SendAsync("PUT", "/copy", null, ("x-amz-copy-source", Bucket + "/copy")));
        Assert.Equal("404 NoSuchKey", await SendAsync("PUT", "/copy", null, ("x-amz-copy-source", Bucket + "/none")));
        Assert.Equal("404 NoSuchBucket", await SendAsync("PUT", "/copy", null, ("x-amz-copy-source", "/none/x")));
        Assert.Equal("412 PreconditionFailed", await SendAsync("PUT", "/copy", null, ("x-amz-copy-source", Bucket + "/other"), ("x-amz-copy-source-if-match", "\"no\"")));
        Assert.Equal("412 PreconditionFailed", await SendAsync("PUT", "/copy", null, ("x-amz-copy-source", Bucket + "/other"), ("x-amz-copy-source-if-none-match", $"\"{other.ETag}\"")));
        Assert.Equal("501 NotImplemented", await SendAsync("PUT", "/copy", null, ("x-amz-copy-source", Bucket + "/other?versionId=3")));
    }

    [Fact]
    public async Task Copy_OfALargeState_InParts_IsTheSameContent()
    {
        const int Half = 6 << 20;
        _cluster.World.Flink.Storage.Add("team", new StoredState("s3://state/savepoints/savepoint-1", 5, true, 2 * Half, "job", _cluster.World.Now));
        var source = _cluster.World.Buckets.List("state", "").MaxBy(o => o.Size)!;
        using var begun = await _client.SendAsync("POST", Bucket + "/moved", "uploads=");
        var id = XElement.Parse(await begun.Content.ReadAsStringAsync()).Elements().Single(e => e.Name.LocalName == "UploadId").Value;
        var parts = new StringBuilder("<CompleteMultipartUpload>");
        foreach (var (number, range) in new[] { (1, $"bytes=0-{Half - 1}"), (2, $"bytes={Half}-{source.Size - 1}") })
        {
            using var part = await _client.SendAsync("PUT", Bucket + "/moved", $"partNumber={number}&uploadId={id}", null, r =>
            {
                r.Headers.Add("x-amz-copy-source", "/state/" + source.Key);
                r.Headers.Add("x-amz-copy-source-range", range);
            });
            parts.Append($"<Part><PartNumber>{number}</PartNumber><ETag>{XElement.Parse(await part.Content.ReadAsStringAsync()).Elements().Single(e => e.Name.LocalName == "ETag").Value}</ETag></Part>");
        }
        using var done = await _client.SendAsync("POST", Bucket + "/moved", $"uploadId={id}", Encoding.UTF8.GetBytes(parts + "</CompleteMultipartUpload>"));
        Assert.Equal(HttpStatusCode.OK, done.StatusCode);
        Assert.Equal(Hash(source), Hash(Found("moved")));
    }

    [Fact]
    public async Task Deleted_IsGone_AlsoForFlink()
    {
        _cluster.World.Flink.Storage.Add("team", new StoredState("s3://state/savepoints/savepoint-1", 5, true, 3_000_000, "job", _cluster.World.Now));
        var pod = MonitoredPod.Add(_cluster.World, "orders", "orders-1", $"s3://{AwsAccount.Bucket}/logs");
        MonitoredPod.Write(_cluster.World, pod, "one");
        await SendAsync("PUT", "/x", Digits);
        Assert.Equal(("204", "204", "204"), (await SendAsync("DELETE", "/x"), await SendAsync("DELETE", "/none"), await SendAsync("DELETE", "/logs/orders-1/STDOUT.gz")));
        Assert.Equal((0L, "404 NoSuchKey"), (_cluster.World.Buckets.Uploaded, await SendAsync("GET", "/logs/orders-1/STDOUT.gz")));
        // The container writes on, and its log is shipped again.
        _cluster.World.Clock.Advance(TimeSpan.FromSeconds(1));
        MonitoredPod.Write(_cluster.World, pod, "two");
        Assert.Equal("200", await SendAsync("GET", "/logs/orders-1/STDOUT.gz"));
        using var rest = await _client.SendAsync("DELETE", "/state/savepoints/savepoint-1/_metadata");
        Assert.Equal(HttpStatusCode.NoContent, rest.StatusCode);
        Assert.False(_cluster.World.Flink.Storage.Exists("team", "s3://state/savepoints/savepoint-1"));
        Assert.Empty(_cluster.World.Buckets.List("state", ""));
        Assert.Contains("state", _cluster.World.Buckets.Names);
        _client.Key = AwsKey.Reader;
        Assert.Equal("403 AccessDenied", await SendAsync("DELETE", "/x"));
    }

    [Fact]
    public async Task DeleteMany_AnswersKeyByKey()
    {
        foreach (var key in new[] { "/a", "/b", "/c" })
            await SendAsync("PUT", key, Digits);
        Assert.Equal("Deleted a,Deleted none", await DeleteAsync("<Object><Key>a</Key></Object><Object><Key>none</Key></Object>"));
        Assert.Equal("", await DeleteAsync("<Quiet>true</Quiet><Object><Key>b</Key></Object>"));
        Assert.Equal(["c"], _cluster.World.Buckets.List(AwsAccount.Bucket, "").Where(o => o.Size > 0).Select(o => o.Key));
        Assert.Equal("400 MalformedXML", await DeleteAsync(""));
        Assert.Equal("400 MalformedXML", await DeleteAsync(string.Concat(Enumerable.Repeat("<Object><Key>a</Key></Object>", 1_001))));
        Assert.Equal("400 InvalidRequest", await DeleteAsync("<Object><Key>c</Key></Object>", _ => null));
        Assert.Equal("400 BadDigest", await DeleteAsync("<Object><Key>c</Key></Object>", _ => Convert.ToBase64String(new byte[16])));
        _client.Key = AwsKey.Reader;
        Assert.Equal("Error cAccessDeniedAccess Denied", await DeleteAsync("<Quiet>true</Quiet><Object><Key>c</Key></Object>"));
        Assert.NotNull(_cluster.World.Buckets.Find(AwsAccount.Bucket, "c"));
    }

    [Fact]
    public async Task Writes_UnderConditions_LeaveWhatIsThere()
    {
        Assert.Equal("404 NoSuchKey", await SendAsync("PUT", "/x", Digits, ("If-Match", "\"any\"")));
        Assert.Equal("200", await SendAsync("PUT", "/x", Digits, ("If-None-Match", "*")));
        Assert.Equal("412 PreconditionFailed", await SendAsync("PUT", "/x", [1], ("If-None-Match", "*")));
        Assert.Equal("412 PreconditionFailed", await SendAsync("PUT", "/x", [1], ("If-Match", "\"any\"")));
        Assert.Equal("501 NotImplemented", await SendAsync("PUT", "/x", [1], ("If-None-Match", "\"any\"")));
        using var begun = await _client.SendAsync("POST", Bucket + "/x", "uploads=");
        var id = XElement.Parse(await begun.Content.ReadAsStringAsync()).Elements().Single(e => e.Name.LocalName == "UploadId").Value;
        using var part = await _client.SendAsync("PUT", Bucket + "/x", $"partNumber=1&uploadId={id}", [1]);
        var document = Encoding.UTF8.GetBytes($"<CompleteMultipartUpload><Part><PartNumber>1</PartNumber><ETag>{part.Headers.ETag}</ETag></Part></CompleteMultipartUpload>");
        using var late = await _client.SendAsync("POST", Bucket + "/x", $"uploadId={id}", document, r => r.Headers.TryAddWithoutValidation("If-None-Match", "*"));
        Assert.Equal(HttpStatusCode.PreconditionFailed, late.StatusCode);
        Assert.Equal(9, Found("x").Size);
        Assert.Equal("200", await SendAsync("PUT", "/x", [1], ("If-Match", $"\"{Found("x").ETag}\"")));
    }

    [Theory]
    [InlineData("crc32", "y/Q5Jg==")]
    [InlineData("crc32c", "4waSgw==")]
    [InlineData("crc64nvme", "rosUhgp5mIg=")]
    [InlineData("sha1", "98O8HYCOBHMq32eZZczDTKeuNEE=")]
    public async Task Checksums_InHeadersAndTrailers_AreComparedAndKept(string name, string value)
    {
        var header = "x-amz-checksum-" + name;
        Assert.Equal("200", await SendAsync("PUT", "/x", Digits, (header, value)));
        Assert.Equal("400 BadDigest", await SendAsync("PUT", "/x", [1], (header, value)));
        var (request, signed) = _client.Request("PUT", Bucket + "/y", "", null, r =>
        {
            r.Headers.Add("x-amz-decoded-content-length", "9");
            r.Headers.Add("x-amz-trailer", header);
        }, "STREAMING-UNSIGNED-PAYLOAD-TRAILER");
        using (request)
        {
            request.Content = new ByteArrayContent(AwsClient.Chunked(signed, Digits, 4, $"{header}:{value}\n"));
            using var put = await _client.PlainAsync(request);
            Assert.Equal((HttpStatusCode.OK, value), (put.StatusCode, put.Headers.GetValues(header).Single()));
        }
        foreach (var key in new[] { "/x", "/y" })
        {
            using var get = await _client.SendAsync("GET", Bucket + key, change: r => r.Headers.Add("x-amz-checksum-mode", "ENABLED"));
            Assert.Equal(value, get.Headers.GetValues(header).Single());
            using var plain = await _client.SendAsync("HEAD", Bucket + key);
            Assert.False(plain.Headers.Contains(header));
        }
    }

    [Theory]
    [InlineData("GET", "versionId=3")]
    [InlineData("GET", "partNumber=1")]
    [InlineData("GET", "tagging=")]
    [InlineData("PUT", "acl=")]
    [InlineData("DELETE", "tagging=")]
    public async Task WhatIsNotPlayed_IsRefusedAloud(string method, string query)
    {
        await SendAsync("PUT", "/x", Digits);
        using var answer = await _client.SendAsync(method, Bucket + "/x", query);
        Assert.Equal(HttpStatusCode.NotImplemented, answer.StatusCode);
        Assert.Equal(9, Found("x").Size);
    }

    private StoredObject Found(string key) => _cluster.World.Buckets.Find(AwsAccount.Bucket, key)!;

    private static string Hash(StoredObject o)
    {
        using var content = o.Open();
        return Convert.ToHexString(SHA256.HashData(content));
    }

    private async Task<string> SendAsync(string method, string key, byte[]? body = null, params (string Name, string Value)[] headers)
    {
        using var answer = await _client.SendAsync(method, Bucket + key, "", body, r =>
        {
            foreach (var (name, value) in headers)
                r.Headers.TryAddWithoutValidation(name, value);
        });
        return await ToldAsync(answer);
    }

    private async Task<string> DeleteAsync(string objects, Func<byte[], string?>? digest = null)
    {
        var body = Encoding.UTF8.GetBytes($"<Delete>{objects}</Delete>");
        using var answer = await _client.SendAsync("POST", Bucket, "delete=", body, r =>
        {
            if ((digest ?? (b => Convert.ToBase64String(MD5.HashData(b))))(body) is { } sum)
                r.Content!.Headers.TryAddWithoutValidation("Content-MD5", sum);
        });
        return answer.IsSuccessStatusCode ? string.Join(',', XElement.Parse(await answer.Content.ReadAsStringAsync()).Elements().Select(e => $"{e.Name.LocalName} {e.Value}")) : await ToldAsync(answer);
    }

    private static async Task<string> ToldAsync(HttpResponseMessage answer)
    {
        var text = answer.IsSuccessStatusCode ? "" : await answer.Content.ReadAsStringAsync();
        return text.Length == 0 ? $"{(int)answer.StatusCode}" : $"{(int)answer.StatusCode} {XElement.Parse(text).Elements().Single(e => e.Name.LocalName == "Code").Value}";
    }
}
