using FlinkDashboard.Model;
using FlinkDashboard.Model.Kinds;
using FlinkDashboard.Model.Metrics;
using FlinkDashboard.Model.Revisions;
using FlinkDashboard.Ui.Charts;

namespace FlinkDashboard.Tests.Model.Metrics;

public class ChartMarkersTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 29, 10, 0, 0, TimeSpan.Zero);

    private static readonly FlinkDeployment App = new() { Metadata = new ObjectMeta { Name = "orders", Namespace = "team", Uid = "u1" }, Spec = new FlinkDeploymentSpec { Job = new FlinkJobSpec() } };

    [Theory]
    [InlineData("SpecChanged", "Normal", ChartMarkerKind.Deployment)]
    [InlineData("SavepointError", "Warning", ChartMarkerKind.Failure)]
    [InlineData("CheckpointError", "Warning", ChartMarkerKind.Failure)]
    [InlineData("RestartUnhealthyJob", "Warning", ChartMarkerKind.Restart)]
    [InlineData("ScalingReport", "Normal", ChartMarkerKind.Scaling)]
    [InlineData("SomethingNew", "Warning", ChartMarkerKind.Other)]
    public void Event_IsAMark_OfItsKind(string reason, string type, ChartMarkerKind kind)
    {
        var mark = Assert.Single(Of(new() { Events = [Event(reason, type)] }));
        Assert.Equal((kind, $"{reason}: it happened", Now.AddMinutes(-5)), (mark.Kind, mark.Words, mark.At));
    }

    [Fact]
    public void QuietEvents_OtherApplications_AndOtherTimes_LeaveNoMark()
    {
        Assert.Empty(Of(new()
        {
            Events =
            [
                Event("JobStatusChanged", "Normal"),
                Event("SpecChanged", "Normal", name: "orders-eu"),
                Event("BackOff", "Warning", "Pod", "orders-eu-5d8f7c9b6d-x2x7k"),
                Event("SpecChanged", "Normal") with { LastTimestamp = Now.AddHours(-3) },
            ],
        }));
    }

    [Fact]
    public void PodEvents_AreThoseOfTheApplicationsPods()
    {
        var marks = Of(new() { Events = [Event("BackOff", "Warning", "Pod", "orders-5d8f7c9b6d-x2x7k"), Event("OOMKilling", "Warning", "Pod", "orders-taskmanager-1-2"), Event("Unhealthy", "Warning", "Pod", "orders-taskmanager-1-2")] });
        Assert.Equal(2, marks.Count);
        Assert.All(marks, mark => Assert.Equal(ChartMarkerKind.Restart, mark.Kind));
    }

    [Fact]
    public void Snapshots_Revisions_AndEndedContainers_AreMarks()
    {
        var labels = StringMap.From([new("type", "flink-native-kubernetes"), new("component", "taskmanager"), new("app", "orders")]);
        var marks = Of(new()
        {
            Snapshots =
            [
                Snapshot("good", SnapshotState.Completed, Now.AddMinutes(-30)), Snapshot("bad", SnapshotState.Failed, Now.AddMinutes(-20)),
                Snapshot("other", SnapshotState.Completed, Now.AddMinutes(-20)) with { Spec = new() { JobReference = new() { Kind = "FlinkDeployment", Name = "else" } } },
            ],
            Revisions =
            [
                new()
                {
                    Metadata = new() { Name = "orders-3", Namespace = "team", Labels = StringMap.From([new(RevisionLabels.OwnerUid, "u1")]), Annotations = StringMap.From([new(RevisionLabels.At, "2026-11-29T09:15:00Z"), new(RevisionLabels.Author, "ana")]) },
                    Revision = 3,
                },
            ],
            Pods =
            [
                new()
                {
                    Metadata = new() { Name = "orders-taskmanager-1-1", Namespace = "team", Labels = labels },
                    Status = new() { ContainerStatuses = [new() { Name = "flink-main-container", LastState = new ContainerTerminated(137, null, "OOMKilled", null, null, Now.AddMinutes(-10)) }] },
                },
            ],
        });
        Assert.Equal(
        [
            "Deployment Version 3 of the spec by ana", "Savepoint Savepoint good", "Failure Savepoint bad failed: no space", "Restart orders-taskmanager-1-1: flink-main-container ended with OOMKilled (137)",
        ], marks.Select(mark => $"{mark.Kind} {mark.Words}"));
    }

    [Fact]
    public void SessionJob_HasItsOwnMarksAndThoseOfItsCluster_NotThoseOfOtherJobs()
    {
        var job = new FlinkSessionJob { Metadata = new() { Name = "clicks", Namespace = "team", Uid = "u2" } };
        var facts = new MarkerFacts
        {
            Events = [Event("JobException", "Warning", "FlinkSessionJob", "clicks"), Event("JobException", "Warning", "FlinkSessionJob", "other"), Event("SpecChanged", "Normal")],
            Snapshots = [Snapshot("mine", SnapshotState.Completed, Now.AddMinutes(-9)) with { Spec = new() { JobReference = new() { Kind = "FlinkSessionJob", Name = "clicks" }, Savepoint = new() } }, Snapshot("good", SnapshotState.Completed, Now.AddMinutes(-8))],
        };
        var marks = ChartMarkers.Of(job, App with { Spec = new() }, facts, Now.AddHours(-1), Now);
        Assert.Equal(["SessionJob clicks Savepoint", "SessionCluster orders Savepoint", "SessionJob clicks Restart", "SessionCluster orders Deployment"], marks.Select(m => $"{m.Owner} {m.Name} {m.Kind}"));
        Assert.Equal(["/sessions/team/clicks?tab=snapshots", "/applications/team/orders?tab=snapshots", "/sessions/team/clicks?tab=job&view=exceptions", "/applications/team/orders?tab=changes"], marks.Select(MarkerWords.Address));
        Assert.Equal(2, ChartMarkers.Of(job, null, facts, Now.AddHours(-1), Now).Count);
    }

    [Fact]
    public void NodesThatComeGoAndFallIll_AndPodsOfThePlatform_AreMarks()
    {
        CoreEvent About(string kind, string name, string reason) => Event(reason, "Normal", kind, name) with { InvolvedObject = new() { Kind = kind, Name = name, Namespace = kind == "Node" ? "" : "op" } };
        var node = new Node { Metadata = new() { Name = "n1", CreationTimestamp = Now.AddMinutes(-20) } };
        var nodes = ChartMarkers.OfNodes([node, new() { Metadata = new() { Name = "old", CreationTimestamp = Now.AddDays(-2) } }], [About("Node", "n2", "RemovingNode"), About("Node", "n1", "NodeNotReady"), About("Node", "n1", "Starting"), About("Pod", "n1", "RemovingNode")], Now.AddHours(-1), Now);
        Assert.Equal(["Scaling n1 was added", "Failure n1: it happened", "Scaling n2: it happened"], nodes.Select(m => $"{m.Kind} {m.Words}"));
        Assert.All(nodes, m => Assert.StartsWith("/nodes?show=n", MarkerWords.Address(m), StringComparison.Ordinal));
        var pod = new Pod { Metadata = new() { Name = "operator-1", Namespace = "op", CreationTimestamp = Now.AddMinutes(-30) }, Status = new() { ContainerStatuses = [new() { Name = "operator", LastState = new ContainerTerminated(1, null, "Error", null, null, Now.AddMinutes(-10)) }] } };
        var platform = ChartMarkers.OfPlatform([pod], [About("Pod", "operator-1", "BackOff"), About("Pod", "operator-1", "Pulled"), About("Pod", "else", "BackOff")], Now.AddHours(-1), Now);
        Assert.Equal(["operator-1 began", "operator-1: operator ended with Error (1)", "operator-1: it happened"], platform.Select(m => m.Words));
        Assert.All(platform, m => Assert.Equal((ChartMarkerKind.Restart, "/operator"), (m.Kind, MarkerWords.Address(m))));
    }

    private static IReadOnlyList<ChartMarker> Of(MarkerFacts facts) => ChartMarkers.Of(App, facts, Now.AddHours(-1), Now);

    private static CoreEvent Event(string reason, string type, string kind = "FlinkDeployment", string name = "orders") => new()
    {
        Metadata = new() { Name = "e", Namespace = "team" },
        InvolvedObject = new() { Kind = kind, Name = name, Namespace = "team" },
        Reason = reason,
        Type = type,
        Message = "it happened",
        LastTimestamp = Now.AddMinutes(-5),
        FirstTimestamp = Now.AddMinutes(-5),
        Count = 1,
    };

    private static FlinkStateSnapshot Snapshot(string name, SnapshotState state, DateTimeOffset at) => new()
    {
        Metadata = new() { Name = name, Namespace = "team" },
        Spec = new() { JobReference = new() { Kind = "FlinkDeployment", Name = "orders" }, Savepoint = new() },
        Status = new() { State = state, ResultTimestamp = at, Error = state == SnapshotState.Failed ? "no space" : null },
    };
}
