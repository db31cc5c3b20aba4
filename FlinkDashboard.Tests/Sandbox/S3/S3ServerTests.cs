using System.Net;
using System.Security.Cryptography;
using System.Xml.Linq;
using FlinkDashboard.Sandbox;
using FlinkDashboard.Sandbox.Protocols.Aws;
using FlinkDashboard.Sandbox.World.Aws;
using FlinkDashboard.Sandbox.World.Flink;
using FlinkDashboard.Tests.Sandbox.Aws;

namespace FlinkDashboard.Tests.Sandbox.S3;

/// <summary>The sandbox's S3 on the wire.</summary>
public class S3ServerTests : IAsyncLifetime
{
    private const string Bucket = "/" + AwsAccount.Bucket;
    private static readonly byte[] Content = [.. Enumerable.Range(0, 200_000).Select(i => (byte)(i * 7))];
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
    public async Task Put_ThenGet_GivesTheSameWithTag()
    {
        using var put = await _client.SendAsync("PUT", Bucket + "/jobs/a%20b.jar", "", Content, r => r.Headers.Add("x-amz-meta-team", "a"));
        Assert.Equal(HttpStatusCode.OK, put.StatusCode);
        Assert.Equal($"\"{Convert.ToHexStringLower(MD5.HashData(Content))}\"", put.Headers.ETag!.Tag);
        using var get = await _client.SendAsync("GET", Bucket + "/jobs/a%20b.jar");
        Assert.Equal(Content, await get.Content.ReadAsByteArrayAsync());
        Assert.Equal(put.Headers.ETag, get.Headers.ETag);
        Assert.Equal("a", get.Headers.GetValues("x-amz-meta-team").Single());
        Assert.NotEmpty(get.Headers.GetValues("x-amz-request-id").Single());
    }

    [Theory]
    [InlineData("bytes=0-9", 0, 10)]
    [InlineData("bytes=199990-", 199_990, 10)]
    [InlineData("bytes=-5", 199_995, 5)]
    [InlineData("bytes=199999-300000", 199_999, 1)]
    public async Task Get_Range_GivesPart(string range, int start, int length)
    {
        await PutAsync("x", Content);
        using var get = await _client.SendAsync("GET", Bucket + "/x", change: r => r.Headers.TryAddWithoutValidation("Range", range));
        Assert.Equal(HttpStatusCode.PartialContent, get.StatusCode);
        Assert.Equal($"bytes {start}-{start + length - 1}/200000", get.Content.Headers.ContentRange!.ToString());
        Assert.Equal(Content.AsSpan(start, length).ToArray(), await get.Content.ReadAsByteArrayAsync());
    }

    [Theory]
    [InlineData("Range", "bytes=200000-", 416, "InvalidRange")]
    [InlineData("If-Match", "\"other\"", 412, "PreconditionFailed")]
    [InlineData("If-Unmodified-Since", "Mon, 01 Jan 2001 00:00:00 GMT", 412, "PreconditionFailed")]
    public async Task Get_ConditionFails_SaysSo(string header, string value, int status, string code)
    {
        await PutAsync("x", Content);
        using var get = await _client.SendAsync("GET", Bucket + "/x", change: r => r.Headers.TryAddWithoutValidation(header, value));
        Assert.Equal((status, code), ((int)get.StatusCode, await CodeAsync(get)));
    }

    [Fact]
    public async Task Get_NotModified_HasNoBody()
    {
        await PutAsync("x", Content);
        using var head = await _client.SendAsync("HEAD", Bucket + "/x");
        Assert.Equal(Content.Length, head.Content.Headers.ContentLength);
        using var get = await _client.SendAsync("GET", Bucket + "/x", change: r => r.Headers.TryAddWithoutValidation("If-None-Match", head.Headers.ETag!.Tag));
        Assert.Equal(HttpStatusCode.NotModified, get.StatusCode);
        using var since = await _client.SendAsync("GET", Bucket + "/x", change: r => r.Headers.IfModifiedSince = head.Content.Headers.LastModified);
        Assert.Equal(HttpStatusCode.NotModified, since.StatusCode);
    }

