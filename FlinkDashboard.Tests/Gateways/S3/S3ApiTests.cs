using FlinkDashboard.Gateways.S3;
using FlinkDashboard.Sandbox.Protocols.Aws;
using FlinkDashboard.Sandbox.World.Aws;
using FlinkDashboard.Tests.Support;

namespace FlinkDashboard.Tests.Gateways.S3;

/// <summary>The app's gateway against the sandbox's S3.</summary>
public sealed class S3ApiTests : IAsyncLifetime
{
    private const int Mib = 1 << 20;
    private static readonly byte[] Content = [.. Enumerable.Range(0, 3 * Mib).Select(i => (byte)(i * 7))];
    private StorageStage _stage = null!;

    public async Task InitializeAsync() => _stage = await StorageStage.StartAsync();

    public async Task DisposeAsync() => await _stage.DisposeAsync();

    [Fact]
    public async Task List_GivesOneLevel_PageByPage()
    {
        foreach (var key in new[] { "d/", "d/1", "d/2/a", "d/2/b", "d/3", "d/4/a", "e" })
            _stage.Put(key, 5);
        var (folders, objects, pages, next) = (new List<string>(), new List<string>(), 0, (string?)null);
        do
        {
            var page = await _stage.Api.ListAsync(StorageStage.At("d/"), next, 2, default);
            folders.AddRange(page.Folders.Select(f => f.Key));
            objects.AddRange(page.Objects.Select(o => o.Address.Key));
            (pages, next) = (pages + 1, page.Next);
        }
        while (next is not null);
        Assert.Equal((3, "d/2/ d/4/", "d/1 d/3"), (pages, string.Join(' ', folders), string.Join(' ', objects)));
    }

    [Fact]
    public async Task ListBelow_HundredThousandKeys_TakesAtMostTwoHundredRequests()
    {
        for (var i = 0; i < 100_000; i++)
            _stage.Put($"many/{i % 100:d2}/{i:d6}", 1);
        var (count, next) = (0, (string?)null);
        do
        {
            var page = await _stage.Api.ListBelowAsync(StorageStage.At("many/"), next, default);
            (count, next) = (count + page.Objects.Count, page.Next);
        }
        while (next is not null);
        Assert.Equal(100_000, count);
        Assert.InRange(_stage.Api.Requests, 100, 200);
    }

    [Fact]
    public async Task Keys_OfAnyLetters_AreListedAndRead()
    {
        string[] keys = ["odd/a b+c&d=e.jar", "odd/äöü-日本-😀", "odd/quote'\"<>", "odd/100%.txt", "odd/#hash?x"];
        foreach (var key in keys)
            _stage.Put(key, [1, 2, 3]);
        var page = await _stage.Api.ListAsync(StorageStage.At("odd/"), null, 100, default);
        Assert.Equal(keys.Order(StringComparer.Ordinal), page.Objects.Select(o => o.Address.Key).Order(StringComparer.Ordinal));
        foreach (var one in page.Objects)
            Assert.Equal([1, 2, 3], await _stage.Api.ReadAsync(one.Address, 0, 10, one.Tag, default));
    }

    [Fact]
    public async Task HeadAndRange_GiveWhatIsThere()
    {
        _stage.Put("x", Content);
        var head = await _stage.Api.HeadAsync(StorageStage.At("x"), default);
        Assert.Equal((Content.Length, "AES256"), (head.Object.Size, head.Encryption));
        Assert.Equal(Content[1000..1010], await _stage.Api.ReadAsync(StorageStage.At("x"), 1000, 10, head.Object.Tag, default));
        Assert.Equal(Content[^5..], await _stage.Api.ReadAsync(StorageStage.At("x"), Content.Length - 5, 100, null, default));
        Assert.Equal(S3Fault.Changed, (await FailsAsync(() => _stage.Api.ReadAsync(StorageStage.At("x"), 0, 1, "other", default))).Fault);
        Assert.Equal(S3Fault.Absent, (await FailsAsync(() => _stage.Api.HeadAsync(StorageStage.At("none"), default))).Fault);
    }

    [Fact]
    public async Task Open_CutInTheMiddle_GoesOnFromThere()
    {
        _stage.Put("x", Content);
        _stage.Cluster.S3Faults.CutNext(2);
        await using var stream = await _stage.Api.OpenAsync(StorageStage.At("x"), default);
        using var memory = new MemoryStream();
        await stream.CopyToAsync(memory);
        Assert.Equal(Content, memory.ToArray());
        Assert.Equal(3, _stage.Api.Requests);
    }

