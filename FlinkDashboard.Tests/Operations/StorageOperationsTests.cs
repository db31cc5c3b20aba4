using FlinkDashboard.Gateways.S3;
using FlinkDashboard.Model.Kinds;
using FlinkDashboard.Operations;
using FlinkDashboard.Sandbox.Protocols.KubernetesApi.Access;
using FlinkDashboard.Sandbox.World;
using FlinkDashboard.Sandbox.World.Aws;
using FlinkDashboard.State;
using FlinkDashboard.Tests.Support;

namespace FlinkDashboard.Tests.Operations;

/// <summary>Jars are uploaded in parts, and replaced only by those who were told who runs them.</summary>
public sealed class StorageOperationsTests : IAsyncLifetime
{
    private const string Ns = "flink-team-a-ns";
    private const int Mib = 1 << 20;
    private readonly ResourceCache<FlinkDeployment> _apps = new(FlinkDeployment.Info);
    private OperationsStage _stage = null!;
    private StorageOperations _storage = null!;
    private S3Api _api = null!;

    public async Task InitializeAsync()
    {
        _stage = await OperationsStage.StartAsync();
        var objects = _stage.Sandbox.Cluster.World.Objects;
        objects.Create(ResourceTypes.Namespaces, new() { ["metadata"] = new System.Text.Json.Nodes.JsonObject { ["name"] = Ns } });
        DefaultAccess.BindTeam(objects, Ns, "team-a");
        ClusterState state = new([_apps, new ResourceCache<FlinkSessionJob>(FlinkSessionJob.Info), new ResourceCache<FlinkStateSnapshot>(FlinkStateSnapshot.Info)], TimeProvider.System);
        _storage = StorageStage.Operations(_stage.Sandbox.Cluster, state, _stage.Runner, _stage.Reviews, out _api);
    }

    public async Task DisposeAsync()
    {
        _api.Dispose();
        await _stage.DisposeAsync();
    }

    [Fact]
    public async Task Jar_IsUploadedInParts_GoesOnAfterABreak_AndStandsInTheTrail()
    {
        var content = StorageStage.JarBytes((17 * Mib) + 5);
        var upload = new JarUpload(Ns, "orders-1.2+a.jar", content.Length);
        var id = await BeginAsync(upload);
        Assert.Equal(3, upload.Parts);
        Assert.Equal(Outcome.Accepted, (await SendAsync(upload, id, 3, content)).Outcome);
        Assert.Equal(Outcome.Accepted, (await SendAsync(upload, id, 1, content)).Outcome);
        var early = await _storage.CompleteUploadAsync(upload, id, _stage.User, null, default);
        Assert.Equal((Outcome.Refused, "orders-1.2+a.jar is not whole: 2 of 3 parts are there."), (early.Outcome, early.Message));
        Assert.Equal([1, 3], await _storage.ArrivedAsync(upload, id, _stage.User, default));
        Assert.Equal(Outcome.Accepted, (await SendAsync(upload, id, 2, content)).Outcome);
        Assert.True((await _storage.CompleteUploadAsync(upload, id, _stage.User, null, default)).IsGood);
        Assert.Equal(content, await _api.ReadAsync(StorageStage.At("jobs/orders-1.2+a.jar"), 0, content.Length, null, default));
        Assert.Equal(["BeginUpload Issued", "BeginUpload Executed", "Upload Issued", "Upload Failed", "Upload Issued", "Upload Executed"], _stage.Trail);
        Assert.Equal(("Jar", "orders-1.2+a.jar", Ns), ((string?)_stage.Audit[0]["kind"], (string?)_stage.Audit[0]["name"], (string?)_stage.Audit[0]["namespace"]));
        Assert.Null(await _storage.ArrivedAsync(upload, id, _stage.User, default));
    }

