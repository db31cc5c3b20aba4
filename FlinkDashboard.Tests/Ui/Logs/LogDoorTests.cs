using FlinkDashboard.Access;
using FlinkDashboard.Configuration;
using FlinkDashboard.Gateways.S3;
using FlinkDashboard.Model;
using FlinkDashboard.Model.Logs;
using FlinkDashboard.Sandbox.Protocols.Aws;
using FlinkDashboard.Sandbox.World;
using FlinkDashboard.Sandbox.World.Aws;
using FlinkDashboard.State.Logs;
using FlinkDashboard.State.Storage;
using FlinkDashboard.Tests.State.Logs;
using FlinkDashboard.Tests.Support;
using FlinkDashboard.Ui.Live;
using FlinkDashboard.Ui.Logs;
using Microsoft.Extensions.Logging.Abstractions;

namespace FlinkDashboard.Tests.Ui.Logs;

/// <summary>
/// A spec can name any log group and any folder, and the dashboard may read them all. What is read for a team because its spec says so must be the team's own; what is refused costs
/// no request.
/// </summary>
public sealed class LogDoorTests
{
    private const string Own = "flink-team-a-ns", Other = "flink-team-b-ns", Shared = "/emr/shared", Archives = $"s3://{AwsAccount.Bucket}/logs";
    internal static readonly UserIdentity TeamA = new("team-a", ["flink-team-a"]), Viewer = new("viewer", ["flink-viewers"]);

    public static TheoryData<string, string[], Named, Named?, string> Groups => new()
    {
        // Without the setting: refused only when lines cannot be told apart.
        { "alone in its group", [], new("orders", "x", Shared), null, "" },
        { "the same name, group and prefix", [], new("orders", "x", Shared), new("orders", "x", Shared), "with a name and a prefix as orders has them" },
        { "slashes do not make another prefix", [], new("orders", "/x/", Shared), new("orders", "x", Shared), "with a name and a prefix" },
        { "no prefix at all", [], new("orders", "", Shared), new("orders", "", Shared), "with a name and a prefix" },
        { "another prefix", [], new("orders", "x", Shared), new("orders", "y", Shared), "" },
        { "another group", [], new("orders", "x", Shared), new("orders", "x", "/emr/other"), "" },
        { "another name", [], new("orders", "x", Shared), new("orders-b", "x", Shared), "" },
        { "a prefix below the own pods", [], new("orders", "x", Shared), new("orders", "x/orders-b", Shared), "with a name and a prefix" },
        { "a name like the own TaskManagers", [], new("orders", "x", Shared), new("orders-taskmanager", "x", Shared), "with a name and a prefix" },
        { "TaskManagers like the own name", [], new("orders-taskmanager", "x", Shared), new("orders", "x", Shared), "with a name and a prefix" },

        // With it: refused unless given.
        { "given", ["/emr/{namespace}/*"], new("orders", "x", $"/emr/{Own}/flink"), new("orders", "x", $"/emr/{Own}/flink"), "" },
        { "of another namespace", ["/emr/{namespace}/*"], new("orders", "x", $"/emr/{Other}/flink"), null, $"which Logs:ApplicationGroups does not give to applications of namespace {Own} (/emr/{{namespace}}/*)" },
        { "of nobody", ["/emr/{namespace}/*"], new("orders", "x", "/aws/lambda/payroll"), null, "Logs:ApplicationGroups does not give" },
        { "given to another by name", [$"{Other}={Shared}"], new("orders", "x", Shared), null, "(it names none for it)" },
        { "its part of a shared group", [Shared + ":{namespace}/*"], new("orders", Own, Shared), new("orders", Own, Shared), "" },
        { "another's part of a shared group", [Shared + ":{namespace}/*"], new("orders", Other, Shared), null, $"({Shared}:{{namespace}}/*)" },
        { "given to all, and told apart", ["/emr/*"], new("orders", "x", Shared), new("orders", "y", Shared), "" },
        { "given to all, not told apart", ["/emr/*"], new("orders", "x", Shared), new("orders", "x", Shared), "with a name and a prefix" },
    };