    [Theory]
    [InlineData("GET", Bucket + "/none", 404, "NoSuchKey")]
    [InlineData("GET", "/none/x", 404, "NoSuchBucket")]
    [InlineData("DELETE", Bucket, 501, "NotImplemented")]
    public async Task Request_OfWhatIsNotThere_IsRefused(string method, string path, int status, string code)
    {
        using var answer = await _client.SendAsync(method, path);
        Assert.Equal((status, code), ((int)answer.StatusCode, await CodeAsync(answer)));
    }

    [Fact]
    public async Task Signature_Wrong_IsRefusedByKind()
    {
        Assert.Equal("403 AccessDenied", await RefusalAsync(c => c.Key = AwsKey.Outsider));
        Assert.Equal("403 InvalidAccessKeyId", await RefusalAsync(c => c.Key = AwsKey.Admin with { Id = "AKIANOBODY" }));
        Assert.Equal("403 SignatureDoesNotMatch", await RefusalAsync(c => c.Key = AwsKey.Admin with { Secret = "wrong" }));
        Assert.Equal("403 RequestTimeTooSkewed", await RefusalAsync(c => c.Skew = TimeSpan.FromMinutes(-16)));
        Assert.Equal("400 AuthorizationHeaderMalformed", await RefusalAsync(c => c.Region = "us-east-1"));
        using var anonymous = await _client.PlainAsync(new Uri(_cluster.S3Address, Bucket));
        Assert.Equal((HttpStatusCode.Forbidden, "AccessDenied"), (anonymous.StatusCode, await CodeAsync(anonymous)));
    }

    [Fact]
    public async Task Reader_MayNotWrite()
    {
        _client.Key = AwsKey.Reader;
        using var put = await _client.SendAsync("PUT", Bucket + "/x", "", Content);
        Assert.Equal((HttpStatusCode.Forbidden, "AccessDenied"), (put.StatusCode, await CodeAsync(put)));
        using var list = await _client.SendAsync("GET", Bucket, "list-type=2");
        Assert.Equal(HttpStatusCode.OK, list.StatusCode);
    }

    [Fact]
    public async Task Get_SignedQuery_WorksUntilItExpires()
    {
        await PutAsync("x", Content);
        using var get = await _client.PlainAsync(_client.Presigned(Bucket + "/x", 60));
        Assert.Equal(Content, await get.Content.ReadAsByteArrayAsync());
        _client.Skew = TimeSpan.FromSeconds(-61);
        using var late = await _client.PlainAsync(_client.Presigned(Bucket + "/x", 60));
        Assert.Equal((HttpStatusCode.Forbidden, "AccessDenied"), (late.StatusCode, await CodeAsync(late)));
    }

    [Theory]
    [InlineData("STREAMING-AWS4-HMAC-SHA256-PAYLOAD", "", 200)]
    [InlineData("STREAMING-AWS4-HMAC-SHA256-PAYLOAD-TRAILER", "x-amz-checksum-sha256", 200)]
    [InlineData("STREAMING-UNSIGNED-PAYLOAD-TRAILER", "x-amz-checksum-sha256", 200)]
    [InlineData("STREAMING-UNSIGNED-PAYLOAD-TRAILER", "x-amz-checksum-sha1", 400)]
    public async Task Put_InChunks_IsDecodedAndChecked(string form, string trailer, int status)
    {
        var (request, signed) = _client.Request("PUT", Bucket + "/chunks", "", null, r =>
        {
            r.Headers.Add("x-amz-decoded-content-length", $"{Content.Length}");
            if (trailer.Length > 0)
                r.Headers.Add("x-amz-trailer", trailer);
        }, form);
        using (request)
        {
            request.Content = new ByteArrayContent(AwsClient.Chunked(signed, Content, 65_536, trailer.Length > 0 ? $"{trailer}:{Convert.ToBase64String(SHA256.HashData(Content))}\n" : ""));
            using var put = await _client.PlainAsync(request);
            Assert.Equal(status, (int)put.StatusCode);
        }
        Assert.Equal(status == 200 ? Content.Length : null, _cluster.World.Buckets.Find(AwsAccount.Bucket, "chunks")?.Size);
    }