    [Theory]
    [InlineData("a.zip", 10, "no name for a jar")]
    [InlineData("../a.jar", 10, "no name for a jar")]
    [InlineData("a/b.jar", 10, "no name for a jar")]
    [InlineData("a%2fb.jar", 10, "no name for a jar")]
    [InlineData(".jar", 10, "no name for a jar")]
    [InlineData("a b.jar", 10, "no name for a jar")]
    [InlineData("a.jar\n", 10, "no name for a jar")]
    [InlineData("a.jar", 0, "is empty")]
    [InlineData("a.jar", (20 * Mib) + 1, "at most 20 MiB")]
    [InlineData("a.jar", long.MaxValue, "at most 20 MiB")]
    public async Task Upload_ThatIsNotAllowed_IsRefused(string name, long size, string reason)
    {
        var upload = new JarUpload(Ns, name, size);
        var begun = await _storage.BeginUploadAsync(upload, _stage.User, null, default);
        Assert.Equal(Outcome.Refused, begun.Outcome);
        Assert.Contains(reason, begun.Message, StringComparison.Ordinal);
        Assert.Equal(Outcome.Refused, (await _storage.SendPartAsync(upload, "x", 1, (_, _) => throw new InvalidOperationException("must not be read"), _stage.User, default)).Outcome);
        Assert.Equal(0, _api.Requests);
    }

    [Fact]
    public async Task Part_ThatIsNoneOfTheJar_IsRefused()
    {
        var content = StorageStage.JarBytes(9 * Mib);
        var upload = new JarUpload(Ns, "a.jar", content.Length);
        var id = await BeginAsync(upload);
        var asked = _api.Requests;
        foreach (var (number, bytes) in new[] { (0, content[..10]), (3, content[..10]), (2, content[..10]), (1, content[..Mib]) })
            Assert.True((await _storage.SendPartAsync(upload, id, number, (_, _) => Task.FromResult(bytes), _stage.User, default)).IsLasting);
        var noZip = await _storage.SendPartAsync(upload, id, 1, (count, _) => Task.FromResult(new byte[count]), _stage.User, default);
        Assert.Equal((Outcome.Refused, "a.jar is no jar: it does not begin as a zip file does."), (noZip.Outcome, noZip.Message));
        Assert.Equal(asked, _api.Requests);
    }

    [Fact]
    public async Task Part_WhenS3IsInTrouble_MayBeSentAgain()
    {
        var content = StorageStage.JarBytes(100);
        var upload = new JarUpload(Ns, "a.jar", content.Length);
        var id = await BeginAsync(upload);
        _stage.Sandbox.Cluster.S3Faults.ThrottleNext(100);
        var slow = await SendAsync(upload, id, 1, content);
        Assert.Equal((Outcome.Failed, false), (slow.Outcome, slow.IsLasting));
        _stage.Sandbox.Cluster.S3Faults.ThrottleNext(0);
        Assert.Equal(Outcome.Accepted, (await SendAsync(upload, id, 1, content)).Outcome);
        Assert.True((await SendAsync(upload, "no-such-upload", 1, content)).IsLasting);
    }

    [Fact]
    public async Task JarThatIsThere_IsReplacedOnlyByWhoWasToldWhoRunsIt()
    {
        await UploadAsync(new(Ns, "a.jar", 40));
        await RunsAsync("orders", Ns);
        var refused = Assert.IsType<UploadBegun>(await _storage.BeginUploadAsync(new(Ns, "a.jar", 50), _stage.User, null, default));
        Assert.Equal((Outcome.Refused, $"{Ns}/orders"), (refused.Outcome, Assert.Single(refused.Users!)));
        Assert.Contains($"{Ns}/orders runs it and would load the new one at the next start", refused.Message, StringComparison.Ordinal);
        Assert.Equal(Outcome.Refused, (await _storage.BeginUploadAsync(new(Ns, "a.jar", 50, []), _stage.User, null, default)).Outcome);
        await UploadAsync(new(Ns, "a.jar", 50, refused.Users));
        Assert.Equal(50, (await _api.HeadAsync(StorageStage.At("jobs/a.jar"), default)).Object.Size);
    }

    [Fact]
    public async Task JarThatAppearsMeanwhile_IsNotReplaced()
    {
        var upload = new JarUpload(Ns, "a.jar", 40);
        var id = await BeginAsync(upload);
        await SendAsync(upload, id, 1, StorageStage.JarBytes(40));
        await UploadAsync(new(Ns, "a.jar", 77));
        Assert.Equal(Outcome.Refused, (await _storage.CompleteUploadAsync(upload, id, _stage.User, null, default)).Outcome);
        Assert.Equal(77, (await _api.HeadAsync(StorageStage.At("jobs/a.jar"), default)).Object.Size);
    }