    public static TheoryData<string, string[], string, string?, string, string> Files => new()
    {
        { "its own folder", [$"s3://{AwsAccount.Bucket}"], Archives + "/a", null, Archives + "/a/orders-taskmanager-1-1/STDOUT.gz", "" },
        { "a folder shared with the same name", [$"s3://{AwsAccount.Bucket}"], Archives, Archives, Archives + "/orders-taskmanager-1-1/STDOUT.gz", "keeps archives in" },
        { "a folder above another's", [$"s3://{AwsAccount.Bucket}"], Archives, Archives + "/b", Archives + "/orders-taskmanager-1-1/STDOUT.gz", "keeps archives in" },
        { "a folder given to another", [$"s3://{AwsAccount.Bucket}", $"{Other}={Archives}/b"], Archives + "/b", null, Archives + "/b/orders-taskmanager-1-1/STDOUT.gz", $"Storage:Locations does not give to namespace {Own}" },
        { "a folder of nobody, where others have theirs", [$"s3://{AwsAccount.Bucket}", $"{Other}={Archives}/b"], Archives + "/c", null, Archives + "/c/orders-taskmanager-1-1/STDOUT.gz", "does not give to namespace" },
        { "the folder given to it", [$"s3://{AwsAccount.Bucket}", $"{Own}={Archives}/a"], Archives + "/a", Archives + "/a", Archives + "/a/orders-taskmanager-1-1/STDOUT.gz", "" },
        { "outside of all locations", [$"s3://{AwsAccount.Bucket}/other"], Archives, null, Archives + "/orders-taskmanager-1-1/STDOUT.gz", "does not give to namespace" },
        { "below another's folder that is named as a pod", [$"s3://{AwsAccount.Bucket}"], Archives, null, Archives + "/orders-1-1/prod-taskmanager-1-1/STDOUT.gz", "It is no archive that an application names" },
        { "up and down again", [$"s3://{AwsAccount.Bucket}"], Archives + "/a", null, Archives + "/a/orders-taskmanager-1-1/../../b/STDOUT.gz", "It is no archive that an application names" },
        { "another application's pod", [$"s3://{AwsAccount.Bucket}"], Archives, null, Archives + "/prod-taskmanager-1-1/STDOUT.gz", "It is no archive that an application names" },
        { "a file that is no log", [$"s3://{AwsAccount.Bucket}"], $"s3://{AwsAccount.Bucket}/jobs", null, $"s3://{AwsAccount.Bucket}/jobs/orders-1-1/_metadata", "It is no archive that an application names" },
        { "a folder whose name begins alike", [$"s3://{AwsAccount.Bucket}"], Archives, null, Archives + "-b/orders-1-1/STDOUT.gz", "It is no archive that an application names" },
    };

    [Theory]
    [MemberData(nameof(Groups))]
    public async Task Group_ThatASpecNames_IsReadForItsOwner_OrForThoseWhoReadAll(string what, string[] grants, Named own, Named? other, string refusal)
    {
        await using var stage = await StartAsync(new() { Logs = { ApplicationGroups = [.. grants] } });
        await stage.MonitoredAsync(own.Name, own.Prefix, Own, own.Group);
        if (other is not null)
            await stage.MonitoredAsync(other.Name, other.Prefix, Other, other.Group);
        using var s3 = S3(stage);
        var (place, view) = (new LogPlace(LogWay.CloudWatch, Own, own.Name), new LogView(SandboxStage.Start.AddMinutes(-1), SandboxStage.Start, false));
        var door = Door(stage, s3, TeamA);
        var opened = await door.OpenAsync(place, view, default);
        Assert.True(opened.May.Allowed == (refusal.Length == 0), $"{what}: {opened.May.Reason}");
        var (may, lines) = await door.DownloadAsync(place, view, default);
        Assert.Equal((opened.May, opened.Feed is null), (may, lines is null));
        if (refusal.Length > 0)
        {
            Assert.Contains(refusal, may.Reason, StringComparison.Ordinal);
            Assert.EndsWith("User team-a may not get pods/log across the cluster.", may.Reason, StringComparison.Ordinal);
            Assert.Empty((await door.StreamsAsync(new(LogWay.CloudWatch, Own, own.Name), default)).Gone);
            Assert.Equal((0, 0), (stage.Logs.Calls.Now.Requests, stage.Logs.TailCalls.Now.Requests));
        }
        Assert.True((await Door(stage, s3, Viewer).OpenAsync(place, view, default)).May.Allowed);
    }