    [Theory]
    [InlineData("Content-MD5", "JfnnlDI7RTiF9RgfGy2JNw==", "BadDigest")]
    [InlineData("x-amz-checksum-crc32", "AAAAAA==", "BadDigest")]
    public async Task Put_WrongDigest_IsRefusedAndTakesNoRoom(string header, string value, string code)
    {
        using var put = await _client.SendAsync("PUT", Bucket + "/x", "", Content, r =>
        {
            if (!r.Headers.TryAddWithoutValidation(header, value))
                r.Content!.Headers.TryAddWithoutValidation(header, value);
        });
        Assert.Equal((HttpStatusCode.BadRequest, code), (put.StatusCode, await CodeAsync(put)));
        using var other = await _client.SendAsync("PUT", Bucket + "/x", "", Content, payloadHash: SigV4.EmptyHash);
        Assert.Equal("XAmzContentSHA256Mismatch", await CodeAsync(other));
        Assert.Equal(0, _cluster.World.Buckets.Uploaded);
    }

    [Fact]
    public async Task Put_UnsignedPayload_IsTaken()
    {
        using var put = await _client.SendAsync("PUT", Bucket + "/x", "", Content, payloadHash: SignedRequest.Unsigned);
        Assert.Equal(HttpStatusCode.OK, put.StatusCode);
    }

    [Fact]
    public async Task Put_OverCapacity_IsRefused()
    {
        _cluster.World.Buckets.Capacity = 300_000;
        await PutAsync("x", Content);
        await PutAsync("y", Content, HttpStatusCode.ServiceUnavailable);
        Assert.Equal(Content.Length, _cluster.World.Buckets.Uploaded);
    }

    [Fact]
    public async Task List_HundredThousandKeys_TakesAHundredPages()
    {
        for (var i = 0; i < 100_000; i++)
            _cluster.World.Buckets.Put(AwsAccount.Bucket, new StoredObject($"many/{i:d6}", 0, "", _cluster.World.Now, () => Stream.Null));
        var keys = await ListAsync("prefix=many%2F");
        Assert.Equal(100, keys.Pages);
        Assert.Equal(Enumerable.Range(0, 100_000).Select(i => $"many/{i:d6}"), keys.Names);
    }

    [Theory]
    [InlineData("prefix=d%2F&delimiter=%2F&max-keys=1", "d/1 d/2/ d/3 d/4/")]
    [InlineData("prefix=d%2F&delimiter=%2F", "d/1 d/2/ d/3 d/4/")]
    [InlineData("prefix=d%2F&start-after=d%2F2%2Fa&max-keys=2", "d/2/b d/3 d/4/a")]
    [InlineData("prefix=d%2F&delimiter=%2F&start-after=d%2F2%2F", "d/3 d/4/")]
    public async Task List_DelimiterAndStart_CutPages(string query, string expected)
    {
        foreach (var key in new[] { "d/1", "d/2/a", "d/2/b", "d/3", "d/4/a" })
            await PutAsync(key, [1]);
        Assert.Equal(expected.Split(' '), (await ListAsync(query)).Names);
    }

    [Fact]
    public async Task List_EncodingType_EncodesKeys()
    {
        await PutAsync("odd/a%20b%2B%C3%A4%01", [1]);
        Assert.Equal(["odd/a%20b%2B%C3%A4%01"], (await ListAsync("prefix=odd%2F&encoding-type=url&fetch-owner=true")).Names);
    }

