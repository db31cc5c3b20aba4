using System.Text.Json.Nodes;
using FlinkDashboard.Model.Kinds;
using FlinkDashboard.Model.Readings;
using FlinkDashboard.Operations;
using FlinkDashboard.Operations.Revisions;
using FlinkDashboard.Sandbox.World;
using FlinkDashboard.State;
using Microsoft.Extensions.Logging.Abstractions;

namespace FlinkDashboard.Tests.Operations;

public sealed class RevisionTests : IAsyncLifetime
{
    private OperationsStage stage = null!;
    private Keeping first = null!;
    private RevisionOperations revisions = null!;

    public async Task InitializeAsync()
    {
        stage = await OperationsStage.StartAsync();
        first = new(stage);
        revisions = new(stage.Api, new(stage.Api, stage.Runner, stage.Schemas, stage.Defaults), first.Keeper);
    }

    public async Task DisposeAsync() => await stage.DisposeAsync();

    [Fact]
    public async Task EverySpec_IsKeptOnce_AndOneThatComesBackGetsANewNumber()
    {
        await first.LookAsync();
        await SetParallelismAsync(4);
        await first.LookAsync();
        await SetParallelismAsync(2);
        await first.LookAsync();
        var list = await ListAsync();
        Assert.Equal([3L, 2L], list.Select(r => r.Number));
        Assert.True(list[0].IsCurrent);
        var stored = stage.Stored(ResourceTypes.ControllerRevisions, list[0].Name);
        var owner = stored["metadata"]!["ownerReferences"]![0]!;
        Assert.Equal(("FlinkDeployment", "orders", (await stage.OrdersAsync()).Metadata.Uid), ((string?)owner["kind"], (string?)owner["name"], (string?)owner["uid"]));
        Assert.Equal(("2", "FlinkDeployment"), (stored["data"]!["spec"]!["job"]!["parallelism"]!.ToString(), (string?)stored["data"]!["kind"]));
        Assert.Equal(RevisionKeeperState.Keeping, revisions.Keeper.State);
    }

    [Fact]
    public async Task NoncesAndSuspension_AreNoNewRevision_AndSecretsAreNotKept()
    {
        Change(o => o["spec"]!["flinkConfiguration"] = new JsonObject { ["s3.secret-key"] = "hush", ["a"] = "b" });
        await first.LookAsync();
        Change(o =>
        {
            o["spec"]!["restartNonce"] = 5;
            o["spec"]!["job"]!["state"] = "suspended";
        });
        await first.LookAsync();
        var only = Assert.Single(await ListAsync());
        Assert.DoesNotContain("hush", stage.Stored(ResourceTypes.ControllerRevisions, only.Name).ToJsonString(), StringComparison.Ordinal);
        var text = await revisions.TextAsync((await stage.OrdersAsync()).Metadata, only, stage.User, default);
        Assert.Equal((Redaction.Mask, "b", "orders"), (text.Value("spec.flinkConfiguration[s3.secret-key]"), text.Value("spec.flinkConfiguration[a]"), text.Name));
    }

    [Fact]
    public async Task SeveralDashboards_KeepTheSameRevisions()
    {
        var second = new Keeping(stage);
        foreach (var parallelism in (int[])[2, 4, 6])
        {
            await SetParallelismAsync(parallelism);
            await Task.WhenAll(first.LookAsync(), second.LookAsync());
        }
        Assert.Equal([3L, 2L, 1L], (await ListAsync()).Select(r => r.Number));
        Assert.Equal([RevisionKeeperState.Keeping, RevisionKeeperState.Keeping], [first.Keeper.Status.State, second.Keeper.Status.State]);
    }

    [Fact]
    public async Task Twenty_AreKept()
    {
        for (var i = 1; i <= 23; i++)
        {
            await SetParallelismAsync(100 + i);
            await first.LookAsync();
        }
        Assert.Equal(Enumerable.Range(4, 20).Reverse().Select(n => (long)n), (await ListAsync()).Select(r => r.Number));
    }

    [Fact]
    public async Task WithoutTheRight_TheStatusSaysSo_AndNothingBreaks()
    {
        var poor = new Keeping(stage, token: "viewer");
        await poor.LookAsync();
        Assert.Equal(RevisionKeeperState.Forbidden, poor.Keeper.Status.State);
        Assert.Contains("controllerrevisions", poor.Keeper.Status.Problem, StringComparison.Ordinal);
        var own = new Keeping(stage, token: "flink-dashboard");
        await own.LookAsync();
        Assert.Equal(RevisionKeeperState.Keeping, own.Keeper.Status.State);
        Assert.Single(await ListAsync());
    }