    [Theory]
    [MemberData(nameof(Files))]
    public async Task Archive_ThatASpecNames_IsReadForItsOwner_OrForThoseWhosePlaceItIs(string what, string[] locations, string own, string? other, string address, string refusal)
    {
        await using var stage = await StartAsync(new() { Storage = { Locations = [.. locations] } });
        await stage.MonitoredAsync("orders", ns: Own, logUri: own);
        if (other is not null)
            await stage.MonitoredAsync("orders", ns: Other, logUri: other);
        using var s3 = S3(stage);
        var opened = await Door(stage, s3, TeamA).OpenAsync(new(LogWay.Archive, Own, "orders", Address: address), new(), default);
        Assert.True(opened.May.Allowed == (refusal.Length == 0), $"{what}: {opened.May.Reason}");
        Assert.Contains(refusal, opened.May.Reason, StringComparison.Ordinal);
        Assert.Equal(refusal.Length == 0, opened.Feed is not null);
        Assert.Equal(0, s3.Calls.Now.Requests);
    }

    [Fact]
    public async Task SpecThatChanges_IsAnotherLog_NotTheOneThatWasDecidedOn()
    {
        await using var stage = await StartAsync(new() { Logs = { ApplicationGroups = ["/emr/{namespace}/*"] } });
        using var s3 = S3(stage);
        await stage.MonitoredAsync("orders", "x", Own, $"/emr/{Own}/flink");
        var (door, place, view) = (Door(stage, s3, TeamA), new LogPlace(LogWay.CloudWatch, Own, "orders"), new LogView(SandboxStage.Start.AddMinutes(-1), SandboxStage.Start, false));
        var before = (await door.OpenAsync(place, view, default)).Feed;
        Assert.Same(before, (await door.OpenAsync(place, view, default)).Feed);
        stage.World.Objects.Delete(ResourceTypes.FlinkDeployments, Own, "orders", new() { GraceSeconds = 0 });
        await stage.MonitoredAsync("orders", "x", Own, $"/emr/{Other}/flink");
        Assert.Null((await door.OpenAsync(place, view, default)).Feed);
        Assert.NotSame(before, (await Door(stage, s3, Viewer).OpenAsync(place, view, default)).Feed);
        Assert.Equal(0, stage.Logs.Calls.Now.Requests);
    }

    internal static async Task<LogStage> StartAsync(DashboardOptions options)
    {
        var stage = await LogStage.StartAsync(options: options);
        foreach (var (ns, team) in new[] { (Own, "team-a"), (Other, "team-b") })
        {
            stage.World.Objects.Create(ResourceTypes.Namespaces, new() { ["metadata"] = new System.Text.Json.Nodes.JsonObject { ["name"] = ns } });
            FlinkDashboard.Sandbox.Protocols.KubernetesApi.Access.DefaultAccess.BindTeam(stage.World.Objects, ns, team);
        }
        return stage;
    }

    internal static S3Api S3(LogStage stage)
    {
        (stage.Options.Storage.Endpoint, stage.Options.Storage.PathStyle) = (stage.Sandbox.Cluster.S3Address.ToString(), true);
        return new(stage.Options.Storage, new(stage.Options.Aws, new Amazon.Runtime.BasicAWSCredentials(AwsKey.Reader.Id, AwsKey.Reader.Secret)));
    }

    internal static LogDoor Door(LogStage stage, S3Api s3, UserIdentity identity)
    {
        var user = CurrentUser.Of(null, new AccessOptions(), new UserChoices([new(identity.Name, identity)]));
        var reviews = new AccessReviews(stage.Sandbox.Api, TimeProvider.System);
        // No row of the board is looked at here.
        var cluster = new ClusterView(stage.State, null!, new Visibility(user, reviews, TimeProvider.System, NullLogger<Visibility>.Instance), user);
        return new(stage.Hub, stage.Sources, new StorageFiles(s3, stage.Options, TimeProvider.System), new InsightsDesk(stage.Logs, TimeProvider.System), new SourceRights(reviews), cluster);
    }

    /// <summary>What a spec names.</summary>
    public sealed record Named(string Name, string Prefix, string Group);
}