    [Fact]
    public async Task StateOfJobs_IsThere_AndRangesAgreeWithTheWhole()
    {
        _cluster.World.Flink.Storage.Add("team", new StoredState("s3://state/team/job/savepoints/savepoint-1", 5, true, 3_000_000, "job", _cluster.World.Now));
        using var list = await _client.SendAsync("GET", "/state", "list-type=2");
        var objects = Elements(XElement.Parse(await list.Content.ReadAsStringAsync()), "Contents").Select(o => (Key: Value(o, "Key"), Size: long.Parse(Value(o, "Size")))).ToList();
        Assert.Equal(3_000_000, objects.Sum(o => o.Size));
        Assert.Contains(objects, o => o.Key.EndsWith("savepoint-1/_metadata", StringComparison.Ordinal));
        var file = objects.MaxBy(o => o.Size).Key;
        using var whole = await _client.SendAsync("GET", "/state/" + file);
        using var part = await _client.SendAsync("GET", "/state/" + file, change: r => r.Headers.TryAddWithoutValidation("Range", "bytes=1000003-1000100"));
        Assert.Equal((await whole.Content.ReadAsByteArrayAsync()).AsSpan(1_000_003, 98).ToArray(), await part.Content.ReadAsByteArrayAsync());
    }

    [Fact]
    public async Task Bucket_InHostName_IsTaken()
    {
        await PutAsync("x", Content);
        using var get = await _client.SendAsync("GET", "/x", change: r => r.Headers.Host = $"{AwsAccount.Bucket}.localhost:{_cluster.S3Address.Port}");
        Assert.Equal(Content.Length, (await get.Content.ReadAsByteArrayAsync()).Length);
    }

    [Fact]
    public async Task Faults_AreMade()
    {
        await PutAsync("x", Content);
        _cluster.S3Faults.ThrottleNext(1);
        using var slow = await _client.SendAsync("GET", Bucket + "/x");
        Assert.Equal((HttpStatusCode.ServiceUnavailable, "SlowDown"), (slow.StatusCode, await CodeAsync(slow)));
        _cluster.S3Faults.FailNext(1);
        using var broken = await _client.SendAsync("GET", Bucket + "/x");
        Assert.Equal((HttpStatusCode.InternalServerError, "InternalError"), (broken.StatusCode, await CodeAsync(broken)));
        _cluster.S3Faults.CutNext(1);
        using var cut = await _client.SendAsync("GET", Bucket + "/x");
        await Assert.ThrowsAnyAsync<Exception>(() => cut.Content.ReadAsByteArrayAsync());
        using var whole = await _client.SendAsync("GET", Bucket + "/x");
        Assert.Equal(Content.Length, (await whole.Content.ReadAsByteArrayAsync()).Length);
    }

    private async Task PutAsync(string key, byte[] content, HttpStatusCode expected = HttpStatusCode.OK)
    {
        using var put = await _client.SendAsync("PUT", $"{Bucket}/{key}", "", content);
        Assert.Equal(expected, put.StatusCode);
    }

    private async Task<string> RefusalAsync(Action<AwsClient> change)
    {
        using var client = new AwsClient(_cluster.S3Address, "s3");
        change(client);
        using var answer = await client.SendAsync("GET", Bucket, "list-type=2");
        return $"{(int)answer.StatusCode} {await CodeAsync(answer)}";
    }

    private async Task<(int Pages, List<string> Names)> ListAsync(string query)
    {
        var names = new List<string>();
        for (var (pages, token) = (1, ""); ; pages++)
        {
            using var answer = await _client.SendAsync("GET", Bucket, $"list-type=2&{query}{token}");
            var page = XElement.Parse(await answer.Content.ReadAsStringAsync());
            var entries = Elements(page, "Contents").Select(o => Value(o, "Key")).Concat(Elements(page, "CommonPrefixes").Select(o => Value(o, "Prefix"))).ToList();
            Assert.Equal($"{entries.Count}", Value(page, "KeyCount"));
            names.AddRange(entries.Order(StringComparer.Ordinal));
            if (Value(page, "IsTruncated") == "false")
                return (pages, names);
            token = "&continuation-token=" + Uri.EscapeDataString(Value(page, "NextContinuationToken"));
        }
    }

    private static IEnumerable<XElement> Elements(XElement parent, string name) => parent.Elements().Where(e => e.Name.LocalName == name);

    private static string Value(XElement parent, string name) => Elements(parent, name).Single().Value;

    private static async Task<string> CodeAsync(HttpResponseMessage answer) => Value(XElement.Parse(await answer.Content.ReadAsStringAsync()), "Code");
}
