using FlinkDashboard.Model.Kinds;
using FlinkDashboard.Model.Verdicts;
using FlinkDashboard.Sandbox.Protocols.PrometheusApi;
using FlinkDashboard.Sandbox.World;
using FlinkDashboard.Tests.Support;

namespace FlinkDashboard.Tests.State.Metrics;

/// <summary>A job that fails every quarter of an hour: each of its failures is forgotten before the next, and only the series remember.</summary>
public sealed class JobNumbersTests
{
    [Fact]
    public async Task JobThatRestartsAgainAndAgain_IsDegradedBetweenRestarts_AlsoWhilePrometheusIsAway()
    {
        await using var stage = await MetricsStage.StartAsync("quiet");
        var app = SandboxStage.StableApplication("default", "orders");
        stage.Cluster.World.Objects.Create(ResourceTypes.ServiceAccounts, new() { ["metadata"] = new System.Text.Json.Nodes.JsonObject { ["name"] = "flink", ["namespace"] = "default" } });
        app.Remove("status");
        app["spec"]!["job"]!["jarURI"] = "local:///opt/flink/jobs/failing.jar";
        app["spec"]!["job"]!["args"] = new System.Text.Json.Nodes.JsonArray("--every", "900");
        app["spec"]!["job"]!["upgradeMode"] = "stateless";
        app["spec"]!["flinkConfiguration"] = new System.Text.Json.Nodes.JsonObject { ["restart-strategy.type"] = "fixed-delay", ["restart-strategy.fixed-delay.attempts"] = "1000" };
        stage.Cluster.World.Objects.Create(ResourceTypes.FlinkDeployments, app);
        stage.Live(4000);

        await stage.Fleet.RoundAsync(default, all: false);
        var without = await VerdictAsync(withNumbers: false);
        Assert.True(without.State == VerdictState.Healthy, without.Sentence);
        var now = await VerdictAsync();
        Assert.Equal(VerdictState.Degraded, now.State);
        Assert.Matches("the job restarted [34] times in the last hour \\(Prometheus, 0 s ago\\), last at 1\\d:\\d\\d:\\d\\d: .*Exception", now.Sentence);

        stage.Cluster.PrometheusFaults.Fault = PrometheusFault.Forbidden;
        stage.Live(120);
        await stage.Fleet.RoundAsync(default, all: false);
        var away = await VerdictAsync();
        Assert.Equal(VerdictState.Degraded, away.State);
        Assert.Contains("(Prometheus, 2 min ago)", away.Sentence, StringComparison.Ordinal);

        async Task<Verdict> VerdictAsync(bool withNumbers = true)
        {
            var one = (await stage.Sandbox.Api.ListAsync(FlinkDeployment.Info, "default", default)).Items.Single();
            return VerdictOf.Deployment(one, new(stage.Time.GetUtcNow())
            {
                Pods = (await stage.Sandbox.Api.ListAsync(Pod.Info, "default", default)).Items,
                Events = (await stage.Sandbox.Api.ListAsync(CoreEvent.Info, "default", default)).Items,
                Snapshots = [],
                Numbers = withNumbers ? stage.Fleet.Job("default", "orders", one.Status.JobStatus.JobId, alone: true) : null,
            });
        }
    }
}