    [Fact]
    public async Task Open_CutAgainAndAgain_SaysSo()
    {
        _stage.Put("x", Content);
        _stage.Cluster.S3Faults.CutNext(100);
        await using var stream = await _stage.Api.OpenAsync(StorageStage.At("x"), default);
        var failure = await FailsAsync(() => stream.CopyToAsync(Stream.Null));
        Assert.Equal(S3Fault.Unreachable, failure.Fault);
        Assert.Contains("broke off 4 times", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ThrottlingAndErrors_AreTriedAgain_ThenTold()
    {
        _stage.Put("x", [1]);
        _stage.Cluster.S3Faults.ThrottleNext(2);
        Assert.Equal(1, (await _stage.Api.HeadAsync(StorageStage.At("x"), default)).Object.Size);
        _stage.Cluster.S3Faults.FailNext(2);
        Assert.Single((await _stage.Api.ListAsync(StorageStage.At(""), null, 1000, default)).Objects);
        _stage.Cluster.S3Faults.ThrottleNext(100);
        Assert.Equal(S3Fault.Throttled, (await FailsAsync(() => _stage.Api.ListAsync(StorageStage.At(""), null, 10, default))).Fault);
        _stage.Cluster.S3Faults.ThrottleNext(0);
        _stage.Cluster.S3Faults.FailNext(100);
        Assert.Equal(S3Fault.Refused, (await FailsAsync(() => _stage.Api.ListAsync(StorageStage.At(""), null, 10, default))).Fault);
    }

    [Fact]
    public async Task Forbidden_NamesTheMissingPermission()
    {
        using var outsider = _stage.As(AwsKey.Outsider.Id, AwsKey.Outsider.Secret);
        var list = await FailsAsync(() => outsider.ListAsync(StorageStage.At("jobs/"), null, 10, default));
        Assert.Equal((S3Fault.Forbidden, $"The dashboard's role may not s3:ListBucket on arn:aws:s3:::{AwsAccount.Bucket} (prefix jobs/)."), (list.Fault, list.Message));
        Assert.Contains("is not authorized to perform", list.Detail, StringComparison.Ordinal);
        var head = await FailsAsync(() => outsider.HeadAsync(StorageStage.At("jobs/a.jar"), default));
        Assert.StartsWith($"The dashboard's role may not s3:GetObject on arn:aws:s3:::{AwsAccount.Bucket}/jobs/a.jar.", head.Message, StringComparison.Ordinal);
        using var reader = _stage.As(AwsKey.Reader.Id, AwsKey.Reader.Secret);
        Assert.Contains("s3:PutObject", (await FailsAsync(() => reader.BeginUploadAsync(StorageStage.At("jobs/a.jar"), "x/y", default))).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("AKIANOBODY", "x", null, S3Fault.Credentials)]
    [InlineData("AKIASANDBOXADMIN0001", "wrong", null, S3Fault.Credentials)]
    [InlineData("AKIASANDBOXADMIN0001", "sandbox/admin/0000000000000000000000001", "eu-west-1", S3Fault.WrongRegion)]
    public async Task WrongKeyOrRegion_IsTold(string id, string secret, string? region, S3Fault expected)
    {
        using var api = _stage.As(id, secret, region);
        Assert.Equal(expected, (await FailsAsync(() => api.ListAsync(StorageStage.At(""), null, 10, default))).Fault);
    }

    [Fact]
    public async Task NoBucket_AndNobody_AreTold()
    {
        Assert.Equal(S3Fault.NoBucket, (await FailsAsync(() => _stage.Api.ListAsync(new("no-such-bucket", ""), null, 10, default))).Fault);
        using var nobody = new S3Api(StorageStage.Settings(new("http://127.0.0.1:9")), new(new() { Region = AwsAccount.Region }, new Amazon.Runtime.BasicAWSCredentials("a", "b")));
        var failure = await FailsAsync(() => nobody.ListAsync(StorageStage.At(""), null, 10, default));
        Assert.Equal(S3Fault.Unreachable, failure.Fault);
        Assert.StartsWith("S3 at http://", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task KeysThatMeanAnotherPlace_AreNotSent()
    {
        foreach (var key in new[] { "a/../b", "a/%2e%2e/b", "a//b", "./a", "a\\b", "a/b\0" })
            Assert.Equal(S3Fault.NotAllowed, (await FailsAsync(() => _stage.Api.HeadAsync(StorageStage.At(key), default))).Fault);
        Assert.Equal(0, _stage.Api.Requests);
    }

    [Fact]
    public async Task Upload_InParts_MakesTheObject()
    {
        var place = StorageStage.At("jobs/a.jar");
        var big = new byte[(6 * Mib) + 17];
        new Random(1).NextBytes(big);
        var id = await _stage.Api.BeginUploadAsync(place, "application/java-archive", default);
        await _stage.Api.SendPartAsync(place, id, 2, new MemoryStream(big[(5 * Mib)..]), default);
        await _stage.Api.SendPartAsync(place, id, 1, new MemoryStream(new byte[5 * Mib]), default);
        await _stage.Api.SendPartAsync(place, id, 1, new MemoryStream(big[..(5 * Mib)]), default);
        var parts = await _stage.Api.PartsAsync(place, id, default);
        Assert.Equal([(1, 5L * Mib), (2, Mib + 17L)], parts.Select(p => (p.Number, p.Size)));
        await _stage.Api.CompleteUploadAsync(place, id, parts, true, default);
        Assert.Equal(big, await _stage.Api.ReadAsync(place, 0, big.Length, null, default));
        Assert.Equal("application/java-archive", (await _stage.Api.HeadAsync(place, default)).ContentType);
        Assert.Equal(S3Fault.Absent, (await FailsAsync(() => _stage.Api.PartsAsync(place, id, default))).Fault);
    }

    [Fact]
    public async Task Upload_GivenUp_LeavesNothing()
    {
        var place = StorageStage.At("jobs/b.jar");
        var id = await _stage.Api.BeginUploadAsync(place, "application/java-archive", default);
        await _stage.Api.SendPartAsync(place, id, 1, new MemoryStream([1, 2, 3]), default);
        await _stage.Api.AbortUploadAsync(place, id, default);
        Assert.Equal(0, _stage.Cluster.World.Buckets.Uploaded);
        Assert.Equal(S3Fault.Absent, (await FailsAsync(() => _stage.Api.HeadAsync(place, default))).Fault);
    }

    private static Task<S3Exception> FailsAsync(Func<Task> act) => Assert.ThrowsAsync<S3Exception>(act);
}
