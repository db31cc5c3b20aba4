using FlinkDashboard.Features.Applications;
using FlinkDashboard.Features.Nodes;
using FlinkDashboard.Features.Overview;
using FlinkDashboard.Model;
using FlinkDashboard.Model.Kinds;
using FlinkDashboard.Model.Verdicts;
using FlinkDashboard.Ui.Flink;
using FlinkDashboard.Ui.Objects;

namespace FlinkDashboard.Tests.Features;

public class RowTests
{
    private static readonly DateTimeOffset Now = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);
    private static readonly ObjectMeta Meta = new() { Name = "orders", Namespace = "team", Uid = "1" };

    [Fact]
    public void AppRow_MissingStatus_IsShownWithDashes()
    {
        var row = AppRow.From(new FlinkDeployment { Metadata = Meta }, new Evidence(Now), null);
        Assert.Equal(("team/orders", "", "", true), (row.Key, row.Job, row.Lifecycle, row.IsSession));
        Assert.Equal("team", row.Team);
        Assert.NotEqual(VerdictState.Healthy, row.State);
    }

    [Fact]
    public void AppRow_UnknownState_IsShownAsItIs()
    {
        var app = new FlinkDeployment
        {
            Metadata = Meta,
            Spec = new FlinkDeploymentSpec { Job = new FlinkJobSpec { Parallelism = int.MaxValue } },
            Status = new FlinkDeploymentStatus { LifecycleState = LifecycleState.Of("QUANTUM"), JobStatus = new FlinkJobStatus { State = JobState.Of("DREAMING") } },
        };
        var row = AppRow.From(app, new Evidence(Now) { Pods = [], Events = [], Snapshots = [] }, null);
        Assert.Equal(("DREAMING", "QUANTUM", int.MaxValue), (row.Job, row.Lifecycle, row.Parallelism));
        Assert.NotEqual(VerdictState.Healthy, row.State);
    }

    [Fact]
    public void AppRow_SameFacts_AreEqual()
    {
        var app = new FlinkDeployment { Metadata = Meta };
        Assert.Equal(AppRow.From(app, new Evidence(Now), null), AppRow.From(app, new Evidence(Now), null));
    }

    [Fact]
    public void RowMemo_UnchangedFacts_AreJudgedOnce()
    {
        var (memo, app, judged) = (new RowMemo(), new FlinkDeployment { Metadata = Meta }, 0);
        AppRow Judge(Evidence evidence)
        {
            judged++;
            return AppRow.From(app, evidence, null);
        }

        Pod[] pods = [new() { Metadata = Meta }];
        memo.Of(app, new Evidence(Now) { Pods = [.. pods] }, Judge);
        memo.Of(app, new Evidence(Now.AddSeconds(5)) { Pods = [.. pods] }, Judge);
        Assert.Equal(1, judged);
        memo.Of(app, new Evidence(Now.AddSeconds(6)) { Pods = [new Pod { Metadata = Meta }] }, Judge);
        memo.Of(app, new Evidence(Now.AddSeconds(20)) { Pods = null }, Judge);
        Assert.Equal(3, judged);
    }

    [Fact]
    public void NodeRow_EmptyAndHuge_NeitherThrowsNorLies()
    {
        var empty = NodeRow.From(new Node { Metadata = new ObjectMeta { Name = "ip-10-1-1-1.us-west-2.compute.internal" } }, [], null);
        Assert.Equal(("ip-10-1-1-1", "unknown", null), (empty.ShortName, empty.Tone, empty.Cpu.Fraction));
        var huge = new Node
        {
            Metadata = new ObjectMeta { Name = "n" },
            Status = new NodeStatus { Allocatable = StringMap.From([new("cpu", "1e12"), new("memory", "8Ei"), new("pods", "99999999999")]), Conditions = [new Condition { Type = "Ready", Status = "True" }] },
        };
        var row = NodeRow.From(huge, [], null);
        Assert.True(row.IsReady);
        Assert.Equal(1e12, row.Cpu.Allocatable);
        Assert.Equal(int.MaxValue, row.PodLimit);
        Assert.Null(row.Cpu.Used);
    }

    [Fact]
    public void PodRow_WithoutAnything_IsUnknown()
    {
        var row = PodRow.From(new Pod { Metadata = Meta });
        Assert.Equal(("Unknown", "unknown", "0/0"), (row.Status, row.Tone, row.ReadyText));
    }

    [Fact]
    public void PodOwner_ReplicaSetPod_NamesTheDeployment()
    {
        var pod = new Pod { Metadata = new ObjectMeta { Name = "cm-77f-x", Namespace = "cm", Labels = StringMap.From([new("pod-template-hash", "77f")]), OwnerReferences = [new OwnerReference { Kind = "ReplicaSet", Name = "cert-manager-77f", Controller = true }] } };
        Assert.Equal("cert-manager", PodOwner.Of(pod).Name);
        var flink = new Pod { Metadata = new ObjectMeta { Name = "orders-1", Namespace = "team", Labels = StringMap.From([new("app", "orders"), new("component", "taskmanager"), new("type", "flink-native-kubernetes")]) } };
        Assert.Equal(("orders", true, "taskmanager"), (PodOwner.Of(flink).Name, PodOwner.Of(flink).IsFlink, PodOwner.Of(flink).Component));
    }

    [Fact]
    public void SnapshotRow_MissingStatus_HasNoPath()
    {
        var row = SnapshotRow.From(new FlinkStateSnapshot { Metadata = Meta }, new Evidence(Now) { Pods = [], Events = [], Snapshots = [] });
        Assert.Equal((null, null, "savepoint"), (row.Path, row.JobAddress, row.Kind));
    }

    [Fact]
    public void ApplicationFilter_Words_MustAllOccur()
    {
        var row = AppRow.From(new FlinkDeployment { Metadata = Meta }, new Evidence(Now), null);
        Assert.True(ApplicationFilter.Matches(row, "ORD team", []));
        Assert.False(ApplicationFilter.Matches(row, "orders elsewhere", []));
        Assert.True(ApplicationFilter.Matches(row, null, [row.State.Word()]));
        Assert.False(ApplicationFilter.Matches(row, null, ["nonsense"]));
    }

    [Fact]
    public void OverviewWords_Headline_NamesTheOneThatFails()
    {
        OverviewThing Thing(string name, VerdictState state) => new("application", "team", name, "team", state, "", null, "/");
        Assert.Equal("Nothing runs here yet", OverviewWords.Headline([]));
        Assert.Equal("orders in team is failing", OverviewWords.Headline([Thing("orders", VerdictState.Failing), Thing("b", VerdictState.Degraded)]));
        Assert.Equal("1 of 2 needs attention, none is failing", OverviewWords.Headline([Thing("a", VerdictState.Healthy), Thing("b", VerdictState.Unknown)]));
        Assert.Equal("All 1 do what they should", OverviewWords.Headline([Thing("a", VerdictState.Changing)]));
    }

    [Fact]
    public void ApplicationFacts_Secrets_AreMasked()
    {
        var app = new FlinkDeployment { Metadata = Meta, Spec = new FlinkDeploymentSpec { FlinkConfiguration = StringMap.From([new("s3.secret-key", "abc"), new("parallelism.default", "2")]) } };
        var facts = ApplicationFacts.From(app, null);
        Assert.DoesNotContain(facts.Configuration, entry => entry.Value == "abc");
        Assert.Contains(facts.Configuration, entry => entry is { Key: "parallelism.default", Value: "2" });
    }
}
