using System.Text;
using FlinkDashboard.Features.Teams;
using FlinkDashboard.Model.Kinds;
using FlinkDashboard.Model.Verdicts;
using FlinkDashboard.Ui.Flink;

namespace FlinkDashboard.Tests.Features.Teams;

/// <summary>A team's totals, from nothing at all to numbers beyond any cluster.</summary>
public class TeamRowTests
{
    private static readonly TeamSource Nothing = new("flink-team-a-ns", null, [], [], [], [], [], 0);

    [Fact]
    public void EmptyNamespace_IsStopped_AndSaysSo()
    {
        var row = TeamRow.From(Nothing);
        Assert.Equal((VerdictState.Stopped, 0, 0, null), (row.State, row.AppCount, row.Pods, row.Fullest));
        Assert.Null(row.Cpu.Allocatable);
        Assert.Null(row.Cpu.Used);
        Assert.Equal("Runs no Flink resource now.", TeamWords.Sentence(row));
        Assert.Equal("1 team runs no application.", TeamWords.Summary([row]));
        Assert.Equal("", TeamWords.Summary([]));
    }

    [Fact]
    public void ApplicationWithoutStatus_Counts_ByItsVerdict()
    {
        var app = AppRow.From(Parse<FlinkDeployment>("""{"metadata":{"name":"a","namespace":"flink-team-a-ns"},"spec":{"job":{}}}"""), new Evidence(DateTimeOffset.UnixEpoch), null);
        var session = AppRow.From(Parse<FlinkDeployment>("""{"metadata":{"name":"s","namespace":"flink-team-a-ns"},"status":{"lifecycleState":"HIBERNATING"}}"""), new Evidence(DateTimeOffset.UnixEpoch), null);
        var row = TeamRow.From(Nothing with { Deployments = [app, session] });
        Assert.Equal((1, 1), (row.AppCount, row.Sessions));
        Assert.Equal(app.State, row.Apps[0].State);
        Assert.NotEqual(VerdictState.Healthy, row.State);
    }

    [Fact]
    public void Pods_ThatEnded_TakeNothing()
    {
        var row = TeamRow.From(Nothing with { Pods = [Pod("a", "Running", "1500m", "2Gi", ready: true), Pod("b", "Pending", "500m", "1Gi", ready: false), Pod("c", "Succeeded", "8", "8Gi", ready: false), Parse<Pod>("""{"metadata":{"name":"bare"}}""")] });
        Assert.Equal((3, 1, 5), (row.Pods, row.PodsReady, row.Restarts));
        Assert.Equal((2d, 3d * 1024 * 1024 * 1024), (row.Cpu.Requested, row.Memory.Requested));
    }

    [Fact]
    public void Quotas_TheTightest_IsTheLimit()
    {
        var row = TeamRow.From(Nothing with
        {
            Quotas = [Quota("wide", "64", "10"), Quota("narrow", "12", "11")],
            Namespace = Parse<Namespace>("""{"metadata":{"name":"flink-team-a-ns","labels":{"team":"payments"},"deletionTimestamp":"2026-01-01T00:00:00Z"}}"""),
        });
        Assert.Equal((12d, "payments", true, true), (row.Cpu.Allocatable, row.Team, row.Deleting, row.IsTight));
        Assert.Equal("flink-team-a-ns has used 92 % of its quota of CPU requests.", TeamWords.Summary([row])["1 team runs no application. ".Length..]);
        Assert.StartsWith("The namespace is being deleted.", TeamWords.Sentence(row), StringComparison.Ordinal);
    }

    [Fact]
    public void HugeAndUnreadableValues_DoNotThrow()
    {
        var row = TeamRow.From(Nothing with { Pods = [Pod("a", "Running", "999999999E", "9e99", ready: true), Pod("b", "Running", "7Ei", "lots", ready: true)], Quotas = [Quota("q", "many", "few"), Quota("none", "0", "0")] });
        Assert.Equal(2, row.Pods);
        Assert.Equal(0, row.Cpu.Allocatable);
        Assert.Equal(1, row.Fullest!.Fraction);
        Assert.NotEmpty(TeamWords.Sentence(row));
    }

    private static Pod Pod(string name, string phase, string cpu, string memory, bool ready) => Parse<Pod>("""
        {"metadata":{"name":"NAME","namespace":"flink-team-a-ns","uid":"NAME"},
         "spec":{"containers":[{"name":"main","resources":{"requests":{"cpu":"CPU","memory":"MEMORY"}}}]},
         "status":{"phase":"PHASE","containerStatuses":[{"name":"main","ready":READY,"restartCount":RESTARTS,"state":STATE}]}}
        """.Replace("NAME", name, StringComparison.Ordinal).Replace("CPU", cpu, StringComparison.Ordinal).Replace("MEMORY", memory, StringComparison.Ordinal).Replace("PHASE", phase, StringComparison.Ordinal)
        .Replace("READY", ready ? "true" : "false", StringComparison.Ordinal).Replace("RESTARTS", ready ? "5" : "0", StringComparison.Ordinal)
        .Replace("STATE", ready ? """{"running":{"startedAt":"2026-01-01T00:00:00Z"}}""" : "{}", StringComparison.Ordinal));

    private static ResourceQuota Quota(string name, string hard, string used) => Parse<ResourceQuota>(
        """{"metadata":{"name":"NAME"},"spec":{"hard":{"requests.cpu":"1"}},"status":{"hard":{"requests.cpu":"HARD"},"used":{"requests.cpu":"USED"}}}"""
        .Replace("NAME", name, StringComparison.Ordinal).Replace("HARD", hard, StringComparison.Ordinal).Replace("USED", used, StringComparison.Ordinal));

    private static T Parse<T>(string json) where T : class, IKubernetesObject<T> => KindParsing.Parse<T>(Encoding.UTF8.GetBytes(json));
}