    [Fact]
    public async Task Part_OfAnotherUpload_OrAfterItsEnd_ChangesNothing()
    {
        var (content, evil) = (StorageStage.JarBytes(40), StorageStage.JarBytes(41));
        var (upload, other) = (new JarUpload(Ns, "a.jar", 40), new JarUpload(Ns, "b.jar", 41));
        var (id, otherId) = (await BeginAsync(upload), await BeginAsync(other));
        Assert.True((await SendAsync(other, id, 1, evil)).IsLasting); // an id belongs to the name it was begun for
        Assert.False((await _storage.CompleteUploadAsync(other, id, _stage.User, null, default)).IsGood);
        Assert.False((await _storage.AbandonUploadAsync(other, id, _stage.User, null, default)).IsGood);
        Assert.Equal(Outcome.Accepted, (await SendAsync(upload, id, 1, content)).Outcome);
        Assert.True((await _storage.CompleteUploadAsync(upload, id, _stage.User, null, default)).IsGood);
        Assert.True((await SendAsync(upload, id, 1, evil[..40])).IsLasting);
        Assert.False((await _storage.CompleteUploadAsync(upload, id, _stage.User, null, default)).IsGood);
        Assert.Equal(content, await _api.ReadAsync(StorageStage.At("jobs/a.jar"), 0, 40, null, default));
        Assert.Equal([], await _storage.ArrivedAsync(other, otherId, _stage.User, default));
    }

    [Fact]
    public async Task JarOfAnotherTeamsApplication_IsNotReplaced()
    {
        await UploadAsync(new("default", "a.jar", 40));
        await RunsAsync("orders", "default");
        _stage.Be("team-a");
        var refused = await _storage.BeginUploadAsync(new(Ns, "a.jar", 40, ["default/orders"]), _stage.User, null, default);
        Assert.Equal(Outcome.Forbidden, refused.Outcome);
        Assert.Contains("default/orders runs it, which you may not change", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Viewer_SendsNoPart_AndHearsOfNone()
    {
        var upload = new JarUpload(Ns, "a.jar", 40);
        var id = await BeginAsync(upload);
        _stage.Be("viewer");
        Assert.Equal(Outcome.Forbidden, (await SendAsync(upload, id, 1, StorageStage.JarBytes(40))).Outcome);
        Assert.Null(await _storage.ArrivedAsync(upload, id, _stage.User, default));
        _stage.Be("team-a");
        Assert.Equal(Outcome.Forbidden, (await SendAsync(upload with { Namespace = "default" }, id, 1, StorageStage.JarBytes(40))).Outcome);
        Assert.Equal(Outcome.Accepted, (await SendAsync(upload, id, 1, StorageStage.JarBytes(40))).Outcome);
    }

    private async Task<string> BeginAsync(JarUpload upload)
    {
        var begun = Assert.IsType<UploadBegun>(await _storage.BeginUploadAsync(upload, _stage.User, null, default));
        Assert.True(begun.IsGood, begun.Message);
        return begun.Id!;
    }

    private async Task UploadAsync(JarUpload upload)
    {
        var id = await BeginAsync(upload);
        await SendAsync(upload, id, 1, StorageStage.JarBytes((int)upload.Size));
        var done = await _storage.CompleteUploadAsync(upload, id, _stage.User, null, default);
        Assert.True(done.IsGood, done.Message);
    }

    private Task<PartSent> SendAsync(JarUpload upload, string id, int number, byte[] content) =>
        _storage.SendPartAsync(upload, id, number, (count, _) => Task.FromResult(content.AsSpan((number - 1) * JarUpload.PartSize, count).ToArray()), _stage.User, default);

    // An application in the cluster and in the cache that runs jobs/a.jar.
    private async Task RunsAsync(string name, string ns)
    {
        if (_stage.Sandbox.Cluster.World.Objects.Find(ResourceTypes.FlinkDeployments, ns, name) is null)
            _stage.Sandbox.Cluster.World.Objects.Create(ResourceTypes.FlinkDeployments, SandboxStage.StableApplication(ns, name), part: WritePart.All);
        _stage.Sandbox.Change(ResourceTypes.FlinkDeployments, ns, name, o => o["spec"]!["job"]!["jarURI"] = $"s3://{AwsAccount.Bucket}/jobs/a.jar");
        _apps.Put(await _stage.Api.GetAsync(FlinkDeployment.Info, ns, name, null, default));
    }
}