    [Fact]
    public async Task RollBack_BringsTheSpecBack_ButNotNoncesStateAndSecrets()
    {
        Change(o => o["spec"]!["flinkConfiguration"] = new JsonObject { ["s3.secret-key"] = "old", ["a"] = "b" });
        await first.LookAsync();
        Change(o =>
        {
            o["spec"]!["flinkConfiguration"] = new JsonObject { ["s3.secret-key"] = "new", ["c"] = "d" };
            o["spec"]!["job"]!["parallelism"] = 8;
            o["spec"]!["job"]!["upgradeMode"] = "stateless";
            o["spec"]!["job"]!["savepointTriggerNonce"] = 3;
            o["spec"]!["job"]!["state"] = "suspended";
        });
        await first.LookAsync();
        var (meta, list) = ((await stage.OrdersAsync()).Metadata, await ListAsync());
        var prepared = await revisions.PrepareAsync(FlinkDeployment.Info, meta, list[1], UpgradeMode.LastState, stage.User, default);
        Assert.Equal(("8", "2"), (prepared.Before.Value("spec.job.parallelism"), prepared.Wanted.Value("spec.job.parallelism")));
        // last-state needs a checkpoint directory: the operator's rules hold for rolling back, too.
        Assert.Equal(Outcome.Refused, (await revisions.RollBackAsync(prepared, stage.User, null, default)).Outcome);
        prepared = await revisions.PrepareAsync(FlinkDeployment.Info, meta, list[1], null, stage.User, default);
        Assert.Equal(Outcome.Accepted, (await revisions.RollBackAsync(prepared, stage.User, "bad", default)).Outcome);
        var spec = stage.Stored(ResourceTypes.FlinkDeployments, "orders")["spec"]!;
        Assert.Equal(("2", "stateless", "3", "suspended"), (spec["job"]!["parallelism"]!.ToString(), (string?)spec["job"]!["upgradeMode"], spec["job"]!["savepointTriggerNonce"]!.ToString(), (string?)spec["job"]!["state"]));
        Assert.Equal("""{"s3.secret-key":"new","a":"b"}""", spec["flinkConfiguration"]!.ToJsonString());
        Assert.Equal(["RollBack Issued", "RollBack Failed", "RollBack Issued", "RollBack Executed"], stage.Trail.TakeLast(4));
        Assert.Equal("bad (to revision 1)", (string?)stage.Audit[^1]["reason"]);
    }

    [Fact]
    public async Task Author_IsTheUserOfThisDashboard()
    {
        stage.Be("admin");
        await new UpgradeOperations(stage.Api, stage.Runner).ScaleAsync(await stage.OrdersAsync(), 3, stage.User, null, default);
        await first.LookAsync();
        Assert.Equal("admin", (await ListAsync())[0].Author);
    }

    [Fact]
    public void Author_IsAUser_OnlyWhileTheDashboardWroteLast()
    {
        var (early, late) = (DateTimeOffset.UnixEpoch, DateTimeOffset.UnixEpoch.AddHours(1));
        Assert.Equal("ann", Author.Of([new("flink-dashboard", late, true), new("kubectl-edit", early, true), new("flink-operator", late.AddHours(1), false)], "ann"));
        Assert.Equal("kubectl-edit", Author.Of([new("flink-dashboard", early, true), new("kubectl-edit", late, true)], "ann"));
        Assert.Equal("ann", Author.Of([], "ann"));
        Assert.Null(Author.Of([], null));
    }

    private void Change(Action<JsonObject> change) => stage.Sandbox.Change(ResourceTypes.FlinkDeployments, "default", "orders", change);

    private Task SetParallelismAsync(int parallelism)
    {
        Change(o => o["spec"]!["job"]!["parallelism"] = parallelism);
        return Task.CompletedTask;
    }

    private async Task<IReadOnlyList<Revision>> ListAsync() => await revisions.ListAsync((await stage.OrdersAsync()).Metadata, stage.User, default);

    /// <summary>One dashboard's caches and keeper.</summary>
    private sealed class Keeping
    {
        private readonly OperationsStage stage;
        private readonly ResourceCache<FlinkDeployment> applications = new(FlinkDeployment.Info);
        private readonly ResourceCache<ControllerRevision> kept = new(ControllerRevision.Info);

        public Keeping(OperationsStage stage, string token = "admin")
        {
            this.stage = stage;
            var api = token == "admin" ? stage.Api : new(new(new() { Source = FlinkDashboard.Configuration.ClusterSource.Sandbox, Server = stage.Sandbox.Cluster.Address, Token = token }), TimeProvider.System);
            Keeper = new(api, new([applications, kept, new ResourceCache<FlinkSessionJob>(FlinkSessionJob.Info), new ResourceCache<FlinkBlueGreenDeployment>(FlinkBlueGreenDeployment.Info)], TimeProvider.System), TimeProvider.System, NullLogger<RevisionKeeper>.Instance);
        }

        public RevisionKeeper Keeper { get; }

        /// <summary>What a watch would do, then one pass.</summary>
        public async Task LookAsync()
        {
            applications.Replace(null, (await stage.Api.ListAsync(FlinkDeployment.Info, null, default)).Items);
            kept.Replace(null, (await stage.Api.ListAsync(ControllerRevision.Info, null, default)).Items);
            kept.Report("", WatchState.Live, DateTimeOffset.UnixEpoch, contact: true, error: null);
            await Keeper.PassAsync(default);
        }
    }
}
